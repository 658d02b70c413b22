"""A scan held against the truth of what was written: every difference is one line without a value."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from tocsin.kinds.catalogue import bundled
from tocsin.pipeline.scanning import Outcome, Scan
from tocsin.pipeline.section import Wanted

# Names are told apart by their writing: a lost accent makes another one, so only their number is compared.
BY_WRITING = frozenset({"any.surname", "any.given_name", "any.city", "any.laboratory"})
# Kinds that the fakes always note, so that none may be found where the truth has none.
NOTED = frozenset({"fr.nir", "any.iban", "any.email", "fr.rpps", "any.password_hash"})
# What is added up over pages: each of a pile's documents has another person on every page.
ADDED = ("candidates", "valid", "distinct")
Truth = dict[str, Any]
Row = dict[str, Any]


def scanned(pile: Path) -> Outcome:
    """The scan of one folder."""
    return Scan([str(pile)], Wanted()).run()


def findings(outcome: Outcome) -> list[Row]:
    """The findings in the sources' contents, not those in names; those of a document's pages and parts together."""
    together: dict[tuple[Any, ...], Row] = {}
    for row in outcome.findings.to_dicts():
        if row["place"] in ("name", "header"):
            continue
        known = together.setdefault(
            (row["source"], row["field"], row["kind"]), {**row, **dict.fromkeys(ADDED, 0)}
        )
        known |= {name: known[name] + row[name] for name in ADDED}
    return list(together.values())


def counted(row: Row) -> tuple[int, ...]:
    """What is compared of a finding."""
    counts = (row["candidates"], row["valid"])
    return counts if row["kind"] in BY_WRITING else (*counts, row["distinct"])


def spot(row: Row) -> tuple[str, str, str]:
    """Where a finding is; "" for the text of a document."""
    return str(row["source"]), row["field"] or "", row["kind"]


def finding_differences(truth: Truth, outcome: Outcome) -> list[str]:
    """Findings of the truth that the scan lacks or counts otherwise, and noted kinds where there are none."""
    got = {spot(row): counted(row) for row in findings(outcome)}
    wanted = {spot(row): counted(row) for row in truth["findings"] if row["valid"]}
    wrong = [
        f"{where}: {counts}, not {got.get(where)}"
        for where, counts in wanted.items()
        if got.get(where) != counts
    ]
    return wrong + [f"{where}: not there" for where in got if where[2] in NOTED and where not in wanted]


def source_differences(truth: Truth, outcome: Outcome) -> list[str]:
    """Sources missing or too many, records, unread, and issues' codes and counts that are not those written."""
    issues: dict[str, Counter[str]] = {}
    for row in outcome.issues.to_dicts():
        issues.setdefault(row["source"], Counter())[row["code"]] += row["count"]
    got = {row["source"]: row for row in outcome.sources.to_dicts()}
    wanted = {row["source"]: row for row in truth["sources"]}
    wrong = [f"{name}: there or not" for name in sorted(set(got) ^ set(wanted))]
    for name in sorted(set(got) & set(wanted)):
        row, found = wanted[name], got[name]
        if row["records"] is not None and (row["records"], row["unread"]) != (
            found["records"],
            found["unread"],
        ):
            wrong.append(f"{name}: {found['records']} records, {found['unread']} unread")
        if row["issues"] != dict(issues.get(name, {})):
            wrong.append(f"{name}: {dict(issues.get(name, {}))}")
        if found["state"] != "unread" and row["format"] != found["format"]:
            wrong.append(f"{name}: {found['format']}")
    return wrong


def keyed() -> frozenset[str]:
    """The kinds that a key proves."""
    return frozenset(name for name, kind in bundled().items() if kind.keyed)
