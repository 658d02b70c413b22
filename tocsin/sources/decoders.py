"""Decompressors of one interface: deflate, bzip2, xz, LZMA, zstd, each fed with bytes and asked for pieces."""

from __future__ import annotations

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable, Sequence
from typing import Any, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 1 << 20
GZIP, RAW = 31, -15
BROKEN = (zlib.error, OSError, EOFError, lzma.LZMAError, zstd.ZstdError, ValueError)


class Engine(Protocol):
    """A decompressor: fed when `hungry`, finished at `eof` with `left` bytes that are not its own."""

    hungry: bool
    eof: bool
    left: int

    def feed(self, data: bytes, most: int = PIECE) -> bytes: ...

    def copy(self) -> Engine | None: ...


class Inflater:
    """Deflate by zlib (`window` GZIP or RAW), whose state can be copied."""

    def __init__(self, window: int) -> None:
        self._engine = zlib.decompressobj(window)
        self._tail, self.hungry, self.eof, self.left = b"", True, False, 0

    def feed(self, data: bytes, most: int = PIECE) -> bytes:
        """At most `most` bytes out of what was fed so far."""
        piece = self._engine.decompress(self._tail + data if self._tail else data, most)
        self._tail, self.eof = self._engine.unconsumed_tail, self._engine.eof
        self.left = len(self._engine.unused_data)
        self.hungry = not self._tail and len(piece) < most
        return piece

    def copy(self) -> Engine:
        """The same state once more."""
        twin = Inflater.__new__(Inflater)
        twin._engine, twin._tail = self._engine.copy(), self._tail
        twin.hungry, twin.eof, twin.left = self.hungry, self.eof, self.left
        return twin


class Decoder(Protocol):
    """What the standard library's decompressors have in common."""

    @property
    def needs_input(self) -> bool: ...

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Whole:
    """A decoder whose state cannot be copied, so that going back starts again.

    `size` is what it gives in all, for a stream that does not say its own end (raw LZMA).
    """

    def __init__(self, engine: Decoder, size: int | None = None) -> None:
        self._engine, self._size = engine, size
        self.hungry, self.eof, self.left = True, size == 0, 0

    def feed(self, data: bytes, most: int = PIECE) -> bytes:
        """At most `most` bytes out of what was fed so far."""
        room = most if self._size is None else min(most, self._size)
        piece = self._engine.decompress(data, room)
        self.hungry, self.eof = self._engine.needs_input, self._engine.eof
        if self._size is not None:
            self._size -= len(piece)
            self.eof = self._size <= 0
        self.left = len(self._engine.unused_data) if self._engine.eof else 0
        return piece

    def copy(self) -> Engine | None:
        """None: this state cannot be copied."""
        return None


def inflate() -> Engine:
    """A new decompressor of raw deflate."""
    return Inflater(RAW)


def gunzip() -> Engine:
    """A new gzip decompressor."""
    return Inflater(GZIP)


def bunzip() -> Engine:
    """A new bzip2 decompressor."""
    return Whole(bz2.BZ2Decompressor())


def unxz() -> Engine:
    """A new xz decompressor."""
    return Whole(lzma.LZMADecompressor(lzma.FORMAT_XZ))


def unlzma() -> Engine:
    """A new decompressor of the format before xz (`.lzma`)."""
    return Whole(lzma.LZMADecompressor(lzma.FORMAT_ALONE))


def unzstd() -> Engine:
    """A new zstd decompressor; a window beyond 128 MB is refused (RFC 8878, section 3.1.1.1.2)."""
    return Whole(zstd.ZstdDecompressor())


def raw(filters: Sequence[dict[str, Any]], size: int) -> Callable[[], Engine]:
    """What makes decompressors of raw LZMA or LZMA2 with these filters of liblzma that give `size` bytes."""
    return lambda: Whole(lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=list(filters)), size)


def lzma1(properties: bytes, size: int) -> dict[str, Any] | None:
    """The filter for five bytes of LZMA properties (LZMA SDK, lzma-specification.txt); None where they are wrong.

    A dictionary larger than what the stream gives is never filled, so that it is not asked for either.
    """
    if len(properties) < 5 or properties[0] >= 225:
        return None
    rest, lc = divmod(properties[0], 9)
    pb, lp = divmod(rest, 5)
    wanted = int.from_bytes(properties[1:5], "little")
    if lc + lp > 4:
        return None
    return {"id": lzma.FILTER_LZMA1, "dict_size": max(min(wanted, size), 4096), "lc": lc, "lp": lp, "pb": pb}
