"""The byte check that proves lines of a delimited file regular, so that the fast reader may take them.

Whole blocks are compared at once, nothing is parsed: delimiters and line ends must make rows of equal length,
and quotes must open where a cell begins and close where it ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.sources.csv_dialect import CELL_LINES, Dialect

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
_CR = 13
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
    if dialect.quote and block.find(dialect.quote.encode(), start, stop) >= 0:
        return _quoted(data, returns, dialect)
    breaks = data == ord(dialect.newline)
    ends = np.flatnonzero(breaks)
    if (returns and not _tidy(data, breaks)) or not _rows(
        data, data == ord(dialect.delimiter), ends, dialect
    ):
        return None
    return Proof(len(data), len(ends), len(ends))


def _rows(data: Bytes, delimiters: Flags, ends: Places, dialect: Dialect) -> bool:
    """Whether each line that ends at `ends` holds the delimiters of a row: counted a line, and all together.

    Counts of one byte wrap at 256, and what wraps makes the sum of all too large.
    """
    between = dialect.columns - 1
    if between == 0:
        return not delimiters.any() and _filled(data, ends)
    if int(np.count_nonzero(delimiters)) != between * len(ends):
        return False
    starts = np.empty_like(ends)
    starts[0], starts[1:] = 0, ends[:-1] + 1
    counted = np.uint8 if between < 256 else np.uint32
    counts = np.add.reduceat(delimiters.view(np.uint8), starts, dtype=counted)
    return bool((counts == between).all())


def _filled(data: Bytes, ends: Places) -> bool:
    """Whether no line of a table of one column is blank, or could be (it begins with a space or a CR)."""
    starts = np.concatenate((np.zeros(1, np.intp), ends[:-1] + 1))
    first = data[starts]
    return not ((starts == ends) | (first == _CR) | (first == 32)).any()


def _tidy(data: Bytes, breaks: Flags) -> bool:
    """Whether each CR stands right before an LF."""
    return not ((data[:-1] == _CR) & ~breaks[1:]).any()


def _quoted(data: Bytes, returns: bool, dialect: Dialect) -> Proof | None:
    """A proof for a block with quotes: those that open and close by turns, delimiters and line ends outside them."""
    breaks = data == ord(dialect.newline)
    quotes = data == ord(dialect.quote)
    inside = np.bitwise_xor.accumulate(quotes.view(np.uint8)).view(np.bool_)
    ends = np.flatnonzero(breaks & ~inside)
    if len(ends) == 0:
        return None
    kept = int(ends[-1]) + 1
    data, breaks, quotes, inside = data[:kept], breaks[:kept], quotes[:kept], inside[:kept]
    delimiters = data == ord(dialect.delimiter)
    if not _closed(data, quotes, inside, delimiters | breaks | quotes, returns):
        return None
    lines = int(np.count_nonzero(breaks))
    if lines - len(ends) >= CELL_LINES or (returns and not _tidy(data, breaks)):
        return None
    proved = _rows(data, delimiters & ~inside, ends, dialect)
    return Proof(kept, len(ends), lines) if proved else None


def _closed(data: Bytes, quotes: Flags, inside: Flags, edges: Flags, returns: bool) -> bool:
    """Whether each quote that opens stands after a delimiter, a line end or a quote, and each that closes before."""
    if (quotes[1:] & inside[1:] & ~edges[:-1]).any():
        return False
    if returns:
        edges = edges | (data == _CR)
    return not (quotes[:-1] & ~inside[:-1] & ~edges[1:]).any()
