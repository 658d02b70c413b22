"""DuckDB files: every table is a source of its own (`base.duckdb#clients`), where the extra `duckdb` is installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec

from tocsin.errors import SourceError
from tocsin.sources.duckdb_read import read, tables
from tocsin.sources.names import escaped
from tocsin.sources.opening import digest
from tocsin.sources.source import Format, Issue, Located, Section, Sniffed, Surveyed

# https://duckdb.org/docs/stable/internals/storage: eight bytes of checksum, then the mark.
MARK, AT = b"DUCK", 8


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The mark of the first header, and the number of its version."""
    known = head.startswith(MARK, AT) and head[14:20] == bytes(6)
    return Sniffed(confidence=0.98, encoding="utf-8") if known else None


def members(located: Located) -> Iterator[Located | Issue]:
    """Every table as a part; an issue where the extra is missing or the file cannot be opened."""
    size = max(located.bytes, 0)
    if find_spec("duckdb") is None:
        yield Issue(source=located.source, code="source.no_duckdb", bytes_unread=size, detail="duckdb")
        return
    try:
        listed = tables(located)
    except SourceError as refusal:
        yield Issue(source=located.source, code=refusal.code, bytes_unread=size, detail="duckdb")
        return
    if not listed:
        yield Issue(source=located.source, code="source.no_tables", detail="duckdb")
    for schema, table in listed:
        name = table if schema == "main" else f"{schema}.{table}"
        settings = (("part", name), ("schema", schema), ("table", table))
        source = f"{located.source}#{escaped(name.encode('utf-8', 'replace'))}"
        yield replace(located, source=source, bytes=size // len(listed), dialect=settings)


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """The whole table as one section."""
    yield Section(located=located, number=0)
    yield digest(located)


FORMAT = Format(
    name="duckdb",
    label={"fr": "base DuckDB", "en": "DuckDB file"},
    reader="duckdb",
    sniff=sniff,
    survey=survey,
    read=read,
    container=members,
    risky=True,
)
