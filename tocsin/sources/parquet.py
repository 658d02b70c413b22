"""Parquet files: the rows of every group as text; a damaged column of a group costs itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

import polars as pl

from tocsin.errors import SourceError
from tocsin.sources.frame_text import rows_from
from tocsin.sources.limits import limit
from tocsin.sources.opening import digest, read_range, stretch_of
from tocsin.sources.parquet_footer import ENCRYPTED, MAGIC, Footer, NoFooter, footer
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed

ROWS = 100_000


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The first four bytes."""
    return Sniffed(confidence=0.99, encoding="utf-8") if head.startswith((MAGIC, ENCRYPTED)) else None


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of at most 100,000 rows, none of two groups."""
    surveyed = digest(located)
    try:
        found = footer(stretch_of(located))
    except NoFooter:
        yield Issue(source=located.source, code="source.truncated", bytes_unread=surveyed.bytes)
        yield surveyed
        return
    if found.encrypted:
        yield Issue(source=located.source, code="source.encrypted", bytes_unread=surveyed.bytes)
    elif located.members and surveyed.bytes > limit("parquet", "member_bytes"):
        yield Issue(source=located.source, code="source.too_large", bytes_unread=surveyed.bytes)
    else:
        yield from _sections(located, found, surveyed.bytes)
    yield surveyed


def _sections(located: Located, found: Footer, size: int) -> Iterator[Section | Issue]:
    rows = sum(count for count, _ in found.groups)
    most = max(limit("parquet", "floor_rows"), limit("ratio", "most") * size)
    first = number = at = 0
    for count, _ in found.groups:
        for start in range(0, count, ROWS):
            if first >= most:
                yield Issue(source=located.source, code="source.bomb", count=1)
                return
            held = min(ROWS, count - start)
            stop = size if first + held == rows else size * (first + held) // max(rows, 1)
            yield Section(
                located=located,
                number=number,
                start=at,
                stop=stop,
                first=first,
                records=held,
                whole=held == rows,
            )
            number, first, at = number + 1, first + held, stop
    if not number:
        yield Section(located=located, number=0, stop=size, records=0)


def read(section: Section) -> Iterator[Given]:
    """The rows of a section; where that fails, column by column."""
    if not section.records:
        return
    lost = 0
    try:
        rows, lost = rows_from(_slice(section, None), section.first)
        yield rows
    except (MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit, SourceError):
        raise
    except BaseException:  # a panic of the library is no Exception
        yield from _by_column(section)
    if lost:
        yield Issue(source=section.located.source, code="source.binary_cells", count=lost)


def _slice(section: Section, column: str | None) -> pl.DataFrame:
    """The section's rows, of one column or of all."""
    located = section.located
    source = io.BytesIO(_content(located)) if located.members else open(located.path, "rb")  # noqa: SIM115
    with source:
        lazy = pl.scan_parquet(source, glob=False, hive_partitioning=False, use_statistics=False)
        lazy = lazy.slice(section.first, section.records)
        return (lazy if column is None else lazy.select(pl.col(column))).collect()


@lru_cache(maxsize=1)
def _content(located: Located) -> bytes:
    """A member of an archive as a whole."""
    return read_range(located, 0, limit("parquet", "member_bytes"))


def _by_column(section: Section) -> Iterator[Rows | Issue]:
    """Each column that can be read; an issue for the others, or for all rows where none can."""
    source, place = section.located.source, f"record {section.first}"
    columns: list[pl.Series] = []
    damaged = 0
    for name in _names(section):
        try:
            columns.append(_slice(section, name).to_series())
        except (MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException:
            damaged += 1
    if not columns:
        count = section.records or 0
        yield Issue(source=source, code="source.bad_record", place=place, count=count)
        return
    rows, lost = rows_from(pl.DataFrame(columns), section.first)
    yield rows
    if damaged:
        yield Issue(source=source, code="source.bad_columns", place=place, count=damaged)
    if lost:
        yield Issue(source=source, code="source.binary_cells", count=lost)


def _names(section: Section) -> list[str]:
    """The columns that the schema tells; none where it cannot be read."""
    located = section.located
    try:
        if located.members:
            return list(pl.read_parquet_schema(io.BytesIO(_content(located))))
        return list(pl.read_parquet_schema(located.path))
    except (MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit, SourceError):
        raise
    except BaseException:
        return []


FORMAT = Format(
    name="parquet",
    label={"fr": "fichier Parquet", "en": "Parquet file"},
    reader="polars",
    sniff=sniff,
    survey=survey,
    read=read,
    risky=True,
)
