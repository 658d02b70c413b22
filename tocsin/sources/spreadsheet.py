"""The tables of a sheet: where each begins, which row heads it, and its rows as records. For XLSX, XLS and ODS alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from tocsin.sources.cell_text import series_of
from tocsin.sources.csv_header import has_header, unique_names
from tocsin.sources.source import Given, Issue, Located, Rows

# A row of a sheet: its number from 1, and its filled cells by column from 0.
Line = tuple[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows that follow each other without a gap, from number `first` on, by column: strings, null where empty."""

    first: int
    columns: dict[int, pl.Series]

    @property
    def height(self) -> int:
        """How many rows."""
        return len(next(iter(self.columns.values()), ()))

    def lines(self) -> Iterator[Line]:
        """The same rows one by one."""
        cells: list[dict[int, str]] = [{} for _ in range(self.height)]
        for place, column in self.columns.items():
            for row, text in zip(cells, column.to_list(), strict=True):
                if text is not None:
                    row[place] = text
        yield from enumerate(cells, self.first)

    def split(self, count: int) -> tuple[Grid, Grid]:
        """The first `count` rows, and the others."""
        head = {place: column.head(count) for place, column in self.columns.items()}
        rest = {place: column.slice(count) for place, column in self.columns.items()}
        return Grid(self.first, head), Grid(self.first + count, rest)


ROWS, CELLS = 20_000, 400_000
# So many rows of a table are looked at to find its header, which stands among the first few.
LOOKED_AT, LEAD = 200, 6
# A lone column of no more rows above a wider table is its title.
TITLES = 6


@dataclass(slots=True)
class _Names:
    """The fields of a table by column."""

    header: dict[int, str] = field(default_factory=dict)

    def of(self, columns: Sequence[int]) -> list[str]:
        """The names of these columns; one without a header is called after its place from 1."""
        names = [self.header.get(column) or f"column_{column + 1}" for column in columns]
        return names if len(set(names)) == len(names) else list(unique_names(names))


@dataclass(slots=True)
class SheetTables:
    """One way through a sheet. `given` yields blocks of rows, then one issue for lines that are titles."""

    located: Located
    _names: _Names = field(default_factory=_Names)
    _number: int = 0
    _titles: int = 0
    _first_title: int = 0
    _last: int = -1
    _opening: bool = True
    _held: list[Line] = field(default_factory=list)
    _waiting: list[dict[int, str]] = field(default_factory=list)
    _columns: dict[int, None] = field(default_factory=dict)

    def given(self, lines: Iterator[Line | Grid | Issue]) -> Iterator[Given]:
        """The records of `lines`, which come in order; blank ones and headers are none."""
        for line in lines:
            if isinstance(line, Issue):
                yield line
            elif isinstance(line, Grid):
                yield from self._grid(line)
            else:
                yield from self._line(line)
        yield from self._begin()
        yield from self._flush()
        if self._titles:
            place = f"line {self._first_title}"
            yield Issue(source=self.located.source, code="source.preamble", place=place, count=self._titles)

    def _line(self, line: Line) -> Iterator[Rows]:
        number, cells = line
        if not cells:
            return
        if number > self._last + 1 and self._last >= 0 and not self._titles_only(cells):
            yield from self._begin()
            self._opening = True
        self._last = number
        if not self._opening:
            yield from self._add(cells)
            return
        self._held.append(line)
        if len(self._held) >= LOOKED_AT:
            yield from self._begin()

    def _grid(self, grid: Grid) -> Iterator[Rows]:
        """Rows by column: one by one until the table they belong to has begun, then all at once."""
        while grid.height and (self._opening or grid.first != self._last + 1):
            head, grid = grid.split(LOOKED_AT)
            for line in head.lines():
                yield from self._line(line)
        if not grid.height:
            return
        yield from self._flush()
        self._last = grid.first + grid.height - 1
        yield self._rows(grid.columns, grid.height)

    def _titles_only(self, following: Mapping[int, str]) -> bool:
        """Whether what stands before a blank line is but the title of the wider table that follows it."""
        alone = all(len(cells) == 1 for _, cells in self._held)
        return 0 < len(self._held) <= TITLES and alone and len(following) > 1

    def _begin(self) -> Iterator[Rows]:
        """The first rows of a table: titles and header told apart from records."""
        held, self._held, self._opening = self._held, [], False
        if not held:
            return
        at = self._header_of(held)
        if at is not None:
            yield from self._flush()
            columns = list(range(max(held[at][1]) + 1))
            cells = [held[at][1].get(column, "") for column in columns]
            self._names.header = dict(zip(columns, unique_names(cells), strict=True))
            if at and not self._titles:
                self._first_title = held[0][0]
            self._titles += at
        for _, row in held[0 if at is None else at + 1 :]:
            yield from self._add(row)

    def _header_of(self, held: Sequence[Line]) -> int | None:
        """Which of the first rows is a header; the rows above it are mostly empty."""
        columns = sorted({column for _, cells in held for column in cells})
        if len(columns) > 4096:
            return None
        table = [[cells.get(column, "") for column in columns] for _, cells in held]
        for at in range(min(LEAD, len(table))):
            alone = at + 1 == len(table)
            if has_header(table[at:]) and (not alone or (at == 0 and not self._number)):
                return at
            filled = sum(1 for cell in table[at] if cell)
            if filled * 2 > len(columns) or (filled == len(columns)):
                return None
        return None

    def _add(self, cells: dict[int, str]) -> Iterator[Rows]:
        self._waiting.append(cells)
        self._columns.update(dict.fromkeys(cells))
        if len(self._waiting) >= ROWS or len(self._columns) * len(self._waiting) >= CELLS:
            yield from self._flush()

    def _flush(self) -> Iterator[Rows]:
        """The rows that wait, as one block of the columns that are filled somewhere in it."""
        if not self._waiting:
            return
        columns = {
            column: series_of("", [cells.get(column) for cells in self._waiting])
            for column in sorted(self._columns)
        }
        count = len(self._waiting)
        self._waiting, self._columns = [], {}
        yield self._rows(columns, count)

    def _rows(self, columns: Mapping[int, pl.Series], count: int) -> Rows:
        """A block of records by column, under their names and numbers."""
        names = self._names.of(list(columns))
        series = [column.rename(name) for name, column in zip(names, columns.values(), strict=True)]
        numbers = pl.Series(np.arange(self._number, self._number + count, dtype=np.uint64))
        self._number += count
        return Rows(frame=pl.DataFrame(series), numbers=numbers)
