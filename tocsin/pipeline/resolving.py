"""The stage `people`: the case's records become persons, the count with its interval, and the profile."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tocsin.case import Case
from tocsin.errors import UsageError
from tocsin.people import profile_counts
from tocsin.people.generic import Demoted
from tocsin.people.identity import KEYS, placed
from tocsin.people.resolve import Resolved, resolve
from tocsin.people.traits import KINDS
from tocsin.scan.weaknesses import weaknesses

STAGE = "people"
LISTED = 50
COMBINED = 12
# Kinds under which a demoted trait is told where several kinds give it.
TOLD_AS = {"dob": "any.birth_date", "document": "any.passport"}
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The JSON object of the contract (counts only)."""

    result: dict[str, Any]


def people(case: Case, as_of: date, progress: Progress | None = None) -> People:
    """Resolve the records of `case` and write its tables; what stands already for the same records is not redone.

    `as_of` is the day of the breach, on which minors are counted. Raises UsageError `people.no_scan` where the case
    holds no ended scan.
    """
    records, sources = case.frame("records"), case.sources()
    scanned = case.state.stages.get("scan")
    if records is None or scanned is None or scanned.state != "done":
        raise UsageError("people.no_scan")
    stage = case.stage(STAGE, settings={}, inputs_digest=f"{case.outputs_digest('scan')} {as_of}", adds=True)
    if stage.done:
        return People(result=result_of(case))
    began = time.monotonic()
    known = {number: (sha256 or "", name) for number, sha256, name in _named(sources).iter_rows()}
    before = _before(case, known)
    found = resolve(records, known, case.secret(), as_of, before=before, progress=progress)
    findings, issues = case.frame("findings"), case.frame("issues")
    coverage = _coverage(sources, issues)
    result = _result(found, coverage, as_of) | {"seconds": round(time.monotonic() - began, 2)}
    stage.write_table("persons", found.persons)
    stage.write_table("identifiers", found.identifiers)
    stage.write_table("memberships", found.memberships)
    stage.write_json("profile.json", _profile(found, coverage, findings, sources, as_of))
    stage.write_json("people.json", result)
    if found.merged or found.split:
        case.journal.record("people.changed", merged=found.merged, split=found.split)
    stage.finish(persons=found.persons.height)
    return People(result=result)


def result_of(case: Case) -> dict[str, Any]:
    """The object of an ended count. Raises UsageError `people.none` where persons were not counted yet."""
    try:
        found: dict[str, Any] = json.loads((case.path / "people.json").read_text(encoding="utf-8"))
    except OSError:
        raise UsageError("people.none") from None
    return found


def _named(sources: pl.DataFrame) -> pl.DataFrame:
    return sources.select("source_id", "sha256", "source")


def _before(case: Case, sources: Mapping[int, tuple[str, str]]) -> pl.DataFrame | None:
    """The memberships of an earlier run, by what tells a mention from every other."""
    known = case.frame("memberships")
    return None if known is None else placed(known, sources).select(*KEYS, "person")


def _coverage(sources: pl.DataFrame, issues: pl.DataFrame | None) -> dict[str, int]:
    """What was read and what was not: the other half of every count."""

    def counted(code: str) -> int:
        if issues is None:
            return 0
        return int(issues.filter(pl.col("code") == code)["count"].sum() or 0)

    return {
        "records_read": int(sources["records"].sum() or 0),
        "records_unread": int(sources["unread"].sum() or 0),
        "sources_unread": int((sources["state"] == "unread").sum()),
        "pages_needing_ocr": counted("source.needs_ocr"),
        "encrypted": counted("source.encrypted"),
        "listed_missing": counted("listing.missing"),
    }


def _result(found: Resolved, coverage: dict[str, int], as_of: date) -> dict[str, Any]:
    """The JSON of `tocsin people`."""
    persons = found.persons
    return {
        "records": found.records,
        "persons": _interval(found) | {"level": found.interval.level, "method": found.interval.method},
        "coverage": coverage,
        "kinds": profile_counts.by_kind(persons),
        "countries": profile_counts.by(persons, "country"),
        "departments": profile_counts.by(persons, "department"),
        "controllers": profile_counts.by_controller(persons),
        "unattributed": int((persons["controller"].list.len() == 0).sum()),
        "minors": profile_counts.minors(persons),
        "deceased": profile_counts.deceased(persons),
        "unknown_age": profile_counts.unknown_age(persons),
        "ages": profile_counts.ages(persons, as_of),
        "reach": profile_counts.reach(persons),
        "years": profile_counts.by(persons, "last_year"),
        "combinations": profile_counts.combinations(persons)[:COMBINED],
        "demoted_keys": [_told(one) for one in found.demoted[:LISTED]],
        "demoted": len(found.demoted),
        "review": found.review,
        "merged": found.merged,
        "split": found.split,
        "partition_sha256": found.partition,
    }


def _interval(found: Resolved) -> dict[str, Any]:
    return {"estimate": found.interval.estimate, "low": found.interval.low, "high": found.interval.high}


def _told(one: Demoted) -> dict[str, Any]:
    kind = TOLD_AS.get(one.trait) or KINDS[one.trait][0]
    return {"kind": kind, "records": one.records, "given_names": one.given_names, "reason": one.reason}


def _profile(
    found: Resolved,
    coverage: dict[str, int],
    findings: pl.DataFrame | None,
    sources: pl.DataFrame,
    as_of: date,
) -> dict[str, Any]:
    """`profile.json`: counts only, the input of `assess`."""
    persons = found.persons
    return {
        "persons": _interval(found),
        "coverage": coverage,
        "kinds": profile_counts.by_kind(persons),
        "combinations": profile_counts.combinations(persons),
        "grades": {} if findings is None else profile_counts.grades(found.identifiers, findings),
        "minors": profile_counts.minors(persons),
        "unknown_age": profile_counts.unknown_age(persons),
        "deceased": profile_counts.deceased(persons),
        "countries": profile_counts.by(persons, "country"),
        "departments": profile_counts.by(persons, "department"),
        "controllers": profile_counts.by_controller(persons),
        "years": profile_counts.by(persons, "last_year"),
        "weaknesses": [] if findings is None else weaknesses(sources, findings, persons, year=as_of.year),
        "sources": sources.height,
    }
