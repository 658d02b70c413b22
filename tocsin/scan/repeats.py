"""Repetition is a gift: a column whose values recur is worked on by its distinct values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Codes = npt.NDArray[np.int64]
LOOKED_AT = 2000
RECURRING = 0.4


@dataclass(frozen=True, slots=True)
class Folded:
    """The distinct values of a column, and for each cell which of them it holds."""

    values: pl.Series
    codes: Codes

    def counts(self) -> Codes:
        """How many cells hold each distinct value."""
        return np.bincount(self.codes, minlength=len(self.values)).astype(np.int64)


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
    numbers = values.cast(pl.Categorical()).to_physical()
    firsts = (
        pl.DataFrame({"number": numbers, "row": np.arange(len(values), dtype=np.int64)})
        .group_by("number")
        .agg(pl.col("row").first())
        .sort("row")
    )
    places = np.zeros(int(firsts["number"].max() or 0) + 1, dtype=np.int64)  # type: ignore[arg-type]
    places[firsts["number"].to_numpy()] = np.arange(firsts.height)
    return Folded(values.gather(firsts["row"]), places[numbers.to_numpy()])


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
