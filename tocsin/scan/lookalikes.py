"""Bare numbers beside one that a kind took: the look-alikes that the kind's own shape does not show.

One reference number in a column of them that happens to look like a telephone number is held against all
of them, not against itself alone.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from tocsin.scan.anchors import positions
from tocsin.scan.arrays import Bytes, Places
from tocsin.scan.repeats import Folded


def lookalikes_in_cells(
    values: pl.Series, fold: Folded | None, table: pl.DataFrame, cell: Places, breaks: Places, text: bytes
) -> dict[int, int]:
    """For each kind that was found as a whole bare number: the other bare numbers of that length in the column."""
    ends = np.append(breaks[1:] - 1, len(text))
    lengths = ends - breaks
    whole = (table["start"].to_numpy() == breaks[cell]) & (table["end"].to_numpy() == ends[cell])
    if not whole.any():
        return {}
    bare = values.str.contains("^[0-9]+$").to_numpy()
    times = np.ones(len(values), dtype=np.int64) if fold is None else fold.counts()
    whole &= bare[cell]
    more: dict[int, int] = {}
    numbers = table["kind"].to_numpy()
    for number in np.unique(numbers[whole]).tolist():
        mine = cell[whole & (numbers == number)]
        alike = bare & np.isin(lengths, np.unique(lengths[mine]))
        more[number] = int(times[alike].sum() - times[np.unique(mine)].sum())
    return more


def lookalikes_in_text(text: bytes, table: pl.DataFrame) -> dict[int, int]:
    """For each kind that was found as a bare number: the other runs of as many digits in the text."""
    data: Bytes = np.frombuffer(text, dtype=np.uint8)
    digits = positions(data, 48, 57)
    if not len(digits):
        return {}
    gaps = np.diff(digits) > 1
    starts, ends = digits[np.append(True, gaps)], digits[np.append(gaps, True)] + 1
    begin, end = table["start"].to_numpy(), table["end"].to_numpy()
    run = np.minimum(np.searchsorted(starts, begin), len(starts) - 1)
    bare = (starts[run] == begin) & (ends[run] == end)
    often = np.bincount(ends - starts)
    numbers = table["kind"].to_numpy()
    more: dict[int, int] = {}
    for number in np.unique(numbers[bare]).tolist():
        lengths, mine = np.unique((end - begin)[bare & (numbers == number)], return_counts=True)
        more[number] = int(often[lengths].sum() - mine.sum())
    return more
