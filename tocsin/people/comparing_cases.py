"""Two leaks side by side: whom they share, what is newer, whether one is the other again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from tocsin.people.asking import shared
from tocsin.people.interval import Interval

# An identifier shared by two cases is the same person's with another fact beside it, or alone where it is one a person.
PRIMARY = ("fr.nir", "fr.ins", "fr.spi", "any.passport", "fr.passport", "fr.cni")
OTHERS = ("any.email", "any.phone", "any.iban", "any.birth_date", "any.surname", "any.given_name")
RECYCLED, MOSTLY = 0.95, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One case: its identifiers, its records' digests, its count, and the years that its records speak of."""

    identifiers: pl.LazyFrame
    persons: dict[str, Any]
    records: int
    oldest: str | None
    newest: str | None


def compare(one: Side, two: Side) -> dict[str, Any]:
    """The object of `tocsin compare`: shared persons with bounds, dates, and what that says.

    Two persons are one where they share a primary identifier, three other facts of different kinds, or all that one
    of them is known by; two facts make it likely.
    """
    pairs = shared(one.identifiers, two.identifiers, (*PRIMARY, *OTHERS))
    told = pairs.group_by("person", "other").agg(
        pl.col("kind").is_in(PRIMARY).any().alias("sure"), pl.col("kind").n_unique().alias("facts")
    )
    told = told.join(_known(one, "person"), on="person").join(_known(two, "other"), on="other")
    whole = pl.col("facts") >= pl.min_horizontal("known_person", "known_other")
    sure = told.filter(pl.col("sure") | (pl.col("facts") >= 3) | whole)
    likely = told.filter(pl.col("sure") | (pl.col("facts") >= 2) | whole)
    found = {"a": _bounds(sure, likely, "person"), "b": _bounds(sure, likely, "other")}
    share_a, share_b = (
        found[side]["estimate"] / max(case.persons["estimate"], 1) for side, case in (("a", one), ("b", two))
    )
    return {
        "shared_persons": found["a"],
        "shared_of_a": round(min(share_a, 1.0), 4),
        "shared_of_b": round(min(share_b, 1.0), 4),
        "a": _told(one),
        "b": _told(two),
        "verdict": _verdict(share_a, share_b),
    }


def _known(side: Side, name: str) -> pl.DataFrame:
    """How many comparable kinds each person has."""
    facts = side.identifiers.filter(pl.col("kind").is_in((*PRIMARY, *OTHERS)))
    return (
        facts.group_by(pl.col("person").alias(name))
        .agg(pl.col("kind").n_unique().alias(f"known_{name}"))
        .collect()
    )


def _bounds(sure: pl.DataFrame, likely: pl.DataFrame, side: str) -> dict[str, Any]:
    low, high = sure[side].n_unique(), likely[side].n_unique()
    return {
        "estimate": low,
        "low": low,
        "high": high,
        "level": Interval.__dataclass_fields__["level"].default,
    }


def _told(case: Side) -> dict[str, Any]:
    return {"persons": case.persons, "records": case.records, "oldest": case.oldest, "newest": case.newest}


def _verdict(share_a: float, share_b: float) -> str:
    """`recycled`: one holds nearly all persons of the other; `overlapping`; `new` where they share few."""
    most = max(share_a, share_b)
    if most >= RECYCLED:
        return "recycled"
    return "overlapping" if most >= MOSTLY else "mostly_new" if most > 0.05 else "new"
