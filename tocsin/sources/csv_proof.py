"""The byte check that proves lines of a delimited file regular, so that the fast reader may take them.

Whole blocks are compared at once, nothing is parsed: delimiters and line ends must make rows of equal length,
and quotes must open where a cell begins and close where it ends. Where a byte stands is a bit of a word, so
that 64 places are looked at in one step (as simdjson does; Langdale and Lemire, 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.sources.csv_dialect import CELL_LINES, Dialect

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]
_CR = 13
_ONE, _TOP = np.uint64(1), np.uint64(63)
_STEPS = [np.uint64(1 << step) for step in range(6)]
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Proof:
    """That `length` bytes from the start of a block hold `rows` whole rows in `lines` physical lines."""

    length: int
    rows: int
    lines: int


def prove(block: bytes, start: int, stop: int, dialect: Dialect) -> Proof | None:
    """A proof for `block` from `start`, where a row begins, to `stop`, after a line end; None where there is none.

    It covers all of it, or less by what a quoted cell open at `stop` began. None does not mean that
    lines are bad: only the exact reader knows.
    """
    if block.find(b"\0", start, stop) >= 0 or block.startswith(_MARK, start):
        return None
    if dialect.newline == "\r" and block.find(b"\n", start, stop) >= 0:
        return None
    if dialect.escape and block.find(dialect.escape.encode(), start, stop) >= 0:
        return None
    data = np.frombuffer(block, np.uint8, stop - start, start)
    returns = dialect.newline == "\n" and block.find(b"\r", start, stop) >= 0
    breaks = _bits(data == ord(dialect.newline))
    if dialect.quote and block.find(dialect.quote.encode(), start, stop) >= 0:
        return _quoted(data, breaks, returns, dialect)
    if returns and not _tidy(data, breaks):
        return None
    delimiters = _bits(data == ord(dialect.delimiter))
    ends = _many(breaks)
    return Proof(len(data), ends, ends) if _rows(data, delimiters, breaks, dialect) else None


def _bits(flags: Flags) -> Words:
    """Flags as bits, the first one lowest, in whole words."""
    packed = np.packbits(flags, bitorder="little")
    if rest := len(packed) % 8:
        packed = np.concatenate((packed, np.zeros(8 - rest, np.uint8)))
    return packed.view("<u8")


def _many(bits: Words) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def _rows(data: Bytes, delimiters: Words, ends: Words, dialect: Dialect) -> bool:
    """Whether each line that ends at `ends` holds as many delimiters as a row has."""
    between = dialect.columns - 1
    if between == 0:
        return not delimiters.any() and _filled(data, np.flatnonzero(_flags(ends, len(data))))
    counts = np.bitwise_count(delimiters)
    if int(counts.sum(dtype=np.int64)) != between * _many(ends):
        return False
    words = np.flatnonzero(ends)
    left, among = ends[words], delimiters[words]
    before = np.cumsum(counts, dtype=np.int64)[words] - counts[words]
    numbers = np.cumsum(np.bitwise_count(left), dtype=np.int64) - np.bitwise_count(left)
    while len(left):
        lowest = left & (~left + _ONE)
        numbers += 1
        if (before + np.bitwise_count(among & (lowest - _ONE)) != between * numbers).any():
            return False
        left = left ^ lowest
        more = np.flatnonzero(left)
        if len(more) < len(left):
            left, among, before, numbers = left[more], among[more], before[more], numbers[more]
    return True


def _flags(bits: Words, length: int) -> Flags:
    """The first `length` bits as flags."""
    return np.unpackbits(bits.view(np.uint8), count=length, bitorder="little").view(np.bool_)


def _filled(data: Bytes, ends: Places) -> bool:
    """Whether no line of a table of one column is blank, or could be (it begins with a space or a CR)."""
    starts = np.concatenate((np.zeros(1, np.intp), ends[:-1] + 1))
    first = data[starts]
    return not ((starts == ends) | (first == _CR) | (first == 32)).any()


def _tidy(data: Bytes, breaks: Words) -> bool:
    """Whether each CR but one at the very end stands right before an LF."""
    returns = _bits(data[:-1] == _CR)
    return not (returns & ~_earlier(breaks)[: len(returns)]).any()


def _earlier(bits: Words) -> Words:
    """The bits moved one place towards the beginning."""
    moved = bits >> _ONE
    moved[:-1] |= bits[1:] << _TOP
    return moved


def _later(bits: Words) -> Words:
    """The bits moved one place towards the end; the first place is set."""
    moved = bits << _ONE
    moved[1:] |= bits[:-1] >> _TOP
    moved[0] |= _ONE
    return moved


def _within(quotes: Words) -> Words:
    """The places from each quote that opens up to the one that closes, which is left out."""
    inside = quotes.copy()
    for step in _STEPS:
        inside ^= inside << step
    odd = inside >> _TOP
    inside ^= np.uint64(0) - (np.bitwise_xor.accumulate(odd) ^ odd)
    return inside


def _quoted(data: Bytes, breaks: Words, returns: bool, dialect: Dialect) -> Proof | None:
    """A proof for a block with quotes: those that open and close by turns, delimiters and line ends outside them."""
    quotes = _bits(data == ord(dialect.quote))
    inside = _within(quotes)
    ends = breaks & ~inside
    last = np.flatnonzero(ends)
    if not len(last):
        return None
    kept = int(last[-1]) * 64 + int(ends[last[-1]]).bit_length()
    delimiters = _bits(data == ord(dialect.delimiter))
    if kept < len(data):
        data = data[:kept]
        breaks, quotes, inside, ends, delimiters = (
            _up_to(bits, kept) for bits in (breaks, quotes, inside, ends, delimiters)
        )
    if not _closed(data, quotes, inside, delimiters | breaks | quotes, returns):
        return None
    lines, rows = _many(breaks), _many(ends)
    if lines - rows >= CELL_LINES or (returns and not _tidy(data, breaks)):
        return None
    return Proof(kept, rows, lines) if _rows(data, delimiters & ~inside, ends, dialect) else None


def _up_to(bits: Words, length: int) -> Words:
    """The first `length` bits, in whole words."""
    kept = bits[: -(-length // 64)].copy()
    if rest := length % 64:
        kept[-1] &= np.uint64((1 << rest) - 1)
    return kept


def _closed(data: Bytes, quotes: Words, inside: Words, edges: Words, returns: bool) -> bool:
    """Whether each quote that opens stands after a delimiter, a line end or a quote, and each that closes before.

    The last byte ends a line, so that none that closes has nothing after it.
    """
    if (quotes & inside & ~_later(edges)).any():
        return False
    if returns:
        edges = edges | _bits(data == _CR)
    return not (quotes & ~inside & ~_earlier(edges)).any()
