"""Stretches of bytes that are read at any place without a position of their own: files, parts, streams."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tocsin.errors import SourceError


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a stretch ends before it should; `bytes_unread` None where that cannot be known."""

    code: str
    bytes_unread: int | None = None
    detail: str | None = None


class Stretch(Protocol):
    """Bytes that can be read at any place. `root` is the size of the file on disk that they come from."""

    @property
    def root(self) -> int: ...

    @property
    def damage(self) -> Damage | None: ...

    def read_at(self, start: int, count: int) -> bytes:
        """The `count` bytes from `start`, fewer only at the end."""
        ...

    def length(self) -> int:
        """How many bytes there are; a compressed stretch is read through once to know."""
        ...


def gathered(piece_at: Callable[[int], bytes], start: int, count: int) -> bytes:
    """`count` bytes from `start` out of pieces; `piece_at` gives some from a place on, none at the end."""
    pieces: list[bytes] = []
    while count > 0:
        piece = piece_at(start)[:count]
        if not piece:
            break
        pieces.append(piece)
        start, count = start + len(piece), count - len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class Plain:
    """A regular file on disk; never a link, a pipe or a device, so that opening cannot block or lead astray.

    Raises SourceError `source.symlink`, `source.not_a_file` or `source.unreadable`.
    """

    def __init__(self, path: str) -> None:
        self._file, self.path = -1, path
        try:
            self._file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            found = os.fstat(self._file)
        except OSError:
            raise SourceError("source.symlink" if os.path.islink(path) else "source.unreadable") from None
        if not stat.S_ISREG(found.st_mode):
            raise SourceError("source.not_a_file")
        self.root = found.st_size
        self.identity = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        self.damage: Damage | None = None

    def read_at(self, start: int, count: int) -> bytes:
        """The `count` bytes from `start`; a place of the disk that fails ends the file with a damage."""
        pieces: list[bytes] = []
        while count > 0:
            try:
                piece = os.pread(self._file, count, start)
            except OSError:
                self.damage = Damage("source.damaged", max(self.root - start, 0))
                break
            if not piece:
                break
            pieces.append(piece)
            start, count = start + len(piece), count - len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def length(self) -> int:
        """The size of the file when it was opened."""
        return self.root

    def __del__(self) -> None:
        if self._file >= 0:
            os.close(self._file)


class Part:
    """The `length` bytes from `start` of another stretch: a member stored as it is."""

    def __init__(self, base: Stretch, start: int, length: int) -> None:
        self._base, self._start, self._length = base, start, length
        self.root = base.root
        self.damage: Damage | None = None

    def read_at(self, start: int, count: int) -> bytes:
        """As asked; where the base ends too early the part does too, with a damage."""
        asked = max(min(count, self._length - start), 0)
        piece = self._base.read_at(self._start + start, asked)
        if len(piece) < asked:
            self.damage = Damage("source.truncated", self._length - start - len(piece))
        return piece

    def length(self) -> int:
        """What the archive announces."""
        return self._length


class Nothing:
    """A stretch of no bytes that says why: a member that cannot be opened at all."""

    def __init__(self, base: Stretch, damage: Damage) -> None:
        self.root = base.root
        self.damage = damage

    def read_at(self, start: int, count: int) -> bytes:
        """Nothing."""
        return b""

    def length(self) -> int:
        """0."""
        return 0


class Stream(io.RawIOBase):
    """A stretch as a binary file that is read in order or sought in."""

    def __init__(self, stretch: Stretch) -> None:
        super().__init__()
        self._stretch, self._at = stretch, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._stretch.read_at(self._at, len(buffer))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """From the start or from here; the end of a compressed stream is not known beforehand."""
        if whence == io.SEEK_END:
            raise io.UnsupportedOperation("the end is not known")
        self._at = max(offset + (self._at if whence == io.SEEK_CUR else 0), 0)
        return self._at

    def tell(self) -> int:
        return self._at
