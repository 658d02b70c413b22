"""From tallies to findings: one row a place and kind that the evidence carries, and the reason for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from tocsin import tables
from tocsin.kinds.kind import Kind
from tocsin.scan.distinct import Distinct
from tocsin.scan.evidence import Seen, Verdict, judge
from tocsin.scan.tally import Spot, Tallies, Tally

GRADES = ("clear", "fast_unsalted", "fast_salted", "slow")
REASONS = pl.Schema(
    {
        "source_id": pl.Int32(),
        "field": pl.String(),
        "place": pl.String(),
        "kind": pl.String(),
        "header": pl.Float64(),
        "by_chance": pl.Float64(),
        "announced_only": pl.Boolean(),
        "common": pl.Int64(),
        "samples": pl.List(pl.String),
        "families": pl.List(pl.Struct({"family": pl.String(), "grade": pl.String(), "count": pl.Int64()})),
    }
)
KindCounts = dict[str, dict[str, int]]


@dataclass(slots=True)
class Gathered:
    """The findings of a scan as they grow, source by source."""

    kinds: Sequence[Kind]
    findings: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    _distinct: dict[str, Distinct] = field(default_factory=dict)
    _sources: dict[str, set[int]] = field(default_factory=dict)
    _valid: dict[str, int] = field(default_factory=dict)

    def add(self, source_id: int, source: str, tallies: Tallies) -> int:
        """Judge every spot of a source; gives how many became findings."""
        before = len(self.findings)
        for spot, tally in tallies:
            kind = self.kinds[spot.kind]
            verdict = decide(kind, spot, tally)
            if verdict.accepted and verdict.valid:
                self._accept(source_id, source, spot, tally, kind, verdict)
        return len(self.findings) - before

    def _accept(
        self, source_id: int, source: str, spot: Spot, tally: Tally, kind: Kind, verdict: Verdict
    ) -> None:
        counter = tally.distinct_announced if verdict.announced_only else tally.distinct
        distinct, exact = counter.count()
        family, grade = protection(tally)
        where = {"source_id": source_id, "field": spot.field, "place": spot.place, "kind": kind.name}
        self.findings.append(
            where
            | {
                "source": source,
                "category": str(kind.category),
                "candidates": tally.candidates,
                "valid": verdict.valid,
                "distinct": distinct,
                "distinct_exact": exact,
                "evidence": verdict.evidence,
                "confidence": round(verdict.confidence, 6),
                "grade": grade,
                "family": family,
            }
        )
        self.reasons.append(
            where
            | {
                "header": tally.header,
                "by_chance": verdict.by_chance,
                "announced_only": verdict.announced_only,
                "common": tally.common,
                "samples": tally.samples,
                "families": [
                    {"family": one, "grade": two, "count": number}
                    for (one, two), number in sorted(tally.families.items(), key=str)
                ],
            }
        )
        self._valid[kind.name] = self._valid.get(kind.name, 0) + verdict.valid
        self._sources.setdefault(kind.name, set()).add(source_id)
        self._distinct.setdefault(kind.name, Distinct()).merge(counter)

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Findings and reasons, in the order of source, field, place and kind."""
        order = ["source_id", "field", "place", "kind"]
        findings = pl.DataFrame(self.findings, schema=tables.FINDINGS).sort(order, nulls_last=True)
        return findings, pl.DataFrame(self.reasons, schema=REASONS).sort(order, nulls_last=True)

    def by_kind(self) -> KindCounts:
        """For each kind: valid values, distinct ones over all sources, and in how many sources."""
        return {
            name: {
                "valid": self._valid[name],
                "distinct": self._distinct[name].count()[0],
                "sources": len(self._sources[name]),
            }
            for name in sorted(self._valid)
        }


def decide(kind: Kind, spot: Spot, tally: Tally) -> Verdict:
    """The verdict on one spot: a list's own where names were judged by column, else by likelihood."""
    if tally.evidence is not None and tally.confidence is not None:
        return Verdict(
            accepted=True,
            valid=tally.valid,
            evidence=tally.evidence,
            confidence=tally.confidence,
            by_chance=0.0,
        )
    return judge(
        kind,
        Seen(
            candidates=tally.candidates + tally.rivals,
            valid=tally.valid,
            announced=tally.announced,
            header=tally.header,
        ),
    )


def protection(tally: Tally) -> tuple[str | None, str | None]:
    """The commonest family of credentials, and the worst grade that at least one value in a hundred has."""
    if not tally.families:
        return None, None
    total = sum(tally.families.values())
    family = max(sorted(tally.families, key=str), key=lambda one: tally.families[one])[0]
    grades: dict[str, int] = {}
    for (_, grade), number in tally.families.items():
        if grade is not None:
            grades[grade] = grades.get(grade, 0) + number
    worst = next((grade for grade in GRADES if grades.get(grade, 0) * 100 >= total), None)
    return family, worst
