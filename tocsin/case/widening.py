"""Columns that hold nothing, put into a Parquet file after it was written: a few bytes each, whatever its rows.

polars encodes a list of strings that is null in every row at 5 ns a row; a case has such a column for every kind
that a source does not hold. Here the file is written without them, then gets their pages (one run of "null", as
apache/parquet-format, Encodings.md, RLE, has it) and the footer of the whole schema.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

import polars as pl

from tocsin.case.durable import ROW_GROUP, sync
from tocsin.case.thrift import (
    BINARY,
    I32,
    I64,
    LIST,
    STRUCT,
    Struct,
    changed,
    decoded,
    encoded,
    field,
    varint,
)

MAGIC = b"PAR1"
# Numbers of fields (parquet.thrift).
SCHEMA, GROUPS, PAIRS, ORDERS = 2, 4, 5, 7
COLUMNS, SIZE, ROWS, COMPRESSED = 1, 2, 3, 6
NAME, CHILDREN = 4, 5
META, PATH = 3, 3
BYTE_ARRAY, PLAIN, RLE, UNCOMPRESSED = 6, 0, 3, 0


def write_wide(
    path: Path, frame: pl.DataFrame, schema: pl.Schema, compression: Literal["zstd", "lz4"]
) -> None:
    """Fill the reserved file `path` with `frame`, which holds some columns of `schema` in its order; the others, all
    lists of strings, are null in every row. Row groups of at most 250,000; brought to the disk."""
    absent = [name for name in schema if name not in frame.columns]
    if any(schema[name] != pl.List(pl.String) for name in absent):
        raise ValueError("only a list of strings can be put in")
    frame.write_parquet(path, row_group_size=ROW_GROUP, compression=compression)
    if absent:
        _widen(path, tuple(schema.items()))
    sync(path)


def _widen(path: Path, schema: tuple[tuple[str, pl.DataType], ...]) -> None:
    """Put the columns in."""
    whole = _footer_of(schema)
    paths = list(_leaves(field(whole, SCHEMA)[1]))
    with path.open("r+b") as file:
        file.seek(-8, io.SEEK_END)
        length = int.from_bytes(file.read(4), "little")
        at = file.seek(-8 - length, io.SEEK_END)
        footer = decoded(file.read(length))
        file.seek(at)
        groups = []
        for group in field(footer, GROUPS)[1]:
            wide, pages = _wide(group, paths, file.tell())
            file.write(pages)
            groups.append(wide)
        for number, kind in ((SCHEMA, LIST), (PAIRS, LIST), (ORDERS, LIST)):
            if field(whole, number) is not None:
                footer = changed(footer, number, kind, field(whole, number))
        data = encoded(changed(footer, GROUPS, LIST, (STRUCT, groups)))
        file.write(data + len(data).to_bytes(4, "little") + MAGIC)
        file.truncate()


def _wide(group: Struct, paths: list[list[bytes]], at: int) -> tuple[Struct, bytes]:
    """A row group with every column, and the pages of those that were not there, which begin `at`."""
    known = {field(field(chunk, META), PATH)[1][0]: chunk for chunk in field(group, COLUMNS)[1]}
    rows, page = field(group, ROWS), _page(field(group, ROWS))
    chunks, pages = [], b""
    for path in paths:
        chunk = known.get(path[0])
        if chunk is None:
            chunk = _chunk(path, rows, at + len(pages), len(page))
            pages += page
        chunks.append(chunk)
    for number in (SIZE, COMPRESSED):
        if field(group, number) is not None:
            group = changed(group, number, I64, field(group, number) + len(pages))
    return changed(group, COLUMNS, LIST, (STRUCT, chunks)), pages


def _page(rows: int) -> bytes:
    """A data page of `rows` nulls: a header, the levels of repetition and of definition, no value."""
    run = varint(rows << 1) + b"\0"
    levels = 2 * (len(run).to_bytes(4, "little") + run)
    header: Struct = [(1, I32, rows), (2, I32, PLAIN), (3, I32, RLE), (4, I32, RLE)]
    return encoded([(1, I32, 0), (2, I32, len(levels)), (3, I32, len(levels)), (5, STRUCT, header)]) + levels


def _chunk(path: list[bytes], rows: int, at: int, size: int) -> Struct:
    """The footer's words on a column of one such page."""
    meta: Struct = [
        (1, I32, BYTE_ARRAY),
        (2, LIST, (I32, [PLAIN, RLE])),
        (3, LIST, (BINARY, path)),
        (4, I32, UNCOMPRESSED),
        (5, I64, rows),
        (6, I64, size),
        (7, I64, size),
        (9, I64, at),
        (12, STRUCT, [(3, I64, rows)]),
    ]
    return [(2, I64, 0), (META, STRUCT, meta)]


@lru_cache(maxsize=4)
def _footer_of(schema: tuple[tuple[str, pl.DataType], ...]) -> Struct:
    """The footer of a file of this schema without rows."""
    data = io.BytesIO()
    pl.Schema(schema).to_frame().write_parquet(data)
    written = data.getvalue()
    length = int.from_bytes(written[-8:-4], "little")
    return decoded(written[-8 - length : -8])


def _leaves(elements: list[Struct]) -> Iterator[list[bytes]]:
    """The path of each column that holds values, in order; a top-level column has one."""
    left = iter(elements[1:])

    def below(path: list[bytes]) -> Iterator[list[bytes]]:
        element = next(left)
        here = [*path, field(element, NAME)]
        children = field(element, CHILDREN) or 0
        if not children:
            yield here
        for _ in range(children):
            yield from below(here)

    for _ in range(field(elements[0], CHILDREN)):
        yield from below([])
