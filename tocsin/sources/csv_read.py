"""The records of a section of a delimited file, as rows of strings, and what could not be read of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.sources.csv_dialect import Dialect, dialect_of
from tocsin.sources.csv_fast import frame_from, frame_of
from tocsin.sources.csv_runs import Run, exact_run, runs
from tocsin.sources.csv_survey import section_blocks
from tocsin.sources.encoding import WIDE, Transcoder, to_text
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Given, Issue, Rows, Section

# So many bad lines of a source are told one by one; the further ones of a section together.
SINGLE = 1000
Numbers = npt.NDArray[np.uint64]
_BATCH = 1 << 24


def read(section: Section) -> Iterator[Given]:
    """Rows of at most about 16 MiB of text in source order, then the section's issues, each once.

    Codes: `source.preamble`, `source.bad_line`, `source.mixed_encoding`, `source.nul_bytes`,
    `source.undecodable`; places are physical lines from 1.
    """
    dialect = dialect_of(section.located)
    wide = Transcoder(dialect.encoding) if dialect.encoding in WIDE else None
    if wide is not None:
        dialect = dialect.transcoded()
    tally = _Tally(source=section.located.source, singles=max(0, SINGLE - section.issues))
    yield from _batches(_runs(section, dialect, wide), section, dialect, tally)
    if section.number == 0 and dialect.preamble:
        yield Issue(source=tally.source, code="source.preamble", place="line 1", count=dialect.preamble)
    yield from tally.issues()
    if wide is not None and wide.damaged:
        yield Issue(source=tally.source, code="source.undecodable", count=wide.damaged)


def _runs(section: Section, dialect: Dialect, wide: Transcoder | None) -> Iterator[Run]:
    """The runs of the section; a regular one is one run as it stands."""
    if not section.regular or section.stop is None or section.records is None:
        yield from runs(section_blocks(section, dialect, wide), dialect)
        return
    length = section.stop - section.start
    data, newline = stretch_of(section.located).read_at(section.start, length), dialect.newline.encode()
    ended = data if data.endswith(newline) else data + newline
    yield Run(length=len(ended), records=section.records, lines=0, regular=True, block=ended)


def _batches(found: Iterable[Run], section: Section, dialect: Dialect, tally: _Tally) -> Iterator[Rows]:
    """Rows of several runs together, so that a bad line does not make small frames."""
    first, line = section.first, section.line if section.stop is not None else dialect.skip + 1
    batch: list[Run] = []
    size, empty = 0, section.number == 0
    for run in found:
        batch.append(run)
        size += run.length
        if size >= _BATCH:
            yield _together(batch, first, dialect)
            line = tally.add(batch, line)
            first, batch, size, empty = first + sum(held.records for held in batch), [], 0, False
    if batch or empty:
        rows = _together(batch, first, dialect)
        tally.add(batch, line)
        if rows.frame.height or empty:
            yield rows


def _together(batch: list[Run], first: int, dialect: Dialect) -> Rows:
    """The rows of `batch`, whose first record has the number `first`."""
    frame, places = rows_of(batch, dialect)
    return Rows(frame=frame, numbers=pl.Series("record", places + np.uint64(first)))


def rows_of(batch: list[Run], dialect: Dialect) -> tuple[pl.DataFrame, Numbers]:
    """The rows of runs in order, and their numbers from 0 among the runs' records; damaged lines go into the runs.

    All that the fast reader may take is parsed at once; should it not give as many rows as were counted,
    the exact reader takes its place.
    """
    proved, looked = _numbers(batch)
    fast = _fast(batch, dialect) if len(proved) else frame_from([], dialect)
    if fast is None or fast.height != len(proved):
        batch[:] = [run if run.block == b"" else _distrusted(run, dialect) for run in batch]
        proved, looked = _numbers(batch)
        fast = frame_from([], dialect)
    if not len(looked):
        return fast, proved
    rows = [row for run in batch if run.parsed is not None for row in run.parsed.rows]
    numbers = np.concatenate((proved, looked))
    order = np.argsort(numbers)
    return pl.concat([fast, frame_from(rows, dialect)])[order], numbers[order]


def _distrusted(run: Run, dialect: Dialect) -> Run:
    """A run read again by the exact reader alone."""
    raw = run.data if run.parsed is None else run.block[: run.length]
    return exact_run(raw, dialect, final=True, trusting=False)


def _numbers(batch: list[Run]) -> tuple[Numbers, Numbers]:
    """The numbers of the records that the fast reader gives, and of those that the exact one gave."""
    proved, looked, first = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)], 0
    for run in batch:
        if run.regular:
            proved.append(np.arange(first, first + run.records, dtype=np.uint64))
        elif run.parsed is not None:
            proved.append((run.parsed.clean_numbers + first).astype(np.uint64))
            looked.append((run.parsed.numbers + first).astype(np.uint64))
        first += run.records
    return np.concatenate(proved), np.concatenate(looked)


def _fast(batch: list[Run], dialect: Dialect) -> pl.DataFrame | None:
    """What the fast reader makes of its lines in the runs; those that are not UTF-8 are mended first."""
    data = b"".join(run.data for run in batch)
    if dialect.encoding == "utf-8":
        frame = frame_of(data, dialect)
        if frame is not None:
            return frame
    elif data.isascii():
        return frame_of(data, dialect)
    text, damaged = to_text(data, dialect.encoding, dialect.newline.encode())
    _blame(batch, damaged)
    return frame_of(text.encode(), dialect)


def _blame(batch: list[Run], damaged: list[int]) -> None:
    """Puts the damaged lines of the joined bytes into the runs that they came from, by their lines there."""
    given = [len(run.parsed.clean) if run.parsed is not None else run.lines * run.regular for run in batch]
    ends = list(accumulate(given))
    for line in damaged:
        at = min(bisect_right(ends, line), len(batch) - 1)
        parsed, within = batch[at].parsed, line - ends[at] + given[at]
        batch[at].damaged.append(within if parsed is None else int(parsed.clean[within]))


@dataclass(slots=True)
class _Tally:
    """What could not be read of a section, counted by its cause."""

    source: str
    singles: int
    single: list[Issue] = field(default_factory=list)
    more: list[int] = field(default_factory=lambda: [0, 0, 0])
    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, batch: list[Run], line: int) -> int:
        """What runs that begin at physical line `line` could not read or mended; gives the line after them."""
        for run in batch:
            for number, length in run.bad:
                self._bad(line + number, length)
            for code, numbers in (("source.mixed_encoding", run.damaged), ("source.nul_bytes", run.nulls)):
                if numbers:
                    self.counts.setdefault(code, [line + min(numbers), 0])[1] += len(numbers)
            line += run.lines
        return line

    def _bad(self, line: int, length: int) -> None:
        if len(self.single) < self.singles:
            place = f"line {line}"
            self.single.append(
                Issue(source=self.source, code="source.bad_line", place=place, bytes_unread=length)
            )
            return
        self.more = [self.more[0] or line, self.more[1] + 1, self.more[2] + length]

    def issues(self) -> Iterator[Issue]:
        """One issue a bad line up to the limit, then one a cause with its first line and its count."""
        yield from self.single
        line, count, length = self.more
        if count:
            yield Issue(
                source=self.source,
                code="source.bad_line",
                place=f"line {line}",
                count=count,
                bytes_unread=length,
            )
        for code, (line, count) in self.counts.items():
            yield Issue(source=self.source, code=code, place=f"line {line}", count=count)
