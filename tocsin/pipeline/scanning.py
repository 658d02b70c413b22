"""A whole scan: the pile's sources surveyed, their sections scanned by all cores, the tables of the case made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from tocsin import tables
from tocsin.engines.embedded import Pool
from tocsin.pipeline.keeping import Keeper
from tocsin.pipeline.rows import Source, SourceRows, pile_bytes
from tocsin.pipeline.section import Scanned, Wanted, document_emissions, scan_section, searcher, typist
from tocsin.scan import records
from tocsin.scan.columns import Plan
from tocsin.scan.findings import Gathered, KindCounts
from tocsin.scan.named import scan_names
from tocsin.scan.tally import from_frame, to_frame
from tocsin.sources import catalogue as formats
from tocsin.sources import pile
from tocsin.sources.source import Issue, Section, Surveyed
from tocsin.tables import Rows

SMALL = 24 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a scan is: bytes done of those known, seconds, the kinds first seen (codes only)."""

    done: int
    total: int
    seconds: float
    sources: int
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a scan gives: the tables of the contract, counts by kind, the reasons behind the findings."""

    sources: pl.DataFrame
    findings: pl.DataFrame
    issues: pl.DataFrame
    reasons: pl.DataFrame
    kinds: KindCounts
    seconds: float
    new: bool


@dataclass(slots=True)
class _Job:
    """One section on its way: what a worker needs to scan it."""

    section: Section
    plans: dict[str, Plan]
    wanted: Wanted
    source_id: int
    source: str


class Scan:
    """One run over some piles. `keeper` is where tables go, None where nothing is to be written."""

    def __init__(
        self,
        piles: Sequence[str],
        wanted: Wanted,
        *,
        cores: int = 1,
        keeper: Keeper | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._piles = piles
        self._wanted = wanted
        self._keeper = keeper
        self._progress = progress
        self._engine = searcher(wanted.kinds_folder)
        self._typist = typist(wanted.kinds_folder)
        self._names = [kind.name for kind in self._engine.kinds]
        self._gathered = Gathered(self._engine.kinds)
        self._sources: dict[int, Source] = {}
        self._loose: list[Issue] = []
        self._total = pile_bytes(piles)
        self._cores = cores if self._total > SMALL else 1
        self._next = keeper.next_source if keeper else 0
        self._done = 0
        self._began = time.monotonic()

    def run(self) -> Outcome:
        """Scan everything; the order of work and the number of cores change no table."""
        pool: Pool[_Job, Scanned] = Pool(_work, self._cores)
        for job, scanned in pool.map(self._jobs()):
            self._take(job, scanned)
        return self._finish()

    def _jobs(self) -> Iterator[_Job]:
        """Every section of every source that is not done yet, while the surveys go."""
        for found in pile.walk(self._piles):
            if isinstance(found, Issue):
                self._loose.append(found)
                continue
            if self._keeper is not None and self._keeper.knows(found):
                continue
            if self._keeper is not None:
                self._keeper.begin()
            origin = self._keeper.origin(found) if self._keeper is not None else None
            source = Source(self._next, found, origin=origin)
            self._sources[self._next] = source
            self._next += 1
            yield from self._survey(source)

    def _survey(self, source: Source) -> Iterator[_Job]:
        """The sections of one source, and what its survey says at its end."""
        plans: dict[str, Plan] | None = None
        self._name(source)
        for found in formats.survey(source.located):
            if isinstance(found, Issue):
                source.issues.append(found)
            elif isinstance(found, Surveyed):
                source.surveyed = found
            else:
                if plans is None:
                    plans = self._planned(source, found)
                source.spread = source.spread or not found.whole
                job = _Job(found, plans, self._wanted, source.source_id, source.located.source)
                kept = self._keeper.section(source.source_id, found) if self._keeper else None
                if kept is not None:
                    self._take(job, kept, fresh=False)
                else:
                    yield job

    def _planned(self, source: Source, section: Section) -> dict[str, Plan]:
        """The plans of a table's fields from its sample, or from its first rows; none for a text."""
        form = formats.formats()[source.located.format]
        sample = form.sample(source.located)
        if sample is None:
            given = next((one for one in formats.read(section) if not isinstance(one, Issue)), None)
            sample = given if isinstance(given, Rows) else None
        if sample is None or not len(sample.frame):
            return {}
        plans = self._typist.plan(sample.frame)
        self._report(
            tuple(sorted({self._names[typed.kind] for plan in plans.values() for typed in plan.kinds}))
        )
        source.named.merge(scan_names(self._engine, list(sample.frame.columns), "header"))
        return plans

    def _name(self, source: Source) -> None:
        """What the source's own name gives away."""
        source.named.merge(scan_names(self._engine, [source.located.source], "name"))

    def _take(self, job: _Job, scanned: Scanned, fresh: bool = True) -> None:
        """Add one section's result to its source."""
        source = self._sources[job.source_id]
        source.records += scanned.records
        source.unread += scanned.unread
        source.issues += scanned.issues
        source.tallies.merge(from_frame(scanned.tallies, self._names))
        for key, values in scanned.document.items():
            source.document.setdefault(key, []).append(values)
        if self._keeper is not None and fresh:
            self._keeper.keep(job.source_id, job.section, scanned)
        self._done += max(scanned.bytes, 0)
        self._report()

    def _report(self, kinds: tuple[str, ...] = ()) -> None:
        if self._progress is not None:
            self._progress(
                Progress(
                    done=self._done,
                    total=max(self._total, self._done),
                    seconds=time.monotonic() - self._began,
                    sources=len(self._sources),
                    findings=kinds,
                )
            )

    def _finish(self) -> Outcome:
        """Close the sources, judge the findings, write the tables."""
        keeper = self._keeper
        idle = keeper is not None and keeper.idle
        for number, name, frame in keeper.earlier() if keeper else []:
            self._gathered.add(number, name, from_frame(frame, self._names))
        for source in self._sources.values():
            self._close(source)
            self._gathered.add(source.source_id, source.located.source, source.tallies)
        findings, reasons = self._gathered.frames()
        rows = SourceRows(list(self._sources.values()), self._loose, self._next)
        sources, issues = rows.sources(), rows.issues()
        if keeper is not None and not idle:
            sources, issues = keeper.all_sources(sources), keeper.all_issues(issues)
            keeper.names([(s.source_id, to_frame(s.named, self._names)) for s in self._sources.values()])
            origins = {number: source.origin for number, source in self._sources.items()}
            keeper.finish(sources, findings, issues, reasons, origins)
        if keeper is not None and idle:
            sources, issues = (
                keeper.all_sources(tables.SOURCES.to_frame()),
                keeper.all_issues(tables.ISSUES.to_frame()),
            )
        return Outcome(
            sources=sources,
            findings=findings,
            issues=issues,
            reasons=reasons,
            kinds=self._gathered.by_kind(),
            seconds=time.monotonic() - self._began,
            new=not idle,
        )

    def _close(self, source: Source) -> None:
        """A document that several sections shared becomes one record."""
        source.tallies.merge(source.named)
        if source.spread and source.document or source.spread and source.records == 0:
            source.records += 1
            if self._keeper is not None:
                values = {
                    key: pl.concat(parts).unique(maintain_order=True)
                    for key, parts in source.document.items()
                }
                numbers = pl.Series([0], dtype=pl.UInt64)
                frame = records.table(
                    document_emissions(values, 0), numbers, source.source_id, source.located.source
                )
                self._keeper.document(source.source_id, frame)


def _work(job: _Job) -> Scanned:
    return scan_section(job.section, job.plans, job.wanted, job.source_id, job.source)
