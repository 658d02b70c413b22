"""Values that identify nobody: defaults, shared mailboxes, switchboards. Found in the data, without a list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from tocsin.people.rules import Rules

# The kinds of record column that stand for a trait in what is told about it.
DATES = "dob"
# A decade of fewer dates says nothing about what is usual in it.
DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Demoted:
    """A value that was set aside: of which trait, on how many records, and why. Never the value itself."""

    trait: str
    records: int
    given_names: int
    reason: str


def demote(
    table: pl.DataFrame, more: pl.DataFrame, rules: Rules
) -> tuple[pl.DataFrame, pl.DataFrame, list[Demoted]]:
    """`table` and `more` with generic values replaced by 0 (left out of `more`), and what was demoted."""
    found: list[Demoted] = []
    for trait in (*rules.primary, *rules.tertiary):
        if trait in ("postcode", "city", "address") or trait not in table.columns:
            continue
        bad = _shared(table, more, trait, rules)
        if bad.height:
            found += [
                Demoted(trait=trait, records=records, given_names=given, reason="shared")
                for records, given in bad.select("records", "given").iter_rows()
            ]
            values = bad[trait].implode()
            table = table.with_columns(
                pl.when(pl.col(trait).is_in(values))
                .then(0)
                .otherwise(pl.col(trait))
                .cast(pl.UInt64)
                .alias(trait)
            )
            more = more.filter(~((pl.col("trait") == trait) & pl.col("value").is_in(values)))
    spikes = _spikes(table, rules)
    if spikes.height:
        found += [
            Demoted(trait=DATES, records=records, given_names=given, reason="default_date")
            for records, given in spikes.select("records", "given").iter_rows()
        ]
        dates = spikes["dob"].implode()
        table = table.with_columns(dob=pl.when(pl.col("dob").is_in(dates)).then(0).otherwise(pl.col("dob")))
    return table, more, sorted(found, key=lambda one: (-one.records, one.trait))


def _shared(table: pl.DataFrame, more: pl.DataFrame, trait: str, rules: Rules) -> pl.DataFrame:
    """The values that stand beside too many given names."""
    limits = rules.limits
    rows = table.select(trait, "given3", "dob").filter(pl.col(trait) != 0)
    others = more.filter(pl.col("trait") == trait)
    if others.height:
        beside = table[others["row"]].select("given3", "dob").with_columns(others["value"].alias(trait))
        rows = pl.concat([rows, beside.select(trait, "given3", "dob")])
    counted = rows.group_by(trait).agg(pl.len().alias("records"))
    counted = counted.filter(pl.col("records") > limits["given_names"])
    if not counted.height:
        return counted.with_columns(given=pl.lit(0))
    told = (
        rows.join(counted.select(trait), on=trait, how="semi")
        .group_by(trait)
        .agg(
            pl.len().alias("records"),
            pl.col("given3").filter(pl.col("given3") != 0).n_unique().alias("given"),
            pl.col("dob").filter(pl.col("dob") != 0).n_unique().alias("dates"),
        )
    )
    persons = pl.max_horizontal("given", "dates")
    many = (pl.col("records") > limits["records"]) & (persons > limits["given_names_on_many"])
    return told.filter(
        (pl.col("given") > limits["given_names"]) | (pl.col("dates") > 2 * limits["given_names"]) | many
    )


def _spikes(table: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Full birth dates met far more often than the other days of their year, on records of different names."""
    least, times = rules.limits["date_least"], rules.limits["date_times"]
    full = (pl.col("dob") % 100 != 0) & (pl.col("dob") // 100 % 100 != 0)
    dates = (
        table.filter(full)
        .group_by("dob")
        .agg(
            pl.len().alias("records"),
            pl.struct("family", "given").n_unique().alias("names"),
            pl.col("given3").n_unique().alias("given"),
        )
    )
    if not dates.height:
        return dates
    around = dates.group_by((pl.col("dob") // 100_000).alias("decade")).agg(
        pl.col("names").median().alias("usual"), pl.len().alias("days")
    )
    usual = pl.when(pl.col("days") >= DAYS).then(pl.col("usual")).otherwise(0.0)
    dates = dates.with_columns(decade=pl.col("dob") // 100_000).join(around, on="decade")
    expected = pl.max_horizontal(usual, pl.lit(float(np.median(dates["names"].to_numpy()))))
    return dates.filter((pl.col("names") >= least) & (pl.col("names") > times * expected))
