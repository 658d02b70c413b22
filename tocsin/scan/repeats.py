"""Repetition is a gift: a column whose values recur is worked on by its distinct values."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.scan.arrays import Bools, Places

Codes = npt.NDArray[np.int64]
LOOKED_AT = 2000
RECURRING = 0.4
# Values are told apart by 64 bits that nobody outside can foresee, so that no file makes two of them one.
SEED = secrets.randbits(63)


@dataclass(frozen=True, slots=True)
class Folded:
    """The distinct values of a column in the order in which they first come, and for each cell which it holds."""

    values: pl.Series
    codes: Codes

    def counts(self) -> Codes:
        """How many cells hold each distinct value."""
        return np.bincount(self.codes, minlength=len(self.values)).astype(np.int64)

    def firsts(self) -> Places:
        """The first cell that holds each distinct value."""
        firsts = np.zeros(len(self.values), dtype=np.int64)
        firsts[self.codes[::-1]] = np.arange(len(self.codes) - 1, -1, -1)
        return firsts


@dataclass(frozen=True, slots=True)
class Cells:
    """The filled cells of a column: their rows, and their values, one a cell or, where they recur, folded."""

    at: Places
    values: pl.Series
    fold: Folded | None = None

    def __len__(self) -> int:
        return len(self.at)

    def each(self) -> pl.Series:
        """One value a cell."""
        return self.values if self.fold is None else self.values.gather(self.fold.codes)

    def counts(self) -> Codes | None:
        """How many cells hold each value; None for one each."""
        return None if self.fold is None else self.fold.counts()

    def spread(self, chosen: Bools) -> Bools:
        """What is said of the values, said of the cells."""
        return chosen if self.fold is None else chosen[self.fold.codes]

    def kept(self, chosen: Bools) -> Cells:
        """The cells whose value is chosen."""
        if chosen.all():
            return self
        values = self.values.filter(pl.Series(chosen))
        if self.fold is None:
            return Cells(self.at[chosen], values)
        cells = chosen[self.fold.codes]
        codes = (np.cumsum(chosen) - 1)[self.fold.codes[cells]]
        return Cells(self.at[cells], values, Folded(values, codes))


def folded(values: pl.Series) -> Folded | None:
    """`values` (no nulls) folded where few of them differ, None where most do.

    Of k values drawn from d equally common ones some k²/2d pairs are equal: the repeats in a sample tell d.
    """
    if len(values) < LOOKED_AT:
        return None
    some = values.gather(np.linspace(0, len(values) - 1, LOOKED_AT).astype(np.int64))
    repeats = LOOKED_AT - some.n_unique()
    if 2 * repeats * RECURRING * len(values) < LOOKED_AT * LOOKED_AT:
        return None
    return alike(values)


def alike(values: pl.Series) -> Folded:
    """`values` folded, whether they recur or not."""
    firsts = _firsts(values.hash(SEED).to_numpy())
    flags = np.zeros(len(values), dtype=np.bool_)
    flags[firsts] = True
    distinct = np.flatnonzero(flags)
    numbers = np.zeros(len(values), dtype=np.int64)
    numbers[distinct] = np.arange(len(distinct))
    return Folded(values.gather(distinct), numbers.take(firsts))


def _firsts(hashes: npt.NDArray[np.uint64]) -> Places:
    """For each row the first row that has its hash.

    Sixteen bits of the hash choose a slot, which the first row of all takes; rows with another hash than the
    first of their slot try the next sixteen bits.
    """
    firsts, same = _by_slot(hashes, 48)
    left = np.flatnonzero(~same)
    for shift in (32, 16, 0):
        if not len(left):
            return firsts
        mine = hashes[left]
        first, same = _by_slot(mine, shift)
        firsts[left[same]] = left[first[same]]
        left = left[~same]
    numbered = pl.DataFrame({"hash": hashes[left], "row": left}).with_columns(
        pl.col("row").first().over("hash")
    )
    firsts[left] = numbered["row"].to_numpy()
    return firsts


def _by_slot(hashes: npt.NDArray[np.uint64], shift: int) -> tuple[Places, Bools]:
    """The first row of each row's slot, and whether it has the same hash."""
    slot = (hashes >> np.uint64(shift)).astype(np.uint16).astype(np.int64)
    slots = np.zeros(1 << 16, dtype=np.int64)
    slots[slot[::-1]] = np.arange(len(slot) - 1, -1, -1)
    first = slots.take(slot)
    return first, hashes.take(first) == hashes


def unfolded(table: pl.DataFrame, cells: Codes, fold: Folded) -> tuple[pl.DataFrame, Codes]:
    """Occurrences in distinct values (row i of `table` in distinct value cells[i]) as occurrences in all cells.

    Gives the longer table and, for each of its rows, the cell; cells in ascending order for each occurrence.
    """
    holds = np.zeros(len(fold.values), dtype=np.bool_)
    holds[cells] = True
    where = np.flatnonzero(holds[fold.codes])
    left = pl.DataFrame({"code": fold.codes[where], "cell": where})
    right = pl.DataFrame({"code": cells, "occurrence": np.arange(len(cells))})
    both = right.join(left, on="code", how="inner", maintain_order="left_right")
    return table[both["occurrence"]], both["cell"].to_numpy()
