"""The counts that the report shows, computed once from the stages' tables."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from tocsin.report.gravity import ordered
from tocsin.report.results import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTotal:
    """One kind over the whole pile. Distinct values lie in [low, high]; `exact` says that they are counted
    and not estimated by a sketch."""

    kind: str
    category: str
    grade: str | None
    order: int
    values: int
    low: int
    high: int
    exact: bool
    sources: int
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTotal:
    """One kind at one grade over the whole pile: what the order of reading ranks."""

    kind: str
    category: str
    grade: str | None
    order: int
    values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTotal:
    """One issue code over the whole pile: how often, in how many sources, and the bytes where known."""

    code: str
    count: int
    sources: int
    bytes_unread: int
    bytes_unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What was handed in. `unread_unknown` counts the sources that cannot say how much of them is unread."""

    sources: int
    bytes: int
    records: int
    unread: int
    unread_unknown: int
    values: int
    sources_with_values: int
    issues: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything counted. `findings` are those with a value, gravest first, with `row` (their anchor);
    `kinds` have the most values first, `classes` follow the order of reading."""

    findings: pl.DataFrame
    kinds: tuple[KindTotal, ...]
    classes: tuple[ClassTotal, ...]
    issues: tuple[IssueTotal, ...]
    totals: Totals


def digest(results: Results) -> Digest:
    """All counts of `results`."""
    kept = results.findings.filter(pl.col("valid") > 0).with_columns(pl.col("source").cast(pl.String))
    findings = ordered(kept).with_row_index("row")
    issues = _issues(results.issues)
    return Digest(
        findings=findings,
        kinds=_kinds(findings, results),
        classes=_classes(findings),
        issues=issues,
        totals=_totals(results, findings, issues),
    )


def _kinds(findings: pl.DataFrame, results: Results) -> tuple[KindTotal, ...]:
    """By kind, most values first; `order` and `grade` are those of its gravest finding."""
    grouped = findings.group_by("kind", maintain_order=True).agg(
        pl.col("category", "grade", "order").first(),
        pl.col("valid").sum().alias("values"),
        pl.col("distinct").max().fill_null(0).alias("low"),
        pl.col("distinct").sum().alias("high"),
        pl.col("distinct_exact").fill_null(False).all().alias("exact"),
        pl.col("source_id").n_unique().alias("sources"),
        pl.len().alias("columns"),
    )
    totals = []
    for row in grouped.sort(-pl.col("values"), "kind").iter_rows(named=True):
        known = results.distinct.get(row["kind"])
        totals.append(KindTotal(**(row if known is None else row | {"low": known, "high": known})))
    return tuple(totals)


def _classes(findings: pl.DataFrame) -> tuple[ClassTotal, ...]:
    """By kind and grade, in the order of reading, then the most values."""
    grouped = findings.group_by("kind", "category", "grade", "order", maintain_order=True).agg(
        pl.col("valid").sum().alias("values")
    )
    rows = grouped.sort("order", -pl.col("values"), "kind")
    return tuple(ClassTotal(**row) for row in rows.iter_rows(named=True))


def _issues(issues: pl.DataFrame) -> tuple[IssueTotal, ...]:
    """By code, most bytes unread first, then the most frequent."""
    grouped = issues.group_by("code", maintain_order=True).agg(
        pl.col("count").sum(),
        pl.col("source_id").n_unique().alias("sources"),
        pl.col("bytes_unread").sum(),
        pl.col("bytes_unread").is_null().sum().alias("bytes_unknown"),
    )
    rows = grouped.sort(-pl.col("bytes_unread"), -pl.col("count"), "code")
    return tuple(IssueTotal(**row) for row in rows.iter_rows(named=True))


def _totals(results: Results, findings: pl.DataFrame, issues: tuple[IssueTotal, ...]) -> Totals:
    """The sums over the pile."""
    sources = results.sources
    return Totals(
        sources=sources.height,
        bytes=int(sources["bytes"].sum()),
        records=int(sources["records"].sum()),
        unread=int(sources["unread"].sum()),
        unread_unknown=sources["unread"].null_count(),
        values=int(findings["valid"].sum()),
        sources_with_values=findings["source_id"].n_unique(),
        issues=sum(issue.count for issue in issues),
    )
