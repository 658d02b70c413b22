"""rar archives: read through libarchive's `bsdtar` where it is installed, which turns them into a stream of tar."""

from __future__ import annotations

import shutil
import subprocess
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from tocsin.sources.names import beside, stem
from tocsin.sources.opening import digest
from tocsin.sources.source import Format, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.stretch import Damage, Nothing, Plain, Stretch

MAGIC = b"Rar!\x1a\x07"
TOOL = "bsdtar"
PIECE, WINDOW = 1 << 20, 1 << 25


class Turned:
    """The tar that the tool makes of a rar file on disk, read in order; going back far starts the tool again."""

    def __init__(self, base: Plain, tool: str, path: str) -> None:
        self.root = base.root
        self.damage: Damage | None = None
        self._command = [tool, "-cf", "-", "--format", "pax", f"@{path}"]
        self._process: subprocess.Popen[bytes] | None = None
        self._window: deque[tuple[int, bytes]] = deque()
        self._at, self._end = 0, -1

    def read_at(self, start: int, count: int) -> bytes:
        """As asked; a tool that ends with an error ends the stretch with a damage."""
        pieces: list[bytes] = []
        while count > 0 and (piece := self._piece(start)[:count]):
            pieces.append(piece)
            start, count = start + len(piece), count - len(piece)
        return b"".join(pieces)

    def length(self) -> int:
        """Reads on to the end."""
        while self._end < 0:
            self._piece(self._at)
        return self._end

    def _piece(self, start: int) -> bytes:
        if 0 <= self._end <= start:
            return b""
        if self._window and start < self._window[0][0]:
            self._stop()
        while start >= self._at and self._advance():
            continue
        return next((one[start - at :] for at, one in self._window if at <= start < at + len(one)), b"")

    def _advance(self) -> bool:
        """One piece more; False at the end."""
        if self._process is None:
            quiet = subprocess.DEVNULL
            self._process = subprocess.Popen(
                self._command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, env={"LC_ALL": "C.UTF-8"}
            )
        assert self._process.stdout is not None
        piece = self._process.stdout.read(PIECE)
        if not piece:
            self._end = self._at
            if self._process.wait() != 0:
                self.damage = Damage("source.damaged")
            return False
        self._window.append((self._at, piece))
        self._at += len(piece)
        while self._window[0][0] < self._at - WINDOW:
            self._window.popleft()
        return True

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process.wait()
        self._process, self._at = None, 0
        self._window.clear()

    def __del__(self) -> None:
        self._stop()


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The signature of rar 1.5 to 7."""
    return Sniffed(confidence=0.99) if head.startswith(MAGIC) else None


def members(located: Located) -> Iterator[Located | Issue]:
    """The tar of its members, for a file on disk and with the tool; an issue that says what to do otherwise."""
    if located.members or shutil.which(TOOL) is None:
        yield Issue(source=located.source, code="source.rar", bytes_unread=max(located.bytes, 0))
        return
    name = beside(located.source, stem(located.source, ((".rar", ".tar"),)))
    yield replace(located, source=name, members=(0,), bytes=-1)


def member(base: Stretch, number: int) -> Stretch:
    """The tar as a stretch."""
    tool = shutil.which(TOOL)
    if tool is None or not isinstance(base, Plain):
        return Nothing(base, Damage("source.rar"))
    return Turned(base, tool, base.path)


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Of its bytes only."""
    yield digest(located)


FORMAT = Format(
    name="rar",
    label={"fr": "archive rar (avec bsdtar)", "en": "rar archive (with bsdtar)"},
    reader=TOOL,
    sniff=sniff,
    survey=survey,
    read=lambda section: iter(()),
    container=members,
    member=member,
)
