"""Exact conjunctive keys: several traits hashed into one number, and the pairs of mentions that share it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.people.rules import Key, Rules

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
# Traits that many persons share: only of these can chance make a pair.
COMMON = frozenset(
    {"family", "given", "given3", "sound", "initial", "names", "dob", "year", "postcode", "city", "address"}
)
# How often two persons drawn at random agree, in orders of magnitude (estimates of ours: common French names, births
# over seventy years, communes of unequal size): used where a leak is too small to say.
USUAL = {
    "names": 2e-6,
    "family": 5e-4,
    "sound": 1e-3,
    "given": 5e-3,
    "given3": 1e-2,
    "initial": 1e-2,
    "dob": 5e-5,
    "year": 1.5e-2,
    "postcode": 3e-4,
    "city": 3e-4,
    "address": 1e-7,
}
MIX = np.uint64(0x9E3779B97F4A7C15)
WHOLE = 6


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows that a key joins, and the numbers behind the decision to admit it."""

    key: Key
    one: Numbers
    two: Numbers
    expected: float


class Variants:
    """The rows of traits and, for every further value, the row once more with that value in its place."""

    def __init__(self, table: pl.DataFrame, more: pl.DataFrame) -> None:
        self.count = table.height
        base = {
            name: table[name].to_numpy()
            for name in table.columns
            if name not in ("source_id", "record", "mention")
        }
        rows = [np.arange(table.height, dtype=np.int64)]
        columns: dict[str, list[npt.NDArray[np.generic]]] = {name: [values] for name, values in base.items()}
        for (trait,), part in more.group_by("trait", maintain_order=True):
            at = part["row"].to_numpy().astype(np.int64)
            rows.append(at)
            for name, values in base.items():
                columns[name].append(part["value"].to_numpy() if name == trait else values[at])
        self.rows = np.concatenate(rows)
        self._columns = {name: np.concatenate(parts) for name, parts in columns.items()}
        self._derived: dict[str, Hashes] = {}

    def trait(self, name: str) -> Hashes:
        """One trait of all variants, 0 where it is unknown; `names` is surname and given name in either order."""
        if name not in self._derived:
            self._derived[name] = self._made(name)
        return self._derived[name]

    def _made(self, name: str) -> Hashes:
        column = self._columns
        if name == "names":
            return both_names(column["family"], column["given"])
        if name == "initial":
            return column["given3"].astype(np.uint64)
        if name == "year":
            return (column["dob"] // 10_000).astype(np.uint64)
        if name == "dob":
            dob = column["dob"]
            return np.where((dob % 100 != 0) & (dob // 100 % 100 != 0), dob, 0).astype(np.uint64)
        return column[name].astype(np.uint64)

    def key(self, traits: Sequence[str]) -> Hashes:
        """The traits as one hash, 0 where one of them is unknown."""
        known = np.ones(len(self.rows), dtype=bool)
        whole = np.zeros(len(self.rows), dtype=np.uint64)
        for name in traits:
            values = self.trait(name)
            known &= values != 0
            whole = _mixed(whole ^ values) * MIX
        return np.where(known, whole | np.uint64(1), 0).astype(np.uint64)


def both_names(one: npt.NDArray[np.generic], two: npt.NDArray[np.generic]) -> Hashes:
    """Two names as one hash whatever their order; 0 where one is unknown."""
    left, right = one.astype(np.uint64), two.astype(np.uint64)
    both = _mixed(np.minimum(left, right)) ^ _mixed(np.maximum(left, right) + np.uint64(1))
    return np.where((left != 0) & (right != 0), both, 0).astype(np.uint64)


def _mixed(values: Hashes) -> Hashes:
    """Bits spread over the whole word (the finaliser of MurmurHash3)."""
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def links(variants: Variants, rules: Rules) -> Iterator[Pairs]:
    """The pairs of every key that chance does not spoil, the strongest key first."""
    for key in rules.keys:
        one, two = joined(variants, key.traits, most=None)
        if len(one):
            yield Pairs(key, one, two, expected(variants, key.traits, rules))


def admitted(pairs: Pairs, rules: Rules) -> bool:
    """Whether chance alone would make few enough of a key's pairs."""
    return pairs.expected <= rules.limits["most"] * len(pairs.one)


def expected(variants: Variants, traits: Sequence[str], rules: Rules) -> float:
    """How many pairs of different persons share `traits` by chance: n² / 2 times the product of the chances that
    two draws of a trait agree. 0 where an identifier is among the traits."""
    if any(name not in COMMON for name in traits):
        return 0.0
    count = variants.count
    chance = 1.0
    for name in _independent(traits):
        values = variants.trait(name)[:count]
        values = values[values != 0]
        if not len(values):
            return 0.0
        _, counts = np.unique(values, return_counts=True)
        total = len(values)
        chance *= float((counts.astype(np.float64) * (counts - 1)).sum()) / max(
            float(total) * (total - 1), 1.0
        )
    known = int((variants.key(traits)[:count] != 0).sum())
    factor = rules.limits["dependence"] if len(traits) > 1 else 1.0
    return float(known) ** 2 / 2 * chance * factor


def agreement(values: npt.NDArray[np.generic], usual: float) -> float:
    """The chance that two draws of two persons agree. Records of one person agree too: what some two of them a
    record would make is taken off; where little is left, as in a small leak, it is `usual`."""
    _, counts = np.unique(values, return_counts=True)
    total = len(values)
    met = float((counts.astype(np.float64) * (counts - 1)).sum()) / max(float(total) * (total - 1), 1.0)
    return max(met - 2.0 / max(total, 1), usual)


def _independent(traits: Sequence[str]) -> list[str]:
    """Traits that do not follow from one another: the names together, or the parts that stand for them."""
    return [name for name in traits if not (name in ("given3", "initial") and "given" in traits)]


def joined(variants: Variants, traits: Sequence[str], most: int | None) -> tuple[Numbers, Numbers]:
    """The pairs of different rows that share a key: all pairs of small groups, a star and a chain of larger ones.

    Groups of more than `most` rows are left out.
    """
    keys = variants.key(traits)
    there = np.flatnonzero(keys != 0)
    order = there[np.argsort(keys[there], kind="stable")]
    sorted_keys, rows = keys[order], variants.rows[order]
    starts = (
        np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]])
        if len(order)
        else np.empty(0, np.int64)
    )
    sizes = np.diff(np.r_[starts, len(order)])
    wanted = sizes > 1
    if most is not None:
        wanted &= sizes <= most
    one: list[Numbers] = []
    two: list[Numbers] = []
    small = wanted & (sizes <= (most or WHOLE))
    for gap in range(1, int(sizes[small].max(initial=1))):
        for first in range(int(sizes[small].max(initial=1)) - gap):
            at = starts[small & (sizes > first + gap)]
            one.append(rows[at + first])
            two.append(rows[at + first + gap])
    for start, size in zip(starts[wanted & ~small].tolist(), sizes[wanted & ~small].tolist(), strict=True):
        group = rows[start : start + size]
        one += [np.repeat(group[:1], size - 1), group[:-1]]
        two += [group[1:], group[1:]]
    left = np.concatenate(one) if one else np.empty(0, dtype=np.int64)
    right = np.concatenate(two) if two else np.empty(0, dtype=np.int64)
    apart = left != right
    low, high = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
    if not len(low):
        return low, high
    packed = np.unique(low * variants.count + high)
    return packed // variants.count, packed % variants.count
