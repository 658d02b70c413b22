"""The river on one page: a pile goes in, findings and the report come out; later stages join below `scan`.

    open -> scan -> resolve -> profile -> (assess -> derive -> draft)

Stages in brackets are not built yet; what they would say is "not computed by this version".
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tocsin import __version__
from tocsin.case import Case, spill_folder
from tocsin.kinds.catalogue import catalogue
from tocsin.kinds.kind import Kind
from tocsin.pipeline.keeping import Keeper
from tocsin.pipeline.listed import matched
from tocsin.pipeline.reasons import explained
from tocsin.pipeline.resolving import people
from tocsin.pipeline.scanning import Outcome, Progress, Scan
from tocsin.pipeline.section import Wanted, searcher
from tocsin.report.page import render
from tocsin.report.results import Results
from tocsin.scan.named import Shown

ABSENT = ("assess", "derive", "draft")
Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a run was asked for: the piles, the case (None: nothing is written), the settings of the scan, passwords,
    the attacker's list and the folder of one's own copies."""

    piles: Sequence[str]
    case: Path | None = None
    spans: bool = False
    kinds_folder: Path | None = None
    cores: int = 1
    password_file: Path | None = None
    listing: Path | None = None
    originals: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a run gave: the scan's tables, the mask for names, the catalogue, and where the report is."""

    outcome: Outcome
    shown: Shown
    kinds: Mapping[str, Kind]
    report: Path | None = None
    people: Mapping[str, Any] | None = None
    listing: Mapping[str, int] | None = None


def scan(asked: Asked, listener: Listener | None = None) -> Answer:
    """Scan piles; with a case its tables are written there, what it has already is not read again."""
    return _run(asked, listener, language=None)


def respond(asked: Asked, language: str, listener: Listener | None = None) -> Answer:
    """The main job: all that this version can do from the pile to the report, in `language`."""
    return _run(asked, listener, language=language)


def _run(asked: Asked, listener: Listener | None, language: str | None) -> Answer:
    kinds = catalogue(asked.kinds_folder)
    folder = str(asked.kinds_folder) if asked.kinds_folder else None
    passwords = str(asked.password_file) if asked.password_file else None
    wanted = Wanted(
        kinds_folder=folder, spans=asked.spans, values=asked.case is not None, password_file=passwords
    )
    started = datetime.now(UTC)
    listed = matched(asked.listing, asked.originals)
    with _opened(asked, kinds) as case:
        keeper = None
        if case is not None:
            os.environ["TMPDIR"] = os.environ["POLARS_TEMP_DIR"] = str(spill_folder(case.path))
            stage = case.stage("scan", settings={"spans": asked.spans})
            keeper = Keeper(case, stage, tuple(kinds.values()))
        run = Scan(asked.piles, wanted, cores=asked.cores, keeper=keeper, progress=listener, matched=listed)
        outcome = run.run()
        shown = Shown(searcher(folder))
        counts = listed.counts if listed else None
        answer = Answer(outcome=outcome, shown=shown, kinds=kinds, listing=counts)
        if case is not None and language is not None:
            counted = people(case, started.date()).result if outcome.findings.height else None
            answer = replace(answer, people=counted)
            answer = replace(answer, report=_report(case, asked, answer, started, language))
    return answer


def _opened(asked: Asked, kinds: Mapping[str, Kind]) -> AbstractContextManager[Case | None]:
    if asked.case is None:
        return nullcontext()
    return Case.open(asked.case, settings={"spans": asked.spans}, catalogue_digest=digest(kinds))


def digest(kinds: Mapping[str, Kind]) -> str:
    """What tells one catalogue from another: its names, patterns and checks (SHA-256, hex)."""
    parts = [
        (
            (kind.name, kind.pattern, str(kind.needs), kind.chance, kind.headers, kind.context, kind.words),
            (_canonical(kind.normalise), _canonical(kind.check), _canonical(kind.signs)),
        )
        for kind in kinds.values()
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _canonical(node: object) -> str:
    """A declaration's parts in one order: sets sorted, functions by their name."""
    if isinstance(node, frozenset | set):
        return repr(sorted(map(str, node)))
    if isinstance(node, tuple):
        return "(" + ",".join(map(_canonical, node)) + ")"
    if is_dataclass(node) and not isinstance(node, type):
        return type(node).__name__ + _canonical(tuple(getattr(node, one.name) for one in fields(node)))
    return getattr(node, "__qualname__", None) or repr(node)


def _report(case: Case, asked: Asked, answer: Answer, started: datetime, language: str) -> Path:
    """Write `report.html`, unless it stands already for these tables and this language."""
    outcome, kinds = answer.outcome, answer.kinds
    made = f"{case.outputs_digest('scan')} {case.outputs_digest('people')} {language} {__version__}"
    known = hashlib.sha256(made.encode()).hexdigest()
    stage = case.stage("report", inputs_digest=known)
    if not stage.done:
        results = Results(
            sources=outcome.sources,
            findings=outcome.findings,
            issues=outcome.issues,
            kinds=kinds,
            shown=answer.shown,
            people=answer.people,
            started=started,
            finished=datetime.now(UTC),
            seconds=outcome.seconds,
            version=__version__,
            settings={"spans": asked.spans},
            stages_absent=ABSENT,
            why=explained(outcome, kinds, language),
            distinct={name: counts["distinct"] for name, counts in outcome.kinds.items()},
        )
        stage.write_text("report.html", render(results, language))
        stage.finish()
    return case.path / "report.html"
