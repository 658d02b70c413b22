"""The rows of one stretch of an SQLite table: by the sqlite3 library, guarded; where it gives up, page by page."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
import polars as pl

from tocsin.sources.cell_text import column_text, series_of
from tocsin.sources.csv_header import unique_names
from tocsin.sources.limits import limit
from tocsin.sources.opening import read_range, stretch_of
from tocsin.sources.source import Given, Issue, Located, Rows, Section
from tocsin.sources.sqlite_pages import HIGHEST, LOWEST, Broken, Database, Value

FEWEST, MOST = 64, 20_000
BATCH_BYTES = 8 << 20
ALIASES = ("_rowid_", "rowid", "oid")
# Wide enough for a whole table read slowly, narrow enough for a query that a hostile file never lets end.
SECONDS = 300.0
_NAMED = re.compile(r'["`\[]([^"`\]]+)["`\]]|([^\W\d]\w*)')


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns: all stored ones in the order of a record, and the one that is the row's number."""

    stored: tuple[str, ...]
    key: tuple[str, ...]
    alias: int | None

    def keyed(self) -> tuple[str, ...]:
        """The order of a record of a table WITHOUT ROWID: the primary key first (section 2.4 of the format)."""
        return (*self.key, *(name for name in self.stored if name not in self.key))


def columns_of(statement: str) -> Columns:
    """What a CREATE TABLE says of its columns, asked of an empty database in memory that may do nothing else."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        memory.set_authorizer(_creating)
        try:
            memory.execute(statement)
            memory.set_authorizer(None)
            name = memory.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchone()[0]
            quoted = _quoted(name)
            found = memory.execute(f"PRAGMA table_xinfo({quoted})").fetchall()
        except (sqlite3.Error, sqlite3.Warning, TypeError, ValueError):
            return _guessed(statement)
    stored = [row for row in found if row[6] != 2]
    key = [row for row in sorted(found, key=lambda row: row[5]) if row[5]]
    single = len(key) == 1 and str(key[0][2]).upper() == "INTEGER"
    alias = next((at for at, row in enumerate(stored) if single and row[5]), None)
    return Columns(tuple(row[1] for row in stored), tuple(row[1] for row in key), alias)


def _creating(action: int, *given: object) -> int:
    allowed = (sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_INSERT)
    inner = (sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_READ, sqlite3.SQLITE_REINDEX, sqlite3.SQLITE_TRANSACTION)
    return sqlite3.SQLITE_OK if action in (*allowed, *inner) else sqlite3.SQLITE_DENY


def _guessed(statement: str) -> Columns:
    """Names by their place before the commas, for a statement that this library refuses."""
    inside = statement.partition("(")[2]
    names = [match[1] or match[2] for part in inside.split(",") if (match := _NAMED.search(part))]
    return Columns(tuple(names), (), None)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def read(section: Section) -> Iterator[Given]:
    """The rows of a section; an issue for those that are damaged and for cells that are pictures or documents."""
    located = section.located
    columns = columns_of(str(located.setting("statement") or ""))
    batches = _Batches(section, columns)
    if columns.stored:
        with (
            suppress(sqlite3.Error, sqlite3.Warning, OverflowError, MemoryError, ValueError),
            closing(_opened(located)) as connection,
        ):
            yield from batches.native(connection)
    if not batches.done:
        yield from batches.by_page()
    if batches.binary:
        yield Issue(source=located.source, code="source.binary_cells", count=batches.binary)


def _opened(located: Located) -> sqlite3.Connection:
    """The database, read-only and taken for immutable: no journal is replayed, nothing is locked or written.

    Raises sqlite3.Error; also for a member of an archive that is too large to be held in memory.
    """
    if located.members:
        data = read_range(located, 0, limit("sqlite", "member_bytes") + 1)
        if len(data) > limit("sqlite", "member_bytes"):
            raise sqlite3.OperationalError
        connection = sqlite3.connect(":memory:", isolation_level=None)
        # A file that logs ahead cannot be opened from memory: it is said to keep a journal (section 1.3.3).
        connection.deserialize(data[:18] + b"\1\1" + data[20:])
    else:
        address = f"file:{quote(os.fsencode(located.path))}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limit("sqlite", "cell_bytes"))
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA query_only = ON")
    until = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: int(time.monotonic() > until), 100_000)
    connection.set_authorizer(_reading)
    return connection


def _reading(
    action: int, table: str | None, column: str | None, database: str | None, view: str | None
) -> int:
    """Nothing but reading columns of tables themselves: no view, trigger, function or PRAGMA."""
    if view is not None or action not in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class _Batches:
    """The rows of a section on their way, by whichever reader: where they stand, and how many cells were no text."""

    def __init__(self, section: Section, columns: Columns) -> None:
        self._located, self._columns = section.located, columns
        self._number = section.first
        low, high = self._located.setting("low"), self._located.setting("high")
        self._ranged = low is not None
        self._low = LOWEST if low is None else int(low)
        self._high = HIGHEST if high is None else int(high)
        self._left = section.records
        self.binary = 0
        self.done = False

    def native(self, connection: sqlite3.Connection) -> Iterator[Rows]:
        """By the library, with text that must be UTF-8 first; `done` once all is there. Raises sqlite3.Error."""
        taken = set(map(str.lower, self._columns.stored))
        alias = next((name for name in ALIASES if name not in taken), None)
        if self._ranged and alias is None:
            return
        table = _quoted(str(self._located.setting("part")))
        wanted = ", ".join(_quoted(name) for name in self._columns.stored)
        if self._ranged:
            query = f"SELECT {alias}, {wanted} FROM {table} NOT INDEXED WHERE {alias} BETWEEN ? AND ? ORDER BY {alias}"  # noqa: S608
        else:
            query = f"SELECT 0, {wanted} FROM {table} NOT INDEXED"  # noqa: S608
        for factory in (str, _lenient):
            connection.text_factory = factory
            try:
                limits = (self._low, self._high) if self._ranged else ()
                yield from self._fetched(connection.execute(query, limits))
            except sqlite3.OperationalError:
                if factory is _lenient or not self._ranged:
                    raise
                continue
            break
        self.done = self._left is None or self._left == 0

    def _fetched(self, cursor: sqlite3.Cursor) -> Iterator[Rows]:
        step = FEWEST
        while rows := cursor.fetchmany(step):
            size, given = self._rows(
                [row[0] for row in rows], [row[1:] for row in rows], self._columns.stored
            )
            yield given
            step = max(FEWEST, min(MOST, step * 2, step * BATCH_BYTES // max(size, 1)))

    def _rows(
        self, keys: Sequence[int], rows: Sequence[Sequence[Value]], names: Sequence[str]
    ) -> tuple[int, Rows]:
        """A block of rows, and how many bytes they take; what comes next begins after them."""
        series = []
        size = 0
        for name, values in zip(unique_names(names), zip(*rows, strict=True), strict=True):
            cells, lost = column_text(values)
            self.binary += lost
            series.append(series_of(name, cells))
            size += int(series[-1].str.len_bytes().sum() or 0)
        numbers = pl.Series(np.arange(self._number, self._number + len(rows), dtype=np.uint64))
        self._number += len(rows)
        self._left = None if self._left is None else self._left - len(rows)
        if self._ranged:
            self._low = keys[-1] + 1
        return size, Rows(frame=pl.DataFrame(series), numbers=numbers)

    def by_page(self) -> Iterator[Given]:
        """What the library did not give, from the pages themselves; a damaged row is one issue."""
        database = Database(stretch_of(self._located))
        waiting: list[list[Value]] = []
        keys: list[int] = []
        held = 0
        for row in self._paged(database):
            if row is None:
                yield from self._flush(keys, waiting)
                yield Issue(
                    source=self._located.source, code="source.bad_record", place=f"record {self._number}"
                )
                self._number += 1
                continue
            if isinstance(row, Issue):
                yield row
                continue
            keys.append(row[0])
            waiting.append(row[1])
            held += sum(len(value) for value in row[1] if isinstance(value, (str, bytes)))
            if len(waiting) >= FEWEST * 16 or held >= BATCH_BYTES:
                yield from self._flush(keys, waiting)
                held = 0
        yield from self._flush(keys, waiting)

    def _paged(self, database: Database) -> Iterator[tuple[int, list[Value]] | Issue | None]:
        root = int(self._located.setting("root") or 0)
        if not self._ranged:
            yield from self._entries(database, root)
            return
        for leaf in database.leaves(root, self._low, self._high):
            try:
                if leaf.rows is None:
                    raise Broken
                for row in database.rows(leaf.number):
                    if row is None or self._low <= row[0] <= self._high:
                        yield row
            except Broken:
                yield self._bad_page(leaf.number, database)

    def _entries(self, database: Database, root: int) -> Iterator[tuple[int, list[Value]] | Issue | None]:
        """The rows of a table WITHOUT ROWID that were not given yet."""
        given = self._number
        for entry in database.entries(root):
            if isinstance(entry, int):
                yield self._bad_page(entry, database)
            elif entry is not None and given:
                given -= 1
            else:
                yield None if entry is None else (0, entry)

    def _bad_page(self, page: int, database: Database) -> Issue:
        return Issue(
            source=self._located.source,
            code="source.bad_page",
            place=f"page {page}",
            bytes_unread=database.page_size,
        )

    def _flush(self, keys: list[int], waiting: list[list[Value]]) -> Iterator[Rows]:
        """Records as rows: as many fields as the widest or the statement has, the row's number in its alias."""
        if not waiting:
            return
        names = self._columns.stored if self._ranged else self._columns.keyed()
        width = max(len(names), max(map(len, waiting)))
        names = (*names, *(f"column_{at + 1}" for at in range(len(names), width)))
        alias = self._columns.alias if self._ranged else None
        rows = []
        for key, values in zip(keys, waiting, strict=True):
            row = [*values, *[None] * (width - len(values))]
            if alias is not None and row[alias] is None:
                row[alias] = key
            rows.append(row)
        yield self._rows(keys, rows, names)[1]
        keys.clear()
        waiting.clear()


def _lenient(raw: bytes) -> str:
    """TEXT that is no UTF-8 is read as Windows-1252."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
