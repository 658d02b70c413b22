"""`TailOneOf` of the algebra by whole columns: whether values end in one of a list of endings."""

from __future__ import annotations

import polars as pl

from tocsin.scan.arrays import Bools

TAIL = 8


def ends_with(values: pl.Series, separator: str, allowed: frozenset[str]) -> Bools:
    """`TailOneOf` by the few different endings that a column has; by each value where there are many."""
    endings = values.str.tail(TAIL)
    distinct = endings.unique()
    cut_off = [ending for ending in distinct.to_list() if separator not in ending]
    if len(distinct) > len(values) // 4 or cut_off:
        tails = values.str.extract(f"[{_escaped(separator)}]([^{_escaped(separator)}]*)$", 1)
        return tails.is_in(list(allowed)).fill_null(False).to_numpy()
    good = [ending for ending in distinct.to_list() if ending.rpartition(separator)[2] in allowed]
    return endings.is_in(good).to_numpy()


def _escaped(separator: str) -> str:
    return separator if separator.isalnum() else f"\\{separator}"
