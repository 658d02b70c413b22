"""Compressed streams read at any place, in bounded memory and without a copy: marks to come back to."""

from __future__ import annotations

import threading
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from tocsin.sources.decoders import BROKEN, PIECE, Engine
from tocsin.sources.limits import limit
from tocsin.sources.stretch import Damage, Stretch, gathered

CHUNK = 1 << 18
MARKS = 512
SPACING = 1 << 22
WINDOW = 1 << 25
WINDOWS = 3
_recent: list[deque[tuple[int, bytes]]] = []


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a stream can be taken up again: bytes given, place of the next input, state (None: a new one)."""

    out: int
    into: int
    crc: int
    engine: Engine | None


class Unpacked:
    """What a compressed stretch unpacks to.

    `new` makes a decompressor; `again` is the magic number that may begin a further stream after the
    first (gzip, bzip2, xz members one after the other). `size` and `crc` are what the archive announces.
    A truncated or damaged stream gives what can be unpacked, then ends with a `damage`; so does one that
    unpacks to more than the limits allow. Where the decompressor's state cannot be copied, the last bytes it gave
    are kept instead of marks, so that the members of a tar in it are read one by one without starting again.
    """

    def __init__(
        self,
        base: Stretch,
        new: Callable[[], Engine],
        *,
        start: int = 0,
        length: int | None = None,
        again: bytes | None = None,
        size: int | None = None,
        crc: int | None = None,
    ) -> None:
        self._base, self._new, self._again = base, new, again
        self._stop = None if length is None else start + length
        self._size, self._crc = size, crc
        self.root = base.root
        self.damage: Damage | None = None
        self._lock = threading.Lock()
        self._spacing, self._marks = SPACING, [_Mark(0, start, 0, None)]
        self._end: int | None = None
        self._window: deque[tuple[int, bytes]] = deque()
        self._begun = (0, start)
        self._resume(self._marks[0])

    def read_at(self, start: int, count: int) -> bytes:
        """As asked, from the nearest mark where that lies behind."""
        with self._lock:
            return gathered(self._piece_at, start, count)

    def length(self) -> int:
        """Reads on to the end where it is not known yet."""
        with self._lock:
            while self._end is None:
                self._piece_at(self._out)
            return self._end

    def _piece_at(self, start: int) -> bytes:
        """Unpacked bytes from `start`, at least one unless the stream ends there."""
        if self._end is not None and start >= self._end:
            return b""
        if start < self._from:
            for at, piece in self._window:
                if at <= start < at + len(piece):
                    return piece[start - at :]
        if start < self._from or start - self._out > self._spacing:
            self._resume_near(start)
        while start >= self._out:
            if not self._advance():
                return b""
        return self._piece[start - self._from :] if start > self._from else self._piece

    def _resume_near(self, start: int) -> None:
        """To the last mark at or before `start`, unless the stream already stands nearer."""
        mark = max((mark for mark in self._marks if mark.out <= start), key=lambda mark: mark.out)
        if start < self._from or mark.out > self._out:
            self._resume(mark)

    def _resume(self, mark: _Mark) -> None:
        self._out = self._from = mark.out
        self._into, self._running, self._piece = mark.into, mark.crc, b""
        self._engine = (mark.engine.copy() if mark.engine is not None else None) or self._new()
        self._fresh = mark.engine is None
        if self._fresh:
            self._begun = (mark.out, mark.into)

    def _advance(self) -> bool:
        """Unpack the next piece; False at the end of what can be unpacked."""
        while True:
            if self._engine.eof and not self._begin_again():
                return False
            data = self._input()
            starved = self._engine.hungry and not data
            if starved and (self._fresh or not self._pending()):
                return self._finish(None if self._fresh and self._out else self._cut("source.truncated"))
            kept = self._engine.copy()
            try:
                piece = self._engine.feed(data)
            except BROKEN:
                return self._salvage(kept, data)
            self._fresh = False
            if piece:
                return self._give(piece)

    def _input(self) -> bytes:
        """The next compressed bytes where the decompressor wants some; sets a mark before them."""
        if not self._engine.hungry:
            return b""
        if self._out - self._marks[-1].out >= self._spacing:
            self._set_mark()
        room = CHUNK if self._stop is None else min(CHUNK, self._stop - self._into)
        data = self._base.read_at(self._into, room) if room > 0 else b""
        self._into += len(data)
        return data

    def _pending(self) -> bool:
        """Whether the decompressor still holds unpacked bytes without new input (asked at the very end)."""
        twin = self._engine.copy()
        try:
            return twin is not None and bool(twin.feed(b""))
        except BROKEN:
            return False

    def _set_mark(self) -> None:
        twin = self._engine.copy()
        if twin is None:
            return
        self._marks.append(_Mark(self._out, self._into, self._running, twin))
        if len(self._marks) > MARKS:
            self._spacing *= 2
            self._marks = self._marks[:1] + self._marks[2::2]

    def _give(self, piece: bytes) -> bool:
        self._from, self._piece = self._out, piece
        if len(self._marks) == 1:
            self._remember(piece)
        self._out += len(piece)
        if self._crc is not None:
            self._running = zlib.crc32(piece, self._running)
        if self._out > max(limit("ratio", "floor_bytes"), limit("ratio", "most") * self.root):
            self._end, self.damage = self._out, self._cut("source.bomb")
        return True

    def _begin_again(self) -> bool:
        """After the end of a stream: another one (the same magic number), padding, or foreign bytes."""
        self._into -= self._engine.left
        following = self._base.read_at(self._into, 6) if self._again is not None else b""
        if self._again is not None and following.startswith(self._again):
            self._engine, self._fresh = self._new(), True
            self._begun = (self._out, self._into)
            return True
        damage = None
        if self._crc is not None and self._running != self._crc:
            damage = Damage("source.bad_checksum")
        elif following.strip(b"\0"):
            damage = Damage("source.trailing_bytes")
        return self._finish(damage)

    def _remember(self, piece: bytes) -> None:
        """Keep the last bytes given, of the last few streams only."""
        self._window.append((self._out, piece))
        while self._window[0][0] < self._out + len(piece) - WINDOW:
            self._window.popleft()
        for at, other in enumerate(_recent):
            if other is self._window:
                del _recent[at]
                break
        _recent.append(self._window)
        if len(_recent) > WINDOWS:
            _recent.pop(0).clear()

    def _salvage(self, kept: Engine | None, data: bytes) -> bool:
        """After damage: the bytes before it, found by feeding one byte at a time."""
        pieces: list[bytes] = []
        try:
            for at in range(len(data) if kept is not None else 0):
                pieces.append(kept.feed(data[at : at + 1]) if kept is not None else b"")
        except BROKEN:
            pass
        piece = b"".join(pieces) if kept is not None else self._again_to_damage()
        if piece:
            self._give(piece)
        self._finish(self._cut("source.damaged"))
        return bool(piece)

    def _again_to_damage(self) -> bytes:
        """Of a stream whose state cannot be copied: once more to where it stands, then byte by byte."""
        engine, into, rest = self._new(), self._begun[1], self._out - self._begun[0]
        pieces: list[bytes] = []
        try:
            while not engine.eof:
                data = b""
                if engine.hungry:
                    data = self._base.read_at(
                        into, CHUNK if self._stop is None else min(CHUNK, self._stop - into)
                    )
                    into += len(data)
                    if not data:
                        break
                piece = engine.feed(data, min(rest, PIECE) or 1)
                if not rest:
                    pieces.append(piece)
                rest -= min(rest, len(piece))
        except BROKEN:
            pass
        return b"".join(pieces)

    def _cut(self, code: str) -> Damage:
        return Damage(code, None if self._size is None else max(self._size - self._out, 0))

    def _finish(self, damage: Damage | None) -> bool:
        """The end is here, for good: always False."""
        self._end = self._out
        self.damage = self.damage or damage or self._base.damage
        return False
