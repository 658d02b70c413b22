"""What `tocsin why` tells: rule, counts, chance, header words and a masked sample of each finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import polars as pl

from tocsin.case import Case
from tocsin.cli.options import print_json
from tocsin.errors import UsageError
from tocsin.kinds.catalogue import catalogue
from tocsin.pipeline.reasons import explained
from tocsin.pipeline.scanning import Outcome
from tocsin.pipeline.section import searcher
from tocsin.report.results import Why
from tocsin.report.words import Words
from tocsin.scan.named import Shown
from tocsin.sentences import knows, say

SHOWN_VALUES = 3


def explain(
    path: Path, place: str | None, kind: str | None, language: str, *, reveal: bool, as_json: bool
) -> int:
    """Print why the findings at `place` (a source, or source:field) of a kind were believed; 0."""
    kinds = catalogue()
    if kind is not None and kind not in kinds:
        raise UsageError("cli.no_such_kind")
    with Case.open(path, create=False, read_only=not reveal) as case:
        findings, reasons = case.frame("findings"), case.frame("reasons")
        if findings is None or reasons is None:
            raise UsageError("cli.nothing_scanned")
        findings = _chosen(findings.with_columns(pl.col("source").cast(pl.String)), place, kind)
        values = _revealed(case, findings) if reveal else {}
    outcome = Outcome(
        sources=pl.DataFrame(),
        findings=findings,
        issues=pl.DataFrame(),
        reasons=reasons,
        kinds={},
        seconds=0.0,
        new=False,
    )
    why = explained(outcome, kinds, language)
    shown = Shown(searcher(None))
    rows = [
        (row, why[row["source_id"], row["field"], row["place"], row["kind"]])
        for row in findings.iter_rows(named=True)
    ]
    if as_json:
        print_json({"findings": [_object(row, reason, shown) for row, reason in rows]})
        return 0
    if not rows:
        click.echo(say("cli.why.nothing", language))
    for row, reason in rows:
        _tell(row, reason, kinds[row["kind"]].label[language], shown, language)
        for value in values.get((row["source_id"], row["field"], row["kind"]), ()):
            click.echo(f"    {value}")
    return 0


def _chosen(findings: pl.DataFrame, place: str | None, kind: str | None) -> pl.DataFrame:
    """The findings of one source (its name, or its number), or of one of its fields."""
    if kind is not None:
        findings = findings.filter(pl.col("kind") == kind)
    if place is None:
        return findings
    named = pl.col("source") == place
    numbered = pl.col("source_id").cast(pl.String) == place
    whole = findings.filter(named | numbered)
    if whole.height:
        return whole
    source, _, field = place.rpartition(":")
    wanted = (pl.col("source") == source) | (pl.col("source_id").cast(pl.String) == source)
    return findings.filter(wanted & (pl.col("field") == field))


def _object(row: dict[str, Any], reason: Why, shown: Shown) -> dict[str, Any]:
    return {
        "source_id": row["source_id"],
        "source": shown(row["source"]),
        "field": None if row["field"] is None else shown(row["field"]),
        "place": row["place"],
        "kind": row["kind"],
        "evidence": row["evidence"],
        "confidence": row["confidence"],
        "rule": reason.rule,
        "check": reason.check,
        "candidates": reason.candidates,
        "valid": reason.valid,
        "chance": reason.chance,
        "expected_by_chance": round(reason.expected_by_chance, 3),
        "header_words": list(reason.header_words),
        "sample": list(reason.masked_sample),
    }


def _tell(row: dict[str, Any], reason: Why, label: str, shown: Shown, language: str) -> None:
    """One finding in plain words."""
    words = Words(language)
    place = shown(row["field"]) if row["field"] is not None else row["place"]
    click.echo(f"{label} — {shown(row['source'])}" + (f" : {place}" if place else ""))
    evidence = f"cli.evidence.{row['evidence']}"
    lines = [
        reason.rule,
        say(evidence, language) if knows(evidence) else row["evidence"],
        say(
            "cli.why.counts",
            language,
            candidates=words.number(reason.candidates),
            valid=words.number(reason.valid),
        ),
    ]
    if reason.check is not None:
        chance = words.decimal(reason.expected_by_chance)
        lines.append(
            say(
                "cli.why.chance",
                language,
                check=reason.check,
                share=f"{reason.chance * 100:.2g}",
                chance=chance,
            )
        )
    if reason.header_words:
        lines.append(say("cli.why.header", language, words=", ".join(reason.header_words)))
    lines.append(say("cli.why.sure", language, share=f"{row['confidence'] * 100:.1f}"))
    if reason.masked_sample:
        lines.append(say("cli.why.sample", language, sample=", ".join(reason.masked_sample)))
    for line in lines:
        click.echo(f"  {line}")


def _revealed(case: Case, findings: pl.DataFrame) -> dict[tuple[int, str | None, str], list[str]]:
    """Up to three values of each finding in clear; the journal says that they were shown."""
    case.journal.record("why.reveal", findings=findings.height)
    records = case.lazy("records")
    values: dict[tuple[int, str | None, str], list[str]] = {}
    for source_id, field, kind in findings.select("source_id", "field", "kind").iter_rows():
        if records is None or kind not in records.collect_schema():
            continue
        mine = records.filter((pl.col("source_id") == source_id) & pl.col(kind).is_not_null())
        rows = mine.select(kind).head(SHOWN_VALUES).collect()
        values[source_id, field, kind] = rows[kind].explode().drop_nulls().head(SHOWN_VALUES).to_list()
    return values
