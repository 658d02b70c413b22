"""One section of a source, read and scanned by one process: what a worker does, and what it hands back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.catalogue import catalogue
from tocsin.scan import records, roles
from tocsin.scan.block import BlockScanner
from tocsin.scan.classes import Classifier, Papers
from tocsin.scan.columns import ENOUGH, Plan, Typist
from tocsin.scan.findings import decide
from tocsin.scan.found import SPANS, Emission, Found
from tocsin.scan.search import Searcher
from tocsin.scan.tally import Tallies, to_frame
from tocsin.scan.texts import TextScanner
from tocsin.sources import catalogue as formats
from tocsin.sources.source import Given, Issue, Section
from tocsin.tables import Rows, Text

HELD = 4096
TOGETHER = 1 << 22  # bytes of small texts that are scanned at once
UNREAD = frozenset({"source.bad_line", "source.bad_record", "source.bad_element"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a scan is asked for; small, so that it travels to every worker."""

    kinds_folder: str | None = None
    spans: bool = False
    values: bool = False
    password_file: str | None = None


@dataclass(slots=True, kw_only=True)
class Scanned:
    """What came of one section. Tables are None where they were not asked for."""

    section: int
    records: int = 0
    unread: int = 0
    tallies: pl.DataFrame
    issues: list[Issue] = field(default_factory=list)
    rows: list[pl.DataFrame] = field(default_factory=list)
    spans: pl.DataFrame | None = None
    document: dict[tuple[str, str | None], pl.Series] = field(default_factory=dict)
    bytes: int = 0


@cache
def searcher(kinds_folder: str | None) -> Searcher:
    """The searcher of a catalogue, built once a process."""
    return Searcher(catalogue(Path(kinds_folder) if kinds_folder else None))


@cache
def classifier(kinds_folder: str | None) -> Classifier:
    """What tells the classes of documents, built once a process."""
    return Classifier(searcher(kinds_folder).kinds)


@cache
def typist(kinds_folder: str | None) -> Typist:
    """What plans columns, built once a process."""
    return Typist(searcher(kinds_folder))


def scan_section(
    section: Section,
    plans: Mapping[str, Plan],
    wanted: Wanted,
    source_id: int,
    source: str,
    given: Iterator[Given] | None = None,
) -> Scanned:
    """Read (unless `given` is what was read) and scan `section`; the same section always gives the same."""
    engine = searcher(wanted.kinds_folder)
    scanner = BlockScanner(
        engine, spans=wanted.spans, values=wanted.values, typist=typist(wanted.kinds_folder)
    )
    work = _Work(scanner, wanted, source_id, source)
    for one in _rejoined(formats.read(section) if given is None else given):
        if isinstance(one, Issue):
            work.issues.append(one)
        elif isinstance(one, Rows):
            work.rows(one, plans)
        else:
            work.text(one)
    work.flush()
    names = [kind.name for kind in engine.kinds]
    scanned = Scanned(
        section=section.number,
        records=work.records,
        unread=sum(issue.count for issue in work.issues if issue.code in UNREAD),
        tallies=to_frame(work.tallies, names),
        issues=work.issues,
        rows=work.tables,
        bytes=(section.stop or section.located.bytes) - section.start,
    )
    if work.spans:
        scanned.spans = pl.concat(work.spans)
    work.close(scanned, section)
    return scanned


class _Work:
    """The growing result of one section."""

    def __init__(self, scanner: BlockScanner, wanted: Wanted, source_id: int, source: str) -> None:
        self._scanner = scanner
        self._wanted = wanted
        self._identity = (source_id, source)
        self.tallies = Tallies()
        self.issues: list[Issue] = []
        self.tables: list[pl.DataFrame] = []
        self.spans: list[pl.DataFrame] = []
        self.records = 0
        self._texts = TextScanner(scanner.searcher, values=wanted.values)
        self._waiting: list[Text] = []
        self._held = 0
        self._documents: dict[int, list[Emission]] = {}
        self._papers = Papers(classifier(wanted.kinds_folder))

    def rows(self, rows: Rows, plans: Mapping[str, Plan]) -> None:
        """Scan a block of rows; their records are ready at once."""
        found = self._scanner.rows(rows, plans)
        self.records += rows.records
        self._add(found)
        if self._wanted.values and rows.mentions is not None:
            self.tables.append(records.table(found.emissions, rows.numbers, *self._identity, rows.mentions))
        elif self._wanted.values:
            self._keep(found.emissions, rows.numbers, roles.mentions(plans or rows.frame.columns))

    def _keep(self, emissions: Sequence[Emission], numbers: pl.Series, whose: Mapping[str, int]) -> None:
        """The rows of the records' table: every record's own subject, and each further person that it tells of."""
        for mention, part in sorted(roles.apart(emissions, whose).items()):
            if mention == 0:
                self.tables.append(records.table(part, numbers, *self._identity))
                continue
            places, moved = roles.renumbered(part)
            these = numbers.gather(places)
            other = pl.repeat(mention, len(places), dtype=pl.Int32, eager=True)
            self.tables.append(records.table(moved, these, *self._identity, other))

    def text(self, text: Text) -> None:
        """A piece of a document; small ones wait, to be scanned together."""
        self._waiting.append(text)
        self._held += len(text.data)
        if self._held >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Scan the pieces that wait; their values wait for the other pieces of their documents."""
        texts, self._waiting, self._held = self._waiting, [], 0
        if not texts:
            return
        found = self._texts.text(*texts)
        self._add(found)
        classed = self._papers.add(texts, found.spans, self.tallies)
        for text in texts:
            self._documents.setdefault(text.record, []).extend(
                classed.pop(text.record, []) if text.last else []
            )
        owners = np.array([text.record for text in texts], dtype=np.int64)
        for emission in found.emissions:
            for record, part in by_record(emission, owners[emission.rows]):
                self._documents[record].append(part)

    def _add(self, found: Found) -> None:
        self.tallies.merge(found.tallies)
        if self._wanted.spans or any(True for _ in found.spans):
            self.spans += [table.cast(SPANS) for table in found.spans]

    def _chance(self) -> frozenset[str]:
        """The kinds whose look-alikes in these documents are nothing but chance."""
        kinds = self._scanner.searcher.kinds
        return frozenset(
            kinds[spot.kind].name
            for spot, tally in self.tallies
            if tally.candidates >= ENOUGH and not decide(kinds[spot.kind], spot, tally).accepted
        )

    def close(self, scanned: Scanned, section: Section) -> None:
        """Documents become records; one that goes on in other sections is left to be joined."""
        if not self._documents:
            return
        chance = self._chance()
        for number, emissions in self._documents.items():
            self._documents[number] = [one for one in emissions if one.column not in chance]
        if not section.whole:
            scanned.document = united(self._documents.get(0, []))
            return
        scanned.records += len(self._documents)
        if self._wanted.values:
            numbers = pl.Series(sorted(self._documents), dtype=pl.UInt64)
            emissions = []
            for row, number in enumerate(numbers.to_list()):
                emissions += document_emissions(united(self._documents[number]), row)
            scanned.rows.append(records.table(emissions, numbers, *self._identity))


def by_record(emission: Emission, owners: npt.NDArray[np.int64]) -> Iterator[tuple[int, Emission]]:
    """The values of several documents apart; `owners` says whose each is, those of one together."""
    edges = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
    for begin, stop in pairwise(edges):
        part = Emission(
            emission.column, emission.field, emission.rows[begin:stop], emission.values[begin:stop]
        )
        yield int(owners[begin]), part


def united(emissions: list[Emission]) -> dict[tuple[str, str | None], pl.Series]:
    """The different values of one document by column and role, in the order in which they first came."""
    found: dict[tuple[str, str | None], list[pl.Series]] = {}
    for emission in emissions:
        found.setdefault((emission.column, emission.field), []).append(emission.values)
    return {key: pl.concat(parts).unique(maintain_order=True) for key, parts in found.items()}


def document_emissions(values: Mapping[tuple[str, str | None], pl.Series], row: int) -> list[Emission]:
    """The values of one document as emissions for one row."""
    return [
        Emission(column, role, np.full(len(series), row, dtype=np.int64), series)
        for (column, role), series in values.items()
    ]


def _rejoined(given: Iterator[Rows | Text | Issue]) -> Iterator[Rows | Text | Issue]:
    """Pieces of one document overlap by what a cut could have torn apart: each piece but the last holds back
    its end, from a line break or blank on, and gives it to the next."""
    held: Text | None = None
    for one in given:
        if not isinstance(one, Text):
            yield one
            continue
        if held is not None and (held.record, held.field, held.place) == (one.record, one.field, one.place):
            one = replace(one, data=held.data + one.data, offset=held.offset)
        elif held is not None:
            yield held
        held = None
        if one.last or len(one.data) <= HELD:
            if one.last:
                yield one
            else:
                held = one
            continue
        kept, rest = _split(one.data)
        yield replace(one, data=kept, last=False)
        held = replace(one, data=rest, offset=one.offset + _characters(kept))
    if held is not None:
        yield held


def _split(data: bytes) -> tuple[bytes, bytes]:
    """`data` in two, at a line break near its end, else at a blank."""
    for mark in (b"\n", b" "):
        at = data.rfind(mark, max(len(data) - HELD, 1))
        if at > 0:
            return data[:at], data[at:]
    return data, b""


def _characters(data: bytes) -> int:
    """How many characters UTF-8 bytes are."""
    if data.isascii():
        return len(data)
    return int(((np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80).sum())
