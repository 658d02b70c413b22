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
from tocsin.people.similar import DIFFERENT, Names

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# The surest first; each mention follows the first that it has.
BY = ("nir", "tax", "document", "customer", "professional", "email", "iban", "phone", "card", "user")


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
    for trait in BY:
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
        yield Attached(trait, one[fits], two[fits], chance[fits] * 0.99)
        alone = found.filter(pl.col("holder").is_null()).with_columns(
            family=columns["family"][found.filter(pl.col("holder").is_null())["row"].to_numpy()]
        )
        first = alone.with_columns(first=pl.col("row").min().over("value", "family"))
        pairs = first.filter(pl.col("row") != pl.col("first"))
        yield Attached(trait, pairs["row"].to_numpy(), pairs["first"].to_numpy(), np.full(pairs.height, 0.99))
        waiting[rows] = False


def _holders(values: npt.NDArray[np.generic], label: Numbers, rows: Numbers) -> pl.DataFrame:
    """Of each value: the row of the largest group that holds it, and how many groups do."""
    size = np.bincount(label, minlength=len(label))
    return (
        pl.DataFrame({"value": values[rows], "holder": rows, "group": label[rows], "size": size[label[rows]]})
        .sort("size", "holder", descending=[True, False])
        .group_by("value", maintain_order=True)
        .agg(pl.col("holder").first(), pl.col("group").n_unique().alias("persons"))
    )
