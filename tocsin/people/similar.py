"""How alike two values of a trait are, in whole arrays: levels from 0 (different) up, -1 where one is unknown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

Values = npt.NDArray[np.generic]
Levels = npt.NDArray[np.int8]
UNKNOWN, DIFFERENT = -1, 0
# Levels of names: the same, one begins the other or sounds so, few letters apart, somewhat alike.
SAME, BEGINS, CLOSE, FAR = 4, 3, 2, 1
# Levels of birth dates: the same, the known parts agree, one part differs or day and month are exchanged.
EQUAL, PARTIAL, NEAR = 3, 2, 1
CLOSE_AT, FAR_AT, BEGINS_FROM = 0.92, 0.82, 0.7


class Names:
    """The dictionary of names by hash."""

    def __init__(self, names: pl.DataFrame) -> None:
        known = names.unique("hash").sort("hash")
        self._hashes = known["hash"].to_numpy()
        self._texts = np.array([*known["name"].to_list(), ""], dtype=object)

    def alike(self, one: Values, two: Values) -> Levels:
        """Levels of names by their letters (Jaro-Winkler on folded names); each pair of names is looked at once."""
        level = np.where(one == two, SAME, DIFFERENT).astype(np.int8)
        level[(one == 0) | (two == 0)] = UNKNOWN
        apart = np.flatnonzero(level == DIFFERENT)
        if not len(apart):
            return level
        left, right = (np.searchsorted(self._hashes, side[apart]) for side in (one, two))
        packed = np.minimum(left, right) * len(self._texts) + np.maximum(left, right)
        pairs, back = np.unique(packed, return_inverse=True)
        level[apart] = self._graded(pairs // len(self._texts), pairs % len(self._texts))[back]
        return level

    def _graded(self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Levels:
        """Levels of pairs of different names, given by their places in the dictionary."""
        one, two = self._texts[left], self._texts[right]
        near = process.cpdist(one, two, scorer=JaroWinkler.normalized_similarity, dtype=np.float32)
        graded = np.select([near >= CLOSE_AT, near >= FAR_AT], [CLOSE, FAR], DIFFERENT).astype(np.int8)
        for at in np.flatnonzero(near >= BEGINS_FROM).tolist():
            short, long = sorted((one[at], two[at]), key=len)
            if len(short) > 2 and long.startswith(short):
                graded[at] = BEGINS
        return graded


def dates(one: Values, two: Values) -> Levels:
    """Levels of birth dates given as numbers (year * 10,000 + month * 100 + day, zeros unknown)."""
    first, second = one.astype(np.int32), two.astype(np.int32)
    year = (first // 10_000, second // 10_000)
    month = (first // 100 % 100, second // 100 % 100)
    day = (first % 100, second % 100)
    parts = [(a == b, (a == 0) | (b == 0)) for a, b in (year, month, day)]
    agree = sum((same & ~missing).astype(np.int8) for same, missing in parts)
    missing = sum(gone.astype(np.int8) for _, gone in parts)
    crossed = (year[0] == year[1]) & (month[0] == day[1]) & (day[0] == month[1]) & (month[0] > 0)
    level = np.full(len(one), DIFFERENT, dtype=np.int8)
    level[(agree == 2) & (missing == 0)] = NEAR
    level[crossed] = NEAR
    level[(missing > 0) & (agree + missing == 3)] = PARTIAL
    level[agree == 3] = EQUAL
    level[(one == 0) | (two == 0)] = UNKNOWN
    return level


def same(one: Values, two: Values) -> Levels:
    """1 equal, 0 different, -1 unknown."""
    level: Levels = np.equal(one, two).astype(np.int8)
    level[np.equal(one, 0) | np.equal(two, 0)] = UNKNOWN
    return level
