"""The lines of an irregular block: what most of them are by themselves, told by comparing whole arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from tocsin.sources.csv_dialect import Dialect
from tocsin.sources.csv_exact import BAD, CLEAN
from tocsin.sources.encoding import to_text

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
_CR, _LF, _SPACE, _MARK = 13, 10, 32, 0xEF


class Lines(Sequence[str]):
    """The lines of bytes as text, each decoded when it is asked for, without NUL.

    `damaged` and `nulls` are those asked for so far that held invalid bytes or NUL.
    """

    def __init__(self, raw: bytes, ends: Places, encoding: str) -> None:
        self._raw, self._encoding = raw, encoding
        self._ends: list[int] = ends.tolist()
        self.damaged: set[int] = set()
        self.nulls: set[int] = set()

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self._line(number) for number in range(*place.indices(len(self._ends)))]
        return self._line(place)

    def _line(self, number: int) -> str:
        text, damaged = to_text(self._raw[self.start(number) : self._ends[number]], self._encoding)
        if damaged:
            self.damaged.add(number)
        if "\0" in text:
            self.nulls.add(number)
            text = text.replace("\0", "")
        return text

    def start(self, number: int) -> int:
        """Where a line begins; where the last one ends for the number after it."""
        return self._ends[number - 1] + 1 if number else 0


def line_ends(raw: bytes, dialect: Dialect) -> Places:
    """Where the lines of `raw` end."""
    return np.flatnonzero(np.frombuffer(raw, np.uint8) == ord(dialect.newline))


def judged(raw: bytes, ends: Places, dialect: Dialect) -> tuple[Bytes, list[int]]:
    """What each line is if a record begins with it (CLEAN, BAD or 0 for a blank one), and the doubtful lines.

    A clean one has the right number of delimiters outside quotes, each of which opens where a cell begins
    and closes where it ends: the fast reader reads it as the exact one does. Doubtful are lines whose quotes
    are not in order, that begin with a space, or that hold NUL, a stray CR, an escape or a mark.
    """
    data = np.frombuffer(raw, np.uint8)
    starts = np.concatenate((np.zeros(1, np.intp), ends[:-1] + 1))
    first = data[starts]
    doubtful = (first == _MARK) | (first == _SPACE)
    doubtful[np.searchsorted(ends, _strange(raw, data, dialect))] = True
    if dialect.quote and dialect.quote.encode() in raw:
        counts, loose = _quoted(data, ends, starts, dialect)
        doubtful |= loose
    else:
        delimiters = (data == ord(dialect.delimiter)).view(np.uint8)
        counts = np.add.reduceat(delimiters, starts, dtype=np.intp)
    signs = np.where(counts == dialect.columns - 1, CLEAN, BAD).astype(np.uint8)
    signs[(starts == ends) | ((first == _CR) & (starts + 1 == ends))] = 0
    return signs, np.flatnonzero(doubtful).tolist()


def _strange(raw: bytes, data: Bytes, dialect: Dialect) -> Places:
    """Where bytes stand that ask for the exact reader."""
    strange = data == 0
    if dialect.escape:
        strange |= data == ord(dialect.escape)
    if dialect.newline == "\r":
        strange |= data == _LF
    elif b"\r" in raw:
        strange[:-1] |= (data[:-1] == _CR) & (data[1:] != _LF)
    return np.flatnonzero(strange)


def _quoted(data: Bytes, ends: Places, starts: Places, dialect: Dialect) -> tuple[Places, Flags]:
    """How many delimiters each line has outside quotes, and which lines have quotes that are not in order."""
    quotes = np.flatnonzero(data == ord(dialect.quote))
    lines = np.searchsorted(ends, quotes)
    many = np.bincount(lines, minlength=len(ends))
    before = np.cumsum(many) - many
    opens = (np.arange(len(quotes)) - before[lines]) % 2 == 0
    edge = np.zeros(256, np.bool_)
    edge[[ord(dialect.delimiter), ord(dialect.quote), ord(dialect.newline)]] = True
    begins = (quotes == starts[lines]) | edge[data[np.maximum(quotes, 1) - 1]]
    edge[_CR] = dialect.newline == "\n"
    loose: Flags = many % 2 == 1
    loose[lines[np.where(opens, ~begins, ~edge[data[quotes + 1]])]] = True
    delimiters = np.flatnonzero(data == ord(dialect.delimiter))
    rows = np.searchsorted(ends, delimiters)
    outside = (np.searchsorted(quotes, delimiters) - before[rows]) % 2 == 0
    return np.bincount(rows[outside], minlength=len(ends)), loose
