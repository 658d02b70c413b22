"""Groups without contradiction: a group that holds two persons' facts is taken apart and joined again, the surest
link first, no link that would bring a contradiction back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tocsin.people.components import components
from tocsin.people.conflicts import Columns, conflicting
from tocsin.people.rules import Rules
from tocsin.people.similar import Names

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
LARGE = 10
YEARS = 3


def consistent(
    columns: Columns,
    one: Numbers,
    two: Numbers,
    rule: npt.NDArray[np.int16],
    chance: Floats,
    rules: Rules,
    names: Names,
) -> Numbers:
    """For each row the smallest row of its group."""
    label = components(len(columns["dob"]), one, two)
    suspect = _suspect(columns, label)
    if not suspect.any():
        return label
    inside = suspect[label[one]]
    order = np.argsort(-chance[inside], kind="stable")
    left, right = one[inside][order], two[inside][order]
    label[suspect[label]] = np.flatnonzero(suspect[label])
    joined = _agglomerated(columns, left, right, rules, names)
    for rows in joined.values():
        label[rows] = min(rows)
    return label


def _suspect(columns: Columns, label: Numbers) -> npt.NDArray[np.bool_]:
    """By group (at its smallest row): whether it is large, has two NIRs, or birth years far apart."""
    count = len(label)
    suspect = np.bincount(label, minlength=count) > LARGE
    for trait in ("nir", "tax"):
        values = columns[trait]
        known = np.flatnonzero(values != 0)
        low = np.full(count, np.iinfo(np.uint64).max, dtype=np.uint64)
        high = np.zeros(count, dtype=np.uint64)
        np.minimum.at(low, label[known], values[known].astype(np.uint64))
        np.maximum.at(high, label[known], values[known].astype(np.uint64))
        suspect |= (high > 0) & (low != high)
    years = columns["dob"].astype(np.int64) // 10_000
    known = np.flatnonzero(years > 0)
    low_year = np.full(count, 9999, dtype=np.int64)
    high_year = np.zeros(count, dtype=np.int64)
    np.minimum.at(low_year, label[known], years[known])
    np.maximum.at(high_year, label[known], years[known])
    suspect |= (high_year > 0) & (high_year - low_year > YEARS)
    return suspect


def _agglomerated(
    columns: Columns, one: Numbers, two: Numbers, rules: Rules, names: Names
) -> dict[int, list[int]]:
    """Groups by single links in their order, where no row of one contradicts a row of the other."""
    rows = np.unique(np.r_[one, two])
    group = {int(row): [int(row)] for row in rows}
    home = {int(row): int(row) for row in rows}
    bad = _contradictions(columns, one, two, rules, names)
    for left, right in zip(one.tolist(), two.tolist(), strict=True):
        first, second = home[left], home[right]
        if first == second:
            continue
        if any((min(a, b), max(a, b)) in bad for a in group[first] for b in group[second]):
            continue
        for row in group[second]:
            home[row] = first
        group[first] += group.pop(second)
    return group


def _contradictions(
    columns: Columns, one: Numbers, two: Numbers, rules: Rules, names: Names
) -> set[tuple[int, int]]:
    """All pairs of rows of one component that contradict each other."""
    rows, inverse = np.unique(np.r_[one, two], return_inverse=True)
    half = len(one)
    label = components(len(rows), inverse[:half], inverse[half:])
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(label[order]) != 0])
    left: list[Numbers] = []
    right: list[Numbers] = []
    for start, stop in zip(starts, np.r_[starts[1:], len(order)], strict=True):
        members = rows[order[start:stop]][:400]
        upper = np.triu_indices(len(members), 1)
        left.append(members[upper[0]])
        right.append(members[upper[1]])
    first, second = np.concatenate(left), np.concatenate(right)
    found = conflicting(columns, first, second, rules, names)
    low, high = np.minimum(first, second)[found], np.maximum(first, second)[found]
    return set(zip(low.tolist(), high.tolist(), strict=True))
