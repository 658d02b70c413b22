"""The exact reader of delimited text: every line of it is a row, a part of one, blank, or a bad line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.sources.csv_dialect import CELL_CHARACTERS, CELL_LINES, Dialect

# How many lines a cell that its own line does not close is looked for in, one try after the other.
Counts = npt.NDArray[np.intp]
Signs = npt.NDArray[np.uint8]
Sure = tuple[Signs, Sequence[int]]
_REACHES = (2, 8, 64, CELL_LINES)


CLEAN, ROW, BAD = 1, 2, 3


@dataclass(slots=True)
class Parsed:
    """What lines held: `rows` of cells with the `numbers` of their records, `bad` lines, and `clean` ones.

    Numbers and lines count from 0. `clean` lines are rows that nobody needed to look at, with their
    records' `clean_numbers`. `lines` of them were consumed (the rest waits for more), in `records` records.
    """

    rows: list[list[str]]
    numbers: Counts
    bad: list[int]
    clean: Counts
    clean_numbers: Counts
    records: int
    lines: int


@dataclass(frozen=True, slots=True)
class _Open:
    """The text ended within quotes."""


_OPEN = _Open()


def parse(lines: Sequence[str], dialect: Dialect, *, final: bool, sure: Sure | None = None) -> Parsed:
    """The rows of `lines` (without their LF), which begin where a record begins; linear in their length.

    A row has as many cells as the dialect has names. A cell that begins with the quote goes on to the
    quote that closes it, after which a delimiter or the end of the line must stand; a doubled quote
    within is one. Quotes elsewhere are text. A cell may hold line ends where it closes within CELL_LINES
    lines and CELL_CHARACTERS characters and the row then has the right number of cells; otherwise only the
    line that opened it is bad. Without `final` a cell that the lines leave open stays unconsumed. `sure`
    tells what lines are unless a cell that opened before goes over them, and which doubtful ones to look at.
    """
    rows: list[list[str]] = []
    signs, doubtful = (np.zeros(len(lines), np.uint8), range(len(lines))) if sure is None else sure
    end, consumed = 0, len(lines)
    for at in doubtful:
        if at < end:
            continue
        found = _record(lines, at, dialect, final=final)
        if found is None:
            consumed = at
            break
        cells, used, signs[at] = found
        end = at + used
        signs[at + 1 : end] = 0
        if cells is not None:
            rows.append(cells)
    return _numbered(signs[:consumed], rows)


def _record(
    lines: Sequence[str], at: int, dialect: Dialect, *, final: bool
) -> tuple[list[str] | None, int, int] | None:
    """The cells of the row at line `at`, its lines and its sign (0 for a blank line); None for one that waits."""
    line = lines[at].removesuffix("\r")
    cells: list[str] | None
    if not _opens(line, dialect):
        between = dialect.columns - 1
        cells, used = (line.split(dialect.delimiter) if line.count(dialect.delimiter) == between else None), 1
    else:
        found = _quoted(lines, at, dialect, final=final)
        if found is None:
            return None
        cells, used = found
    if (cells is None or dialect.columns == 1) and not line.strip(" "):
        return None, 1, 0
    return cells, used, BAD if cells is None else ROW


def _opens(line: str, dialect: Dialect) -> bool:
    """Whether a cell of the line begins with the quote."""
    quote = dialect.quote
    return bool(quote) and quote in line and (line.startswith(quote) or dialect.delimiter + quote in line)


def _numbered(signs: Signs, rows: list[list[str]]) -> Parsed:
    """The parsed lines, their records numbered in order."""
    numbers = np.cumsum(signs > 0) - 1
    clean = (signs == CLEAN).nonzero()[0]
    return Parsed(
        rows=rows,
        numbers=numbers[signs == ROW],
        bad=[int(line) for line in (signs == BAD).nonzero()[0]],
        clean=clean,
        clean_numbers=numbers[clean],
        records=int(numbers[-1]) + 1 if len(numbers) else 0,
        lines=len(signs),
    )


def first_row(lines: Sequence[str], dialect: Dialect) -> tuple[list[str] | None, int]:
    """The cells of the row that begins `lines`, None where the first line is a bad one, and how many lines it takes."""
    if not dialect.quote:
        cells = lines[0].removesuffix("\r").split(dialect.delimiter)
        return (cells if len(cells) == dialect.columns else None), 1
    return _quoted(lines, 0, dialect, final=True) or (None, 1)


def _quoted(
    lines: Sequence[str], at: int, dialect: Dialect, *, final: bool
) -> tuple[list[str] | None, int] | None:
    """The cells of the row that begins at line `at` and holds quotes, and its lines; cells None for a bad line.

    None where only lines that are not there yet can tell.
    """
    found = _row(lines[at], dialect)
    for reach in _REACHES:
        if not isinstance(found, _Open):
            return found if found is not None else (None, 1)
        window = list(lines[at : at + reach])
        characters = sum(map(len, window)) + len(window) - 1
        complete = characters <= CELL_CHARACTERS
        while characters > CELL_CHARACTERS and window:
            characters -= len(window.pop()) + 1
        found = _row(dialect.newline.join(window), dialect) if window else _OPEN
        if isinstance(found, _Open) and not complete:
            return None, 1
        if isinstance(found, _Open) and at + reach >= len(lines):
            return (None, 1) if final or (reach == CELL_LINES and len(window) == CELL_LINES) else None
    return (None, 1) if found is None or isinstance(found, _Open) else found


def _row(text: str, dialect: Dialect) -> tuple[list[str], int] | _Open | None:
    """The cells of the first row of `text` and how many lines it takes; None where it is no row."""
    delimiter, quote, newline, columns = dialect.delimiter, dialect.quote, dialect.newline, dialect.columns
    cells: list[str] = []
    at, line_end = 0, text.find(newline)
    line_end = len(text) if line_end < 0 else line_end
    while len(cells) < columns:
        if text.startswith(quote, at):
            close = _closing(text, at + 1, dialect)
            if close < 0:
                return _OPEN
            cells.append(_unquoted(text[at + 1 : close], dialect))
            at = close + 1
            if at > line_end:
                line_end = text.find(newline, at)
                line_end = len(text) if line_end < 0 else line_end
        else:
            end = text.find(delimiter, at, line_end)
            end = line_end if end < 0 else end
            cell = text[at:end]
            cells.append(cell.removesuffix("\r") if end == line_end else cell)
            at = end
        if at == line_end or (text.startswith("\r", at) and at + 1 == line_end):
            return (cells, text.count(newline, 0, line_end) + 1) if len(cells) == columns else None
        if text[at] != delimiter:
            return None
        at += 1
    return None


def _closing(text: str, start: int, dialect: Dialect) -> int:
    """Where the quote that closes a cell stands, from `start`; -1 where none does."""
    quote = dialect.quote
    at = text.find(quote, start)
    while at >= 0:
        if dialect.escape and _escaped(text, start, at, dialect.escape):
            at = text.find(quote, at + 1)
        elif text.startswith(quote, at + 1):
            at = text.find(quote, at + 2)
        else:
            return at
    return -1


def _escaped(text: str, start: int, at: int, escape: str) -> bool:
    """Whether an odd number of escapes stands right before `at`."""
    before = at
    while before > start and text[before - 1] == escape:
        before -= 1
    return (at - before) % 2 == 1


def _unquoted(cell: str, dialect: Dialect) -> str:
    """The text of a quoted cell, doubled and escaped quotes made one."""
    quote, escape = dialect.quote, dialect.escape
    if not escape or escape not in cell:
        return cell.replace(quote * 2, quote) if quote in cell else cell
    pairs = f"{re.escape(escape)}([{quote}{re.escape(escape)}])|({quote}){quote}"
    return re.sub(pairs, lambda pair: pair[1] or pair[2], cell)
