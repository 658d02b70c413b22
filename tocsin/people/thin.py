"""Mentions that say little more than one identifier: they belong to whoever holds it, or make one person by it.

A list of mailboxes, an access log, a letter with a number: no name, no birth date to compare. This is no merging of
two persons on a mailbox: nothing else is known of the mention that could be somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.people.conflicts import Columns
from tocsin.people.keys import both_names
from tocsin.people.similar import DIFFERENT, Names

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# The surest first; each mention follows the first that it has.
BY_MAIL = "mail_names"
BY = (
    *("nir", "tax", "document", "national", "customer", "professional"),
    *("email", "iban", "phone", "card", "user", BY_MAIL),
)
MAIL_CHANCE = 0.85


@dataclass(frozen=True, slots=True)
class Attached:
    """Edges by one identifier: rows, the rows that they follow, and how surely (1 over the persons that share it)."""

    trait: str
    one: Numbers
    two: Numbers
    chance: Floats


def attach(columns: Columns, label: Numbers, names: Names) -> Iterator[Attached]:
    """The thin rows and whom they follow."""
    thin = (columns["given"] == 0) & (columns["dob"] == 0)
    waiting = thin & (np.bincount(label, minlength=len(label))[label] == 1)
    settled = np.zeros(len(label), dtype=bool)
    for trait in BY[:-1]:
        values = columns[trait]
        rows = np.flatnonzero(waiting & (values != 0))
        if not len(rows):
            continue
        holders = _holders(values, label, np.flatnonzero(~waiting & (values != 0)))
        found = pl.DataFrame({"row": rows, "value": values[rows]}).join(holders, on="value", how="left")
        known = found.filter(pl.col("holder").is_not_null())
        one, two = known["row"].to_numpy(), known["holder"].to_numpy()
        fits = names.alike(columns["family"][one], columns["family"][two]) != DIFFERENT
        chance = 1.0 / known["persons"].to_numpy()
        settled[one[fits]] = True
        yield Attached(trait, one[fits], two[fits], chance[fits] * 0.99)
        alone = found.filter(pl.col("holder").is_null()).with_columns(
            family=columns["family"][found.filter(pl.col("holder").is_null())["row"].to_numpy()]
        )
        first = alone.with_columns(first=pl.col("row").min().over("value", "family"))
        pairs = first.filter(pl.col("row") != pl.col("first"))
        yield Attached(trait, pairs["row"].to_numpy(), pairs["first"].to_numpy(), np.full(pairs.height, 0.99))
        waiting[rows] = False
    yield _named_by_mail(columns, label, thin & ~settled)


def _named_by_mail(columns: Columns, label: Numbers, thin: npt.NDArray[np.bool_]) -> Attached:
    """Thin rows whose mailbox is made of the two names of exactly one person."""
    alone = thin & (columns["family"] == 0) & (np.bincount(label, minlength=len(label))[label] == 1)
    names = both_names(columns["family"], columns["given"])
    mail = both_names(columns["mail_one"], columns["mail_two"])
    rows = np.flatnonzero(alone & (mail != 0) & (columns["email"] != 0))
    holders = _holders(names, label, np.flatnonzero(names != 0)).filter(pl.col("persons") == 1)
    found = pl.DataFrame({"row": rows, "value": mail[rows]}).join(holders, on="value", how="inner")
    return Attached(
        BY_MAIL, found["row"].to_numpy(), found["holder"].to_numpy(), np.full(found.height, MAIL_CHANCE)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """Persons of whom nothing is known but an identifier: `alone`; `likely` of them are named elsewhere without it."""

    alone: int
    likely: float


def bare(columns: Columns, label: Numbers) -> Bare:
    """How many groups have no name and no birth date, and how many of these are likely persons of other groups.

    Of the named persons a share c carries the identifier in question; where A bare mentions found their person by
    it, some A (1 - c) / c more belong to persons who do not.
    """
    unnamed = (columns["given"] == 0) & (columns["family"] == 0) & (columns["dob"] == 0)
    named_groups = np.unique(label[~unnamed])
    in_named = np.isin(label, named_groups)
    alone, likely = 0, 0.0
    waiting = unnamed.copy()
    for trait in BY[:-1]:
        values = columns[trait]
        rows = waiting & (values != 0)
        carried = len(np.unique(label[~unnamed & (values != 0)])) / max(len(named_groups), 1)
        found = len(np.unique(values[rows & in_named]))
        left = len(np.unique(label[rows & ~in_named]))
        alone += left
        likely += min(found * (1 - carried) / carried, left) if carried else 0.0
        waiting &= ~rows
    return Bare(alone=alone, likely=likely)


def _holders(values: npt.NDArray[np.generic], label: Numbers, rows: Numbers) -> pl.DataFrame:
    """Of each value: the row of the largest group that holds it, and how many groups do."""
    size = np.bincount(label, minlength=len(label))
    return (
        pl.DataFrame({"value": values[rows], "holder": rows, "group": label[rows], "size": size[label[rows]]})
        .sort("size", "holder", descending=[True, False])
        .group_by("value", maintain_order=True)
        .agg(pl.col("holder").first(), pl.col("group").n_unique().alias("persons"))
    )
