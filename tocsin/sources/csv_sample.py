"""A sample of a delimited file: its head, its tail, seeded places between, and the longest cells met there."""

from __future__ import annotations

import random
from collections.abc import Iterator

import polars as pl

from tocsin.sources.csv_dialect import Dialect, dialect_of
from tocsin.sources.csv_read import rows_of
from tocsin.sources.csv_runs import runs
from tocsin.sources.csv_survey import section_blocks
from tocsin.sources.encoding import WIDE, Transcoder
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Located, Rows, Section

HEAD_ROWS = 1000
PLACES = 16
_WINDOW = 1 << 18
_ROWS = 110
_LONGEST = 4
_STREAM = 1 << 22
_SEED = 2026


def sample(located: Located) -> Rows:
    """About 3,000 rows, the same at each call; their numbers are zeros, as nothing before them was counted.

    Of a plain file: the first 1,000, then the first of windows at 16 seeded places and of the last one;
    of a member and of UTF-16 and UTF-32: of the first 4 MiB. Each window adds the rows of each column's
    longest cells.
    """
    dialect = dialect_of(located)
    if located.members or located.encoding in WIDE:
        frames = list(_of_stream(located, dialect))
    else:
        frames = list(_of_places(located, dialect))
    frame = pl.concat(frames, rechunk=True)
    return Rows(frame=frame, numbers=pl.Series("record", [0], pl.UInt64()).new_from_index(0, frame.height))


def _of_stream(located: Located, dialect: Dialect) -> Iterator[pl.DataFrame]:
    """The head of the first 4 MiB, then windows of equal numbers of rows."""
    wide = Transcoder(dialect.encoding) if dialect.encoding in WIDE else None
    dialect = dialect if wide is None else dialect.transcoded()
    blocks = section_blocks(Section(located=located, number=0), dialect, wide)
    frame = _frame(_up_to(blocks, _STREAM), dialect, begins=True)
    yield from _chosen(frame, HEAD_ROWS)
    rest = frame.slice(HEAD_ROWS)
    step = max(_ROWS, rest.height // PLACES)
    for start in range(0, rest.height, step):
        yield from _chosen(rest.slice(start, step), _ROWS)


def _up_to(blocks: Iterator[bytes], wished: int) -> bytes:
    """The first `wished` bytes of a stream."""
    data = b""
    for block in blocks:
        data += block[: wished - len(data)]
        if len(data) >= wished:
            break
    return data


def _of_places(located: Located, dialect: Dialect) -> Iterator[pl.DataFrame]:
    """The head, windows at seeded places in order, and the end of a plain file."""
    stretch, size = stretch_of(located), located.bytes
    head = _up_to(section_blocks(Section(located=located, number=0), dialect, None), _WINDOW * 2)
    yield from _chosen(_frame(head, dialect, begins=True), HEAD_ROWS)
    if size <= _WINDOW * 2:
        return
    chance = random.Random(_SEED)
    for start in sorted(chance.randrange(_WINDOW, size) for _ in range(PLACES)):
        yield from _chosen(_frame(stretch.read_at(start, _WINDOW), dialect, begins=False), _ROWS)
    tail = _frame(stretch.read_at(max(_WINDOW, size - _WINDOW), _WINDOW), dialect, begins=False)
    yield from _chosen(tail.reverse(), _ROWS)


def _frame(data: bytes, dialect: Dialect, *, begins: bool) -> pl.DataFrame:
    """The rows of the whole lines in `data`; what a window cuts is left out."""
    newline = dialect.newline.encode()
    begin = 0 if begins else data.find(newline) + 1
    end = data.rfind(newline) + 1 or len(data)
    return rows_of(list(runs([data[begin:end]], dialect)), dialect)[0]


def _chosen(frame: pl.DataFrame, count: int) -> Iterator[pl.DataFrame]:
    """The first `count` rows, and of the others those with the longest cells of each column."""
    yield frame.head(count)
    rest = frame.slice(count)
    lengths = rest.select(pl.all().str.len_bytes().fill_null(0))
    longest = {place for column in lengths for place in column.arg_sort(descending=True)[:_LONGEST].to_list()}
    yield rest[sorted(longest)[:count]]
