"""From persons to counts: the last thing before the law, in which nobody's value is left."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

SEVERAL = 40
OLDEST = 120
BANDS = ((0, 17), (18, 29), *((low, low + 9) for low in range(30, OLDEST, 10)))
GRADES = ("clear", "fast_unsalted", "fast_salted", "slow")


def by_kind(persons: pl.DataFrame) -> dict[str, int]:
    """How many persons have a value of each kind, the commonest first."""
    return _counted(persons.explode("kinds")["kinds"].drop_nulls())


def by(persons: pl.DataFrame, column: str) -> dict[str, int]:
    """How many persons per country, département or year; those of whom it is not known are left out."""
    return _counted(persons[column].drop_nulls().cast(pl.String))


def by_controller(persons: pl.DataFrame) -> dict[str, int]:
    """How many persons each controller answers for; a person may be several controllers'."""
    return _counted(persons.explode("controller")["controller"].drop_nulls())


def minors(persons: pl.DataFrame) -> int:
    """How many were minors on the day of the breach, of those whose age is known."""
    return int(persons["minor"].sum() or 0)


def unknown_age(persons: pl.DataFrame) -> int:
    """How many have no age."""
    return int(persons["minor"].null_count())


def deceased(persons: pl.DataFrame) -> int:
    """How many are known to be dead."""
    return int(persons["deceased"].sum() or 0)


def combinations(persons: pl.DataFrame) -> list[dict[str, Any]]:
    """The sets of kinds that persons lost together, the commonest first, at most forty."""
    sets = persons.select(pl.col("kinds").list.sort()).group_by("kinds").len()
    rows = sets.sort("len", pl.col("kinds").list.join(" "), descending=[True, False]).head(SEVERAL)
    return [{"kinds": kinds, "persons": count} for kinds, count in rows.iter_rows()]


def grades(identifiers: pl.DataFrame, findings: pl.DataFrame) -> dict[str, int]:
    """How many persons have a credential of each grade, by the worst that each has."""
    graded = findings.drop_nulls("grade").group_by("source_id", "kind").agg(pl.col("grade").unique())
    order = pl.DataFrame({"grade": GRADES, "rank": range(len(GRADES))})
    held = identifiers.select("person", "kind", "source_id").unique()
    worst = (
        held.join(graded, on=["source_id", "kind"])
        .explode("grade")
        .join(order, on="grade")
        .group_by("person")
        .agg(pl.col("rank").min())
        .join(order, on="rank")
    )
    return _counted(worst["grade"])


def ages(persons: pl.DataFrame, as_of: date) -> dict[str, int]:
    """How many persons of each age band on the day `as_of`: minors first ("0-17"), then decades ("18-29", "30-39"…)."""
    birth = pl.col("birth_date")
    past = (birth.dt.month() * 100 + birth.dt.day()) <= as_of.month * 100 + as_of.day
    age = as_of.year - birth.dt.year() - pl.when(past).then(0).otherwise(1)
    known = persons.select(age=age).drop_nulls().filter(pl.col("age").is_between(0, OLDEST))
    bands = {}
    for low, high in BANDS:
        count = known.filter(pl.col("age").is_between(low, high)).height
        if count:
            bands[f"{low}-{high}"] = count
    return bands


def reach(persons: pl.DataFrame) -> dict[str, int]:
    """How many persons can be reached by each way, and by none."""
    ways = {name: persons[name].is_not_null() for name in ("email", "phone", "postal")}
    counts = {name: int(known.sum()) for name, known in ways.items()}
    nobody = ~(ways["email"] | ways["phone"] | ways["postal"])
    return counts | {"none": int(nobody.sum())}


def _counted(values: pl.Series) -> dict[str, int]:
    table = (
        values.alias("value")
        .to_frame()
        .group_by("value")
        .len()
        .sort("len", "value", descending=[True, False])
    )
    return dict(table.iter_rows())
