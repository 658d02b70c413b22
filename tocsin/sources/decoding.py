"""The text of a located source as UTF-8, whatever its encoding, block by block."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from tocsin.sources.encoding import WIDE, Transcoder, mark, to_text
from tocsin.sources.opening import read_range, stretch_of
from tocsin.sources.source import Issue, Located

BLOCK = 1 << 22


def wide(located: Located) -> bool:
    """Whether characters take two or four bytes, so that bytes cannot be cut at white space."""
    return located.encoding in WIDE


def begin(located: Located) -> int:
    """Where the text begins: after the byte order mark."""
    return mark(read_range(located, 0, 4))


def physical_lines(located: Located, start: int, stop: int | None) -> Iterator[str | Issue]:
    """The physical lines of the bytes [start, stop), without their end; an issue where characters were damaged.

    Wide characters are read from the source's beginning, whatever the bounds, block by block.
    """
    if not wide(located):
        data, damaged = utf8(read_range(located, start, stop), located.encoding)
        yield from data.decode("utf-8").split("\n")
        if damaged:
            yield Issue(source=located.source, code="source.mixed_encoding", count=damaged)
        return
    rest = ""
    for block in utf8_blocks(located):
        if isinstance(block, Issue):
            yield block
            continue
        *whole, rest = (rest + block.decode("utf-8")).split("\n")
        yield from whole
    yield rest


def utf8(data: bytes, encoding: str | None) -> tuple[bytes, int]:
    """`data` (of an 8-bit encoding, cut between characters) as UTF-8, and how many lines were damaged."""
    if data.isascii() or (encoding == "utf-8" and valid(data)):
        return data, 0
    text, damaged = to_text(data, encoding or "utf-8")
    return text.encode("utf-8", "replace"), len(damaged)


def utf8_blocks(located: Located, start: int = 0, stop: int | None = None) -> Iterator[bytes | Issue]:
    """[start, stop) of `located` as UTF-8 in blocks of some MiB, then an issue if some of it was no text.

    Blocks of 8-bit encodings are cut after a line end or a blank where there is one, those of wide
    encodings between characters; `start` 0 skips the byte order mark.
    """
    if wide(located):
        transcoder = Transcoder(located.encoding or "utf-16-le")
        yield from transcoder.transcode(_blocks(located, start, stop))
        damaged, code = transcoder.damaged, "source.undecodable"
    else:
        damaged, code = 0, "source.mixed_encoding"
        for block in cut_blocks(_blocks(located, start or begin(located), stop)):
            data, lines = utf8(block, located.encoding)
            damaged += lines
            yield data
    if damaged:
        yield Issue(source=located.source, code=code, count=damaged)


def _blocks(located: Located, start: int, stop: int | None) -> Iterator[bytes]:
    stretch = stretch_of(located)
    while stop is None or start < stop:
        block = stretch.read_at(start, BLOCK if stop is None else min(BLOCK, stop - start))
        if not block:
            return
        yield block
        start += len(block)


def cut_blocks(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes cut anew where `cut_place` allows; what follows the cut waits for the next block."""
    rest = b""
    for block in blocks:
        block = rest + block if rest else block
        at = cut_place(block)
        rest = block[at:]
        yield block[:at]
    if rest:
        yield rest


def cut_place(block: bytes) -> int:
    """The last place of `block` where it can be cut: after a line end or a blank, else between characters."""
    tail = block[-(1 << 16) :]
    found = max(tail.rfind(b"\n"), tail.rfind(b" "), tail.rfind(b"\t"))
    if found >= 0:
        return len(block) - len(tail) + found + 1
    return len(block) - _open_bytes(block[-4:])


def _open_bytes(tail: bytes) -> int:
    """How many bytes at the end belong to a UTF-8 sequence that is not complete."""
    for back in range(1, min(4, len(tail)) + 1):
        byte = tail[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return back if needed > back else 0
        if byte < 0x80:
            return 0
    return 0


def characters(data: bytes) -> int:
    """How many characters valid UTF-8 has: its bytes that continue none."""
    if data.isascii():
        return len(data)
    return int(np.count_nonzero(np.frombuffer(data, np.int8) >= -64))


def valid(data: bytes) -> bool:
    """Whether `data` is UTF-8 (polars' check is several times faster than decoding)."""
    try:
        checked = pl.Series([data], dtype=pl.Binary()).cast(pl.String(), strict=False)
    except pl.exceptions.PolarsError:
        return False
    return checked.null_count() == 0
