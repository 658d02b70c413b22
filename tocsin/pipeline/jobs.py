"""One section on its way through the pool: planned, read and scanned, and what is said of one that cost its worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

import polars as pl

from tocsin.engines.worker import Cause, Fallen, Guard, sign
from tocsin.pipeline.section import Scanned, Wanted, scan_section, searcher, typist
from tocsin.scan.columns import Plan
from tocsin.scan.named import scan_names
from tocsin.scan.tally import Tallies, to_frame
from tocsin.sources import catalogue as formats
from tocsin.sources import password
from tocsin.sources.limits import limit
from tocsin.sources.source import Given, Issue, Located, Section
from tocsin.tables import Rows

T = TypeVar("T")
CODES = {
    Cause.TIME: "source.timeout",
    Cause.DIED: "source.killed_reader",
    Cause.MEMORY: "source.killed_reader",
}


@dataclass(slots=True, kw_only=True)
class Planned:
    """What a source's columns hold by its sample: the plans, what their names give away, the kinds seen."""

    plans: dict[str, Plan]
    named: pl.DataFrame
    kinds: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Job:
    """A section with all that a process needs to scan it.

    `planned` None: whoever scans it plans it first. `scanned` False: it is only planned. `most` is how many blocks
    of it are read, None for all.
    """

    section: Section
    source_id: int
    source: str
    planned: Planned | None = None
    scanned: bool = True
    most: int | None = None


@dataclass(slots=True, kw_only=True)
class Done:
    """What came of a job; of a container, what it lists."""

    planned: Planned | None = None
    scanned: Scanned | None = None
    listed: Sequence[Located | Issue] = ()


Task = Job | Located


def work(wanted: Wanted, task: Task) -> Done:
    """Do a job, or list the members of a container."""
    password.offer(wanted.password_file)
    if isinstance(task, Located):
        return Done(listed=list(_signed(formats.members(task))))
    given = _signed(islice(formats.read(task.section), task.most))
    planned = task.planned
    if planned is None:
        first, given = _first(given)
        planned = _plan(wanted, task.section.located, first)
    if not task.scanned:
        return Done(planned=planned)
    scanned = scan_section(task.section, planned.plans, wanted, task.source_id, task.source, given)
    return Done(planned=planned, scanned=scanned)


def guard(task: Task) -> Guard | None:
    """The limits of a task whose format has a native parser; the time grows with the bytes to read."""
    located = task if isinstance(task, Located) else task.section.located
    if not formats.formats()[located.format].risky:
        return None
    seconds = limit("reader", "seconds") + max(located.bytes, 0) / limit("reader", "bytes_a_second")
    return Guard(seconds=seconds, bytes=limit("reader", "memory_bytes"))


def fallen(job: Job, fall: Fallen, before: Scanned | None) -> Scanned:
    """A section that cost its worker twice: what was read `before`, and the issue that says so."""
    section = job.section
    scanned = before or Scanned(section=section.number, tallies=to_frame(Tallies(), []))
    issue = Issue(
        source=section.located.source,
        code=CODES[fall.cause],
        place=None if section.whole else f"section {section.number + 1}",
        bytes_unread=None if before else max((section.stop or section.located.bytes) - section.start, 0),
        detail="memory" if fall.cause is Cause.MEMORY else None,
    )
    scanned.issues = [*scanned.issues, issue]
    return scanned


def _signed(given: Iterator[T]) -> Iterator[T]:
    """`given`, with a sign of progress after each one was dealt with."""
    for one in given:
        yield one
        sign()


def _first(given: Iterator[Given]) -> tuple[Rows | None, Iterator[Given]]:
    """The first block of rows where no issue alone comes first, and all of `given` once more."""
    held: list[Given] = []
    for one in given:
        held.append(one)
        if not isinstance(one, Issue):
            break
    first = held[-1] if held and isinstance(held[-1], Rows) else None
    return first, chain(held, given)


def _plan(wanted: Wanted, located: Located, first: Rows | None) -> Planned:
    """The plans of a table's fields from its sample, or from its first rows; none for a text."""
    engine = searcher(wanted.kinds_folder)
    names = [kind.name for kind in engine.kinds]
    sample = formats.sample(located) or first
    if sample is None or not len(sample.frame):
        return Planned(plans={}, named=to_frame(Tallies(), names), kinds=())
    plans = typist(wanted.kinds_folder).plan(sample.frame)
    found = {names[typed.kind] for plan in plans.values() for typed in plan.kinds}
    named = scan_names(engine, list(sample.frame.columns), "header")
    return Planned(plans=plans, named=to_frame(named, names), kinds=tuple(sorted(found)))
