"""The bytes of a dump as its pass goes along them: a window that is filled in front and dropped behind."""

from __future__ import annotations

import hashlib

import numpy as np

from tocsin.sources.decoding import begin
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Located, Surveyed
from tocsin.sources.sqldump_words import SWAPPED

BLOCK = 1 << 22
_UNITS = {"utf-16-le": "<u2", "utf-16-be": ">u2", "utf-32-le": "<u4", "utf-32-be": ">u4"}


class Reel:
    """`data` is the window, `at` the place in it; a character of UTF-16 or UTF-32 is one byte of the window.

    What is no ASCII stands there as 0x80: no quote, bracket or line end can be taken for another one.
    """

    def __init__(self, located: Located) -> None:
        self._stretch, self._located = stretch_of(located), located
        self._unit = np.dtype(_UNITS.get(located.encoding or "", "u1"))
        self._swapped = bool(located.setting("swapped"))
        self._hash, self._read = hashlib.sha256(), 0
        self._mark = begin(located)
        self._dropped = 0
        self._raw = b""
        self.data, self.at, self.ended = b"", 0, False
        self._counted = (0, 1)
        self.more()
        self.at = self._mark // self._unit.itemsize

    def more(self) -> bool:
        """One block more at the window's end, and what lies behind `at` dropped; False at the end of the file."""
        block = self._stretch.read_at(self._read, BLOCK)
        self._hash.update(block)
        self._read += len(block)
        if not block:
            self.ended = True
            return False
        if self.at > len(self.data) // 2:
            self._drop()
        if self._unit.itemsize == 1:
            self.data += block.translate(SWAPPED) if self._swapped else block
            return True
        raw = self._raw + block
        whole = len(raw) // self._unit.itemsize * self._unit.itemsize
        self._raw = raw[whole:]
        units = np.frombuffer(raw[:whole], self._unit)
        narrow = np.where(units < 128, units, 128).astype(np.uint8).tobytes()
        self.data += narrow.translate(SWAPPED) if self._swapped else narrow
        return True

    def _drop(self) -> None:
        self.line(self.at)
        self._dropped += self.at
        self._counted = (self._counted[0] - self.at, self._counted[1])
        self.data, self.at = self.data[self.at :], 0

    def fill(self, ahead: int) -> None:
        """At least `ahead` bytes of window from `at` on, fewer only at the end of the file."""
        while not self.ended and len(self.data) - self.at < ahead:
            self.more()

    def byte(self, place: int) -> int:
        """Where in the file a place of the window is."""
        return (self._dropped + place) * self._unit.itemsize

    def line(self, place: int) -> int:
        """The physical line (from 1) of a place of the window, not before the last one asked for."""
        known, line = self._counted
        if place >= known:
            line += self.data.count(b"\n", known, place)
            self._counted = (place, line)
            return line
        return line - self.data.count(b"\n", place, known)

    def written(self, start: int, stop: int) -> bytes:
        """The bytes of [start, stop) of the window in the file's encoding, of UTF-16 and UTF-32 as UTF-8."""
        if self._unit.itemsize == 1:
            return self.data[start:stop]
        first = self.byte(start)
        raw = self._stretch.read_at(first, self.byte(stop) - first)
        return raw.decode(self._located.encoding or "utf-16-le", "replace").encode("utf-8", "replace")

    @property
    def narrow(self) -> bool:
        """Whether the window holds the bytes of the file as they are, and no stand-ins of wide characters."""
        return self._unit.itemsize == 1

    @property
    def encoding(self) -> str:
        """The encoding of what `written` gives."""
        return (self._located.encoding or "utf-8") if self._unit.itemsize == 1 else "utf-8"

    def surveyed(self) -> Surveyed:
        """Digest and size, once everything was read."""
        return Surveyed(sha256=self._hash.hexdigest(), bytes=self._read)
