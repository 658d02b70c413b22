"""From the records of a case to its persons, their identifiers and memberships, and the count with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from tocsin.people import describe, identity
from tocsin.people.generic import Demoted
from tocsin.people.interval import Interval, interval
from tocsin.people.link import Linked, link
from tocsin.people.rules import Rules, bundled
from tocsin.people.traits import KINDS, TELLING, Traits, needed, traits

MEMBERSHIPS = pl.Schema(
    {
        "person": pl.String(),
        "source_id": pl.Int32(),
        "source": pl.Categorical(),
        "record": pl.Int64(),
        "mention": pl.Int32(),
        "rule": pl.String(),
    }
)
ALONE = "alone"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The tables of the contract, the count, and what the matching decided on its way."""

    persons: pl.DataFrame
    identifiers: pl.DataFrame
    memberships: pl.DataFrame
    interval: Interval
    demoted: list[Demoted]
    review: int
    partition: str
    records: int
    merged: int
    split: int
    linked: Linked


def resolve(
    records: pl.DataFrame,
    sources: Mapping[int, tuple[str, str]],
    secret: bytes,
    as_of: date,
    before: pl.DataFrame | None = None,
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Resolved:
    """Who stands in `records` (the table of the contract).

    `sources` gives for each source_id its SHA-256 and name; `secret` the case's key; `as_of` the day of the breach;
    `before` an earlier run's memberships with `sha256`, so that persons keep their identifiers. The order of sources
    changes nothing: rows are taken by the digest of their source.
    """
    tell, rules, seed = progress or _silent, rules or bundled(), int.from_bytes(secret[:8], "little")
    tell("normalise")
    rows, found = _somebody(_ordered(records, sources), seed)
    tell("link")
    linked = link(found, rules)
    tell("count")
    counted = interval(found, linked, rules)
    tell("describe")
    mentions = rows.select("sha256", *identity.KEYS).with_columns(label=pl.Series(linked.label))
    named = identity.name_persons(mentions, before, secret)
    rows = rows.with_columns(named.person, confidence=pl.Series(_confidence(linked)))
    shared = _shared_values(rows, found, linked)
    return Resolved(
        persons=describe.persons(rows, shared, as_of),
        identifiers=describe.identifiers(rows),
        memberships=_memberships(rows, linked, sources),
        interval=counted,
        demoted=linked.demoted,
        review=_review(linked),
        partition=identity.partition_sha256(mentions),
        records=records.select("source_id", "record").n_unique(),
        merged=named.merged,
        split=named.split,
        linked=linked,
    )


def _silent(stage: str) -> None:
    """Nobody listens."""


def _ordered(records: pl.DataFrame, sources: Mapping[int, tuple[str, str]]) -> pl.DataFrame:
    """The records by the content of their source, so that the order of sources changes nothing."""
    return identity.placed(records, sources).sort("place", "record", "mention", "copy")


def _somebody(rows: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, Traits]:
    """The rows that could be somebody, with their traits."""
    found = traits(rows.select(needed(rows.columns)), seed)
    told = [(found.table[name] != 0).to_numpy() for name in TELLING if name in found.table.columns]
    kept = np.flatnonzero(np.logical_or.reduce(told))
    return rows[kept], _only(found, kept)


def _only(found: Traits, kept: np.ndarray) -> Traits:
    """The traits of some rows, renumbered."""
    place = np.full(found.table.height, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    at = pl.Series(place[found.more["row"].to_numpy()])
    more = found.more.with_columns(row=at).filter(pl.col("row") >= 0).cast({"row": pl.UInt32})
    return Traits(table=found.table[kept], more=more, names=found.names)


def _confidence(linked: Linked) -> np.ndarray:
    """Of each row the weakest link that holds its group together, at best one a row; 1 for a row alone."""
    best = np.zeros(len(linked.label))
    np.maximum.at(best, linked.one, linked.chance)
    np.maximum.at(best, linked.two, linked.chance)
    sizes = np.bincount(linked.label, minlength=len(linked.label))[linked.label]
    row = np.where(sizes > 1, best, 1.0)
    weakest = np.ones(len(linked.label))
    np.minimum.at(weakest, linked.label, row)
    return np.asarray(weakest[linked.label])


def _rules_of(linked: Linked) -> list[str]:
    """The rule that binds each row most surely to its group."""
    rule = np.full(len(linked.label), -1, dtype=np.int64)
    best = np.zeros(len(linked.label))
    inside = linked.label[linked.one] == linked.label[linked.two]
    for ends in (linked.one, linked.two):
        rows, chance, number = ends[inside], linked.chance[inside], linked.rule[inside]
        order = np.argsort(chance, kind="stable")
        better = chance[order] > best[rows[order]]
        rule[rows[order][better]] = number[order][better]
        np.maximum.at(best, rows, chance)
    names = [*linked.rules, ALONE]
    return [names[number] for number in rule.tolist()]


def _memberships(rows: pl.DataFrame, linked: Linked, sources: Mapping[int, tuple[str, str]]) -> pl.DataFrame:
    names = {number: name for number, (_, name) in sources.items()}
    table = rows.select(
        "person",
        "source_id",
        source=pl.col("source_id").replace_strict(names, default=None, return_dtype=pl.String),
        record="record",
        mention="mention",
        rule=pl.Series(_rules_of(linked)),
    )
    return table.cast(MEMBERSHIPS).sort("source_id", "record", "mention")


def _shared_values(rows: pl.DataFrame, found: Traits, linked: Linked) -> pl.DataFrame:
    """Trait and value of what was demoted, so that nobody is written to at a shared mailbox."""
    parts = [pl.DataFrame(schema={"trait": pl.String, "value": pl.String})]
    for trait in {one.trait for one in linked.demoted} & {"email", "phone"}:
        kind = KINDS[trait][0]
        bad = (found.table[trait] != 0) & (linked.table[trait] == 0)
        values = (
            rows.filter(bad)
            .select(pl.col(kind).list.get(0, null_on_oob=True).alias("value"))
            .unique()
            .drop_nulls()
        )
        parts.append(values.select(trait=pl.lit(trait), value="value"))
    return pl.concat(parts)


def _review(linked: Linked) -> int:
    """How many pairs of persons a human should look at."""
    one, two, _ = linked.doubtful
    low = np.minimum(linked.label[one], linked.label[two])
    high = np.maximum(linked.label[one], linked.label[two])
    return len(np.unique(low[low != high] * len(linked.label) + high[low != high]))
