"""Texts that are records one after the other, each begun by a line of its own: cut into sections between records."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from tocsin.sources.decoding import begin, utf8, utf8_blocks, wide
from tocsin.sources.opening import read_range, stretch_of
from tocsin.sources.source import Issue, Located, Rows, Section, Surveyed
from tocsin.sources.whole import one_section

BLOCK = 1 << 22
LARGEST = 1 << 26
BATCH = 20_000


def survey_by(located: Located, border: re.Pattern[bytes]) -> Iterator[Section | Issue | Surveyed]:
    """Sections of some MiB that begin where `border` (at the beginning of a line) does; the first one at the start.

    A record is what stands from one border to the next; nothing is lost before the first.
    """
    if wide(located):
        yield from one_section(located)
        return
    stretch, sha256 = stretch_of(located), hashlib.sha256()
    start = at = begin(located)
    sha256.update(stretch.read_at(0, at))
    number = first = 0
    rest = b""
    while block := stretch.read_at(at, BLOCK):
        sha256.update(block)
        at += len(block)
        rest += block
        places = [found.start() for found in border.finditer(rest)]
        cut = places[-1] if len(places) > 1 else 0
        if not cut and len(rest) > LARGEST:
            cut = len(rest)
        if cut:
            yield Section(located=located, number=number, start=start, stop=start + cut, first=first)
            first += sum(place < cut for place in places)
            number, start, rest = number + 1, start + cut, rest[cut:]
    if rest or number == 0:
        yield Section(located=located, number=number, start=start, stop=at, first=first)
    yield Surveyed(sha256=sha256.hexdigest(), bytes=at)


def text_of(section: Section) -> tuple[str, Issue | None]:
    """The text of a section with plain line ends, and an issue if some lines were in another encoding."""
    located = section.located
    if wide(located):
        blocks = list(utf8_blocks(located))
        data = b"".join(block for block in blocks if isinstance(block, bytes))
        issue = next((block for block in blocks if isinstance(block, Issue)), None)
    else:
        data, damaged = utf8(read_range(located, section.start, section.stop), located.encoding)
        issue = Issue(source=located.source, code="source.mixed_encoding", count=damaged) if damaged else None
    text = data.decode("utf-8")
    return text.replace("\r\n", "\n"), issue


def records_in(text: str, border: re.Pattern[str]) -> Iterator[str]:
    """The records of a section's text; what stands before the first one belongs to it."""
    places = [found.start() for found in border.finditer(text)]
    if not places:
        if text.strip():
            yield text
        return
    places[0] = 0
    for start, stop in zip(places, [*places[1:], len(text)], strict=True):
        yield text[start:stop]


def rows_of(records: list[dict[str, list[str]]], first: int) -> Iterator[Rows]:
    """Records whose fields repeat, in batches: every column one of lists; numbers from `first` on."""
    for start in range(0, len(records), BATCH):
        some = records[start : start + BATCH]
        names = dict.fromkeys(name for record in some for name in record) or {"line": None}
        columns = [lists(name, [record.get(name) for record in some]) for name in names]
        numbers = pl.Series("record", range(first + start, first + start + len(some)), pl.UInt64())
        yield Rows(frame=pl.DataFrame(columns), numbers=numbers)


def lists(name: str, cells: list[list[str] | None]) -> pl.Series:
    """A column of lists (null for None), made as polars makes them fastest: laid flat, then gathered by owner."""
    lengths = [len(cell) if cell is not None else 0 for cell in cells]
    flat = pl.Series("value", [part for cell in cells if cell is not None for part in cell], pl.String())
    owners = np.repeat(np.arange(len(cells), dtype=np.uint32), lengths)
    lists = (
        pl.DataFrame([pl.Series("owner", owners), flat]).group_by("owner", maintain_order=True).agg("value")
    )
    every = pl.DataFrame({"owner": np.arange(len(cells), dtype=np.uint32)})
    return every.join(lists, on="owner", how="left", maintain_order="left").to_series(1).rename(name)
