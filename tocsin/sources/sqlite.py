"""SQLite databases: every table is a source of its own (`base.sqlite#clients`), read in the order of its rows.

The file is opened as one that nobody changes, without extension, view or trigger; its schema and the ways
through its pages are read by `sqlite_pages`, so that a damaged page costs what it holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tocsin.sources.limits import limit
from tocsin.sources.names import escaped
from tocsin.sources.opening import digest, stretch_of
from tocsin.sources.source import Format, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.sqlite_pages import (
    INDEX_INTERIOR,
    INDEX_LEAF,
    LOWEST,
    MAGIC,
    Broken,
    Database,
    Leaf,
)
from tocsin.sources.sqlite_read import read

# A section ends after so many bytes of pages or so many rows.
BYTES, ROWS = 8 << 20, 200_000
SCHEMA = 1


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The first 16 bytes of the header."""
    return Sniffed(confidence=0.99) if head.startswith(MAGIC) else None


def tables(located: Located) -> Iterator[Located | Issue]:
    """Every table as a part; an issue for what the schema no longer tells, and for changes kept beside."""
    try:
        database = Database(stretch_of(located))
        found, lost = _schema(database)
    except Broken:
        yield Issue(source=located.source, code="source.truncated", bytes_unread=max(located.bytes, 0))
        return
    if lost:
        yield Issue(source=located.source, code="source.bad_page", place="schema", count=lost)
    if not located.members and database.logged and _size(f"{located.path}-wal"):
        yield Issue(source=located.source, code="source.wal", bytes_unread=_size(f"{located.path}-wal"))
    if not found:
        yield Issue(source=located.source, code="source.no_tables")
    share = max(located.bytes, 0) // max(len(found), 1)
    for name, root, statement in found:
        part = (("part", name), ("root", root), ("statement", statement))
        source = f"{located.source}#{escaped(name.encode('utf-8', 'replace'))}"
        yield replace(located, source=source, bytes=share, encoding=database.encoding, dialect=part)


def _size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0


def _schema(database: Database) -> tuple[list[tuple[str, int, str]], int]:
    """Name, root page and statement of every table of the schema (section 2.6), and what of it is damaged."""
    found: list[tuple[str, int, str]] = []
    lost = 0
    for leaf in database.leaves(SCHEMA):
        try:
            rows = list(database.rows(leaf.number)) if leaf.rows is not None else [None]
        except Broken:
            rows = [None]
        for row in rows:
            if row is None or len(row[1]) < 5:
                lost += 1
                continue
            kind, name, _, root, statement = row[1][:5]
            if kind != "table" or not isinstance(name, str) or name.lower().startswith("sqlite_"):
                continue
            if isinstance(root, int) and root > 0 and len(found) < limit("sqlite", "tables"):
                found.append((name, root, statement if isinstance(statement, str) else ""))
    return found, lost


@dataclass(slots=True)
class _Draft:
    """A section that grows page by page."""

    low: int
    high: int
    first: int
    start: int
    number: int = 0
    rows: int = 0
    bytes: int = 0

    def section(self, located: Located, *, whole: bool = False) -> Section:
        """The rows of these pages, by their lowest and highest number."""
        ranged = replace(located, dialect=(*located.dialect, ("low", self.low), ("high", self.high)))
        return Section(
            located=ranged,
            number=self.number,
            start=self.start,
            stop=self.start + self.bytes,
            first=self.first,
            records=self.rows,
            whole=whole,
        )

    def next(self, leaf: Leaf) -> _Draft:
        """The section that begins with `leaf`."""
        return _Draft(
            leaf.low,
            leaf.high,
            self.first + self.rows,
            self.start + self.bytes,
            self.number + bool(self.rows),
        )


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of some MiB of pages between damaged ones; a table WITHOUT ROWID is one section."""
    database, root = Database(stretch_of(located)), int(located.setting("root") or 0)
    try:
        indexed = database.page(root).kind in (INDEX_LEAF, INDEX_INTERIOR)
    except Broken:
        indexed = False
    if indexed:
        yield Section(located=located, number=0)
    else:
        yield from _ranges(located, database, root)
    yield digest(located)


def _ranges(located: Located, database: Database, root: int) -> Iterator[Section | Issue]:
    draft = _Draft(LOWEST, LOWEST, 0, 0)
    lost: list[int] = []
    for leaf in database.leaves(root):
        if leaf.rows is None:
            lost.append(leaf.number)
        if draft.rows and (leaf.rows is None or draft.bytes >= BYTES or draft.rows >= ROWS):
            yield draft.section(located)
            draft = draft.next(leaf)
        if leaf.rows is None:
            continue
        if not draft.rows:
            draft.low = leaf.low
        draft.high, draft.rows = leaf.high, draft.rows + leaf.rows
        draft.bytes += database.page_size
    if draft.rows or (draft.number == 0 and not lost):
        yield draft.section(located, whole=draft.number == 0)
    if lost:
        yield Issue(
            source=located.source,
            code="source.bad_page",
            place=f"page {lost[0]}",
            count=len(lost),
            bytes_unread=len(lost) * database.page_size,
        )


FORMAT = Format(
    name="sqlite",
    label={"fr": "base SQLite", "en": "SQLite database"},
    reader="sqlite",
    sniff=sniff,
    survey=survey,
    read=read,
    container=tables,
    risky=True,
)
