"""A whole scan: the pile's sources surveyed, their sections scanned by all cores, the tables of the case made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from tocsin import tables
from tocsin.case.durable import explained
from tocsin.engines.embedded import Pool
from tocsin.engines.worker import Fallen
from tocsin.pipeline.jobs import CODES, Done, Job, Planned, Task, fallen, guard, work
from tocsin.pipeline.keeping import Keeper
from tocsin.pipeline.listed import Matched
from tocsin.pipeline.rows import Source, SourceRows, pile_bytes
from tocsin.pipeline.section import Wanted, document_emissions, searcher, typist
from tocsin.scan import records
from tocsin.scan.findings import Gathered, KindCounts
from tocsin.scan.named import scan_names
from tocsin.scan.tally import from_frame, to_frame
from tocsin.sources import catalogue as formats
from tocsin.sources import password, pile
from tocsin.sources.source import Issue, Located, Surveyed

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
        matched: Matched | None = None,
    ) -> None:
        self._piles = piles
        self._matched = matched
        self._wanted = wanted
        self._keeper = keeper
        self._progress = progress
        password.offer(wanted.password_file)
        self._engine = searcher(wanted.kinds_folder)
        self._names = [kind.name for kind in self._engine.kinds]
        self._gathered = Gathered(self._engine.kinds)
        self._sources: dict[int, Source] = {}
        self._loose: list[Issue] = []
        self._total = pile_bytes(piles) + sum(one.bytes for one in (matched.copies if matched else ()))
        here = cores <= 1 or self._total <= SMALL
        self._pool: Pool[Task, Done] = Pool(
            partial(work, wanted),
            cores,
            here=here,
            guard=guard,
            ready=partial(typist, wanted.kinds_folder),
        )
        self._next = keeper.next_source if keeper else 0
        self._done = 0
        self._began = time.monotonic()

    def run(self) -> Outcome:
        """Scan everything; the order of work and the number of cores change no table."""
        for task, result in self._pool.map(self._jobs()):
            assert isinstance(task, Job)
            self._take(task, self._done_of(task, result))
        return self._finish()

    def _done_of(self, job: Job, result: Done | Fallen) -> Done:
        """The result of a job; of one that cost its worker twice, what was read before."""
        if isinstance(result, Done):
            return result
        before = self._pool.call(replace(job, most=result.signs)) if result.signs else result
        done = before if isinstance(before, Done) else Done()
        return Done(planned=done.planned, scanned=fallen(job, result, done.scanned))

    def _jobs(self) -> Iterator[Job]:
        """Every section of every source that is not done yet, while the surveys go."""
        self._list()
        chosen = self._matched.copies if self._matched else None
        for found in pile.walk(self._piles, self._members, chosen):
            if isinstance(found, Issue):
                self._told(found)
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

    def _list(self) -> None:
        """The attacker's list as a source of its own: its names, and what of it is not at hand."""
        listed = self._matched
        if listed is None:
            return
        for issue in listed.unopened:
            self._told(issue)
        if self._keeper is not None and self._keeper.knows(listed.located):
            return
        if self._keeper is not None:
            self._keeper.begin()
        origin = self._keeper.origin(listed.located) if self._keeper is not None else None
        source = Source(self._next, listed.located, surveyed=listed.surveyed, origin=origin)
        source.unread, source.issues = listed.unread, list(listed.issues)
        source.named.merge(scan_names(self._engine, listed.names, "name"))
        self._sources[self._next] = source
        self._next += 1

    def _told(self, issue: Issue) -> None:
        """Note what is no source, unless an ended scan told of it."""
        if self._keeper is not None and self._keeper.told(issue):
            return
        if self._keeper is not None:
            self._keeper.begin()
        self._loose.append(issue)

    def _members(self, located: Located) -> Iterator[Located | Issue]:
        """What a container holds; one with a native parser is listed by a worker."""
        if not formats.formats()[located.format].risky:
            yield from formats.members(located)
            return
        result = self._pool.call(located)
        if isinstance(result, Done):
            yield from result.listed
        else:
            yield Issue(source=located.source, code=CODES[result.cause], bytes_unread=located.bytes)

    def _survey(self, source: Source) -> Iterator[Job]:
        """The sections of one source, and what its survey says at its end."""
        planned: Planned | None = None
        self._name(source)
        for found in formats.survey(source.located):
            if isinstance(found, Issue):
                source.issues.append(found)
            elif isinstance(found, Surveyed):
                source.surveyed = found
            elif not source.given_up:
                source.spread = source.spread or not found.whole
                job = Job(
                    section=found,
                    source_id=source.source_id,
                    source=source.located.source,
                    planned=planned,
                )
                kept = self._keeper.section(source.source_id, found) if self._keeper else None
                if planned is None and (kept is not None or not found.whole):
                    planned = job.planned = self._planned(source, job)
                if kept is not None:
                    self._take(job, Done(scanned=kept), fresh=False)
                elif not source.given_up:
                    yield job

    def _planned(self, source: Source, job: Job) -> Planned | None:
        """The plans of a source of several sections, or of one that is known already."""
        result = self._pool.call(replace(job, scanned=False))
        if isinstance(result, Done):
            assert result.planned is not None
            self._plan(source, result.planned)
            return result.planned
        whole = replace(job.section, number=0, whole=True, start=0, stop=None)
        source.issues += fallen(replace(job, section=whole), result, None).issues
        source.given_up = True
        return None

    def _plan(self, source: Source, planned: Planned) -> None:
        """Add what a source's columns are called."""
        source.named.merge(from_frame(planned.named, self._names))
        self._report(planned.kinds)

    def _name(self, source: Source) -> None:
        """What the source's own name gives away."""
        source.named.merge(scan_names(self._engine, [source.located.source], "name"))

    def _take(self, job: Job, done: Done, fresh: bool = True) -> None:
        """Add one section's result to its source."""
        source, scanned = self._sources[job.source_id], done.scanned
        assert scanned is not None
        if job.planned is None and done.planned is not None:
            self._plan(source, done.planned)
        source.records += scanned.records
        source.unread += scanned.unread
        source.issues += scanned.issues
        source.tallies.merge(from_frame(scanned.tallies, self._names))
        for key, values in scanned.document.items():
            source.document.setdefault(key, []).append(values)
        if self._keeper is not None and fresh:
            with explained():
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
            sources, issues = keeper.all_sources(sources), keeper.all_issues(issues, sources)
            keeper.names([(s.source_id, to_frame(s.named, self._names)) for s in self._sources.values()])
            origins = {number: source.origin for number, source in self._sources.items()}
            with explained():
                keeper.finish(sources, findings, issues, reasons, origins)
        if keeper is not None and idle:
            sources, issues = (
                keeper.all_sources(tables.SOURCES.to_frame()),
                keeper.all_issues(tables.ISSUES.to_frame(), tables.SOURCES.to_frame()),
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
                with explained():
                    self._keeper.document(source.source_id, frame)
