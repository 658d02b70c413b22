"""Occurrences that overlap: which of one kind to keep, and when one kind gives way to another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from tocsin.kinds.kind import Kind
from tocsin.scan.arrays import Bools, Places
from tocsin.scan.candidates import Candidates

STRONG, WEAK = 0.02, 0.005


def outer(table: pl.DataFrame, kinds: Sequence[Kind]) -> pl.DataFrame:
    """The occurrences without the weak ones inside a longer one that passed a strong check: the telephone
    that the groups of a NIR look like, the RIB in an IBAN."""
    strong_kinds = [number for number, kind in enumerate(kinds) if kind.chance <= STRONG]
    strong = table.filter(pl.col("valid") & pl.col("kind").is_in(strong_kinds)).sort("start")
    if not len(strong) or len(strong) == len(table):
        return table
    starts, reach = strong["start"].to_numpy(), np.maximum.accumulate(strong["end"].to_numpy())
    begin, end = table["start"].to_numpy(), table["end"].to_numpy()
    before = np.searchsorted(starts, begin, side="right") - 1
    covered = (before >= 0) & (reach[np.maximum(before, 0)] >= end)
    if not covered.any():
        return table
    holder = np.maximum(before, 0)
    longer = (starts[holder] < begin) | (reach[holder] > end)
    weaker = np.array([kind.chance for kind in kinds])[table["kind"].to_numpy()] > WEAK
    inside = covered & longer & (weaker | ~table["valid"].to_numpy())
    return table.filter(pl.Series(~inside))


def apart(found: Candidates, passed: Bools) -> Bools:
    """Which candidates to keep where those of one kind overlap."""
    kept = np.ones(len(found), dtype=np.bool_)
    crossed = (found.kinds[1:] == found.kinds[:-1]) & (found.starts[1:] < found.ends[:-1])
    if not crossed.any():
        return kept
    crossing = set(np.unique(found.kinds[1:][crossed]).tolist())
    for number, part in found.parts():
        if number in crossing:
            kept[part] = False
            kept[part.start + _apart(found.starts[part], found.ends[part], passed[part])] = True
    return kept


def _apart(starts: Places, ends: Places, passed: Bools) -> Places:
    """Which matches of one kind to keep where they overlap: those that pass first, then the leftmost."""
    good = np.flatnonzero(passed)
    good = good[leftmost(starts[good], ends[good])]
    rest = np.flatnonzero(~passed)
    if len(good):
        before = np.searchsorted(starts[good], starts[rest], side="right") - 1
        touched = (before >= 0) & (ends[good][np.maximum(before, 0)] > starts[rest])
        following = np.minimum(before + 1, len(good) - 1)
        touched |= (before + 1 < len(good)) & (starts[good][following] < ends[rest])
        rest = rest[~touched]
    rest = rest[leftmost(starts[rest], ends[rest])]
    return np.sort(np.concatenate([good, rest]))


def disjoint(starts: Places, ends: Places) -> bool:
    """Whether sorted stretches do not overlap."""
    return len(starts) < 2 or bool((starts[1:] >= np.maximum.accumulate(ends)[:-1]).all())


def leftmost(starts: Places, ends: Places) -> Bools:
    """Of sorted stretches those that a reader from the left would take."""
    keep = np.ones(len(starts), dtype=np.bool_)
    if len(starts) < 2:
        return keep
    reach = np.maximum.accumulate(ends)
    alone = np.append(True, starts[1:] >= reach[:-1])  # the first of each cluster of stretches that overlap
    last = 0
    for row in np.flatnonzero(~alone).tolist():
        if alone[row - 1]:
            last = int(ends[row - 1])
        if starts[row] < last:
            keep[row] = False
        else:
            last = int(ends[row])
    return keep
