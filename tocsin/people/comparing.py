"""Pairs of mentions compared trait by trait, and the rarity of the names on which they agree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.people.conflicts import Columns, given_names
from tocsin.people.similar import CLOSE, DIFFERENT, SAME, Levels, Names, dates, same
from tocsin.people.weights import LEAST, START

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# A leak of fewer identifiers than this says nothing about how rare they are.
SMALL = 100_000
PLAIN = tuple(name for name in START if name not in ("family", "given", "dob"))
UNIQUE = (
    "nir",
    "tax",
    "document",
    "national",
    "customer",
    "professional",
    "email",
    "phone",
    "iban",
    "address",
)


def compare(columns: Columns, one: Numbers, two: Numbers, names: Names) -> dict[str, Levels]:
    """The level of every comparison for each pair of rows."""
    family = names.alike(columns["family"][one], columns["family"][two])
    for left, right in (("family", "other"), ("other", "family"), ("other", "other")):
        level = names.alike(columns[left][one], columns[right][two])
        family = np.maximum(family, level)
    crossed = names.alike(columns["family"][one], columns["given"][two])
    family = np.where((family == DIFFERENT) & (crossed >= CLOSE), crossed, family)
    sound = same(columns["sound"][one], columns["sound"][two]) == 1
    family = np.where(sound & (family >= DIFFERENT) & (family < CLOSE), CLOSE, family).astype(np.int8)
    levels = {
        "family": family,
        "given": given_names(columns, one, two, names),
        "dob": dates(columns["dob"][one], columns["dob"][two]),
    }
    for name in PLAIN:
        if columns[name].any():
            levels[name] = same(columns[name][one], columns[name][two])
    return levels


def shares(columns: Columns) -> dict[str, float]:
    """For identifiers, the chance that two different persons drawn at random have the same value."""
    found = {}
    for name in UNIQUE:
        values = columns[name][columns[name] != 0]
        if len(values):
            found[name] = max(1.0 / max(len(np.unique(values)), SMALL), LEAST)
    return found


class Rarity:
    """How often each surname and each given name is met."""

    def __init__(self, columns: Columns) -> None:
        self._tables = {name: _counted(columns[name]) for name in ("family", "given")}
        self._mean = {name: float((table["share"] ** 2).sum()) for name, table in self._tables.items()}

    def added(self, columns: Columns, one: Numbers, levels: dict[str, Levels]) -> Floats:
        """What a shared name adds (rare) or takes away (common) against a name of middling rarity; natural logs."""
        total = np.zeros(len(one))
        for name, table in self._tables.items():
            agree = levels[name] == SAME
            values = pl.DataFrame({"value": columns[name][one[agree]]})
            share = values.join(table, on="value", how="left", maintain_order="left")["share"].fill_null(1e-7)
            total[agree] += np.log(max(self._mean[name], LEAST) / share.to_numpy())
        return total


def _counted(values: npt.NDArray[np.generic]) -> pl.DataFrame:
    series = pl.Series("value", values)
    known = series.filter(series != 0)
    counts = known.value_counts(name="count")
    return counts.select("value", (pl.col("count") / max(len(known), 1)).alias("share"))
