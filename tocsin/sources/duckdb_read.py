"""The tables of a DuckDB file, opened by the one function that opens DuckDB: read-only, without anything from outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from tocsin.errors import SourceError
from tocsin.sources.frame_text import rows_from_cells
from tocsin.sources.limits import limit
from tocsin.sources.opening import BUFFER, stretch_of
from tocsin.sources.source import Given, Issue, Located, Section

BATCH = 10_000
SETTINGS = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "threads": "1",
    "memory_limit": "512MB",
    "lock_configuration": "true",
}
TABLES = (
    "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary ORDER BY 1, 2"
)


def tables(located: Located) -> list[tuple[str, str]]:
    """Schema and name of every table, in their order. Raises SourceError."""
    with _opened(located) as connection:
        return [(str(schema), str(name)) for schema, name in _run(connection, TABLES).fetchall()]


def read(section: Section) -> Iterator[Given]:
    """The rows of a table in their order; an issue where the file does not give them."""
    located, number, lost = section.located, section.first, 0
    schema, table = str(located.setting("schema")), str(located.setting("table"))
    try:
        with _opened(located) as connection:
            cursor = _run(connection, f"SELECT * FROM {_quoted(schema)}.{_quoted(table)}")  # noqa: S608
            names = [str(column[0]) for column in cursor.description]
            while rows := _fetched(cursor):
                block, missed = rows_from_cells(names, list(zip(*rows, strict=True)), number)
                yield block
                number, lost = number + len(rows), lost + missed
    except SourceError as refusal:
        yield Issue(source=located.source, code=refusal.code, place=f"record {number}")
    if lost:
        yield Issue(source=located.source, code="source.binary_cells", count=lost)


@contextmanager
def _opened(located: Located) -> Iterator[Any]:
    """The file as an open database; a member of an archive lies in memory meanwhile. Raises SourceError."""
    import duckdb

    held = _held(located) if located.members else None
    try:
        path = located.path if held is None else f"/proc/self/fd/{held}"
        try:
            connection = duckdb.connect(path, read_only=True, config=dict(SETTINGS))
        except Exception as failure:  # its text quotes values
            locked = "encrypt" in str(failure).lower()
            raise SourceError("source.encrypted" if locked else "source.damaged") from None
        with closing(connection):
            yield connection
    finally:
        if held is not None:
            os.close(held)


def _held(located: Located) -> int:
    """A member of an archive as a file in memory. Raises SourceError for one that is too large, or without Linux."""
    if not hasattr(os, "memfd_create"):
        raise SourceError("source.too_large")
    held = os.memfd_create("tocsin", os.MFD_CLOEXEC)
    stretch, at = stretch_of(located), 0
    while piece := stretch.read_at(at, BUFFER):
        os.write(held, piece)
        at += len(piece)
        if at > limit("sqlite", "member_bytes"):
            os.close(held)
            raise SourceError("source.too_large")
    return held


def _run(connection: Any, statement: str) -> Any:
    try:
        return connection.execute(statement)
    except Exception:  # its text quotes values
        raise SourceError("source.damaged") from None


def _fetched(cursor: Any) -> list[tuple[Any, ...]]:
    try:
        return list(cursor.fetchmany(BATCH))
    except Exception:  # its text quotes values
        raise SourceError("source.damaged") from None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
