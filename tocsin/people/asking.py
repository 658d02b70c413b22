"""Questions to the persons of a case: how many, who, is this one of them. Counts under five are not told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from tocsin.people.traits import plain_letters

# Fewer persons than this could be recognised in a count.
LEAST = 5
LOOSE = frozenset({"any.surname", "any.given_name", "any.full_name", "any.city", "fr.commune", "any.address"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Whom a question is about; what is not given filters nothing."""

    kinds: tuple[str, ...] = ()
    department: str | None = None
    country: str | None = None
    minor: bool = False
    controller: str | None = None

    def chosen(self, persons: pl.LazyFrame) -> pl.LazyFrame:
        """The persons that all filters keep."""
        for kind in self.kinds:
            persons = persons.filter(pl.col("kinds").list.contains(kind))
        if self.department is not None:
            persons = persons.filter(pl.col("department") == self.department)
        if self.country is not None:
            persons = persons.filter(pl.col("country") == self.country.upper())
        if self.minor:
            persons = persons.filter(pl.col("minor"))
        if self.controller is not None:
            persons = persons.filter(pl.col("controller").list.contains(self.controller))
        return persons


def count(persons: pl.LazyFrame, filters: Filters, whole: dict[str, Any]) -> dict[str, Any]:
    """How many persons the filters keep, with the bounds of the whole count in proportion.

    `whole` is `persons` of people.json. A number under five is not told: estimate null, `fewer_than` 5; so is one that
    leaves fewer than five out, since the rest could be told from it.
    """
    kept, every = (
        filters.chosen(persons).select(pl.len()).collect().item(),
        persons.select(pl.len()).collect().item(),
    )
    if 0 < kept < LEAST or 0 < every - kept < LEAST:
        return {
            "estimate": None,
            "low": None,
            "high": None,
            "fewer_than": LEAST if kept < LEAST else None,
            "level": whole["level"],
        }
    share = kept / every if every else 0.0
    return {
        "estimate": round(whole["estimate"] * share),
        "low": int(whole["low"] * share),
        "high": -int(-whole["high"] * share // 1),
        "level": whole["level"],
    }


def holders(identifiers: pl.LazyFrame, kind: str, value: str) -> pl.DataFrame:
    """The persons that have `value` (its normal form) of `kind`: person, source_id, record.

    Names and places are compared without accents, case, hyphens and blanks.
    """
    found = identifiers.filter(pl.col("kind") == kind)
    if kind in LOOSE:
        wanted = pl.select(plain_letters(pl.lit(value)).str.replace_all(" ", "", literal=True)).item()
        same = plain_letters(pl.col("value")).str.replace_all(" ", "", literal=True) == wanted
    else:
        same = pl.col("value") == value
    return found.filter(same).select("person", "source_id", "record").unique(maintain_order=True).collect()


def both(identifiers: pl.LazyFrame, facts: list[tuple[str, str]]) -> str:
    """Whether somebody has all `facts` (kind, normal value): `yes`, `no`, or `unsure` where only some agree or
    several persons have them all."""
    found = [set(holders(identifiers, kind, value)["person"].to_list()) for kind, value in facts]
    every = set.intersection(*found)
    if len(every) == 1:
        return "yes"
    return "unsure" if every or any(found) else "no"


def shared(one: pl.LazyFrame, two: pl.LazyFrame, kinds: tuple[str, ...]) -> pl.DataFrame:
    """Persons of `one` and `two` (IDENTIFIERS of two cases) that share a value of `kinds`: person, other, kind."""
    keys = ["kind", "value"]
    left = one.filter(pl.col("kind").is_in(kinds)).select("person", *keys).unique()
    right = two.filter(pl.col("kind").is_in(kinds)).select(pl.col("person").alias("other"), *keys).unique()
    return left.join(right, on=keys).select("person", "other", "kind").collect()
