"""The order of reading by category and grade, from gravity.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

CREDENTIAL = "credential"
UNKNOWN = "unknown"
PLACE = ("source_id", "field", "place", "kind", "grade", "family")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """One row of the order: `order` 0 is read first, `level` 4 (very high) to 1 (low)."""

    order: int
    category: str
    grade: str
    level: int
    because: str


@cache
def ranks() -> tuple[Rank, ...]:
    """All rows, the gravest first; `grade` is "" for what is no credential."""
    rows = tomllib.loads(files(__package__).joinpath("gravity.toml").read_text(encoding="utf-8"))["rank"]
    return tuple(Rank(order=order, **({"grade": ""} | row)) for order, row in enumerate(rows))


@cache
def _by_class() -> dict[tuple[str, str], Rank]:
    """The rows by (category, grade)."""
    return {(rank.category, rank.grade): rank for rank in ranks()}


def rank(category: str, grade: str | None) -> Rank:
    """The row of a finding; a credential of unknown grade stands with the worse ones, an unknown category last."""
    wanted = (category, (grade or UNKNOWN) if category == CREDENTIAL else "")
    return _by_class().get(wanted) or _by_class().get((category, UNKNOWN)) or ranks()[-1]


def ordered(findings: pl.DataFrame) -> pl.DataFrame:
    """`findings` with an int column `order`, the gravest first, then the most values, then by place.

    The order in which the lines came changes nothing.
    """
    classes = findings.select("category", "grade").unique()
    orders = [rank(category, grade).order for category, grade in classes.iter_rows()]
    joined = findings.join(
        classes.with_columns(pl.Series("order", orders, dtype=pl.Int32)),
        on=["category", "grade"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return joined.sort("order", -pl.col("valid"), *PLACE, nulls_last=True, maintain_order=True)
