"""The rows of one table of a database server as records; what it is at that moment is hashed nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import polars as pl

from tocsin.errors import SourceError
from tocsin.sources.cell_text import column_text, series_of
from tocsin.sources.csv_header import unique_names
from tocsin.sources.database import Column, Values, connect, kept_address
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Surveyed


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """The table as one section. A table that lives has no digest: reading it twice may give two."""
    yield Section(located=located, number=0)
    yield Surveyed(sha256=None, bytes=located.bytes)


def read(section: Section) -> Iterator[Given]:
    """The rows in the order of the primary key where there is one; an issue where the server stops giving them."""
    located, number, lost = section.located, section.first, 0
    address = kept_address(str(located.setting("address")))
    schema, table = str(located.setting("schema")), str(located.setting("table"))
    try:
        with closing(connect(address)) as server:
            for columns, values in server.rows(schema, table):
                block, missed = _rows(columns, values, number)
                number, lost = number + len(block.numbers), lost + missed
                yield block
    except SourceError as refusal:
        yield Issue(source=located.source, code=refusal.code, place=f"record {number}")
    if lost:
        yield Issue(source=located.source, code="source.binary_cells", count=lost)


def _rows(columns: list[Column], given: list[Values], first: int) -> tuple[Rows, int]:
    """A block of rows, and how many of its cells are bytes that are no text."""
    series: list[pl.Series] = []
    lost = 0
    for name, values in zip(unique_names([column.name for column in columns]), given, strict=True):
        if isinstance(values, pl.Series):
            series.append(pl.select(pl.when(values != "").then(values)).to_series().rename(name))
            continue
        cells, missed = column_text(values)
        lost += missed
        series.append(series_of(name, cells))
    numbers = np.arange(first, first + len(series[0]), dtype=np.uint64)
    return Rows(frame=pl.DataFrame(series), numbers=pl.Series(numbers)), lost


def _format(name: str, label: str) -> Format:
    return Format(
        name=name,
        label={"fr": f"base {label}", "en": f"{label} database"},
        reader=name,
        sniff=lambda head, size: None,
        survey=survey,
        read=read,
    )


FORMAT = (_format("postgresql", "PostgreSQL"), _format("mysql", "MySQL/MariaDB"))
