"""`TailOneOf` of the algebra by whole columns: whether values end in one of a list of endings."""

from __future__ import annotations

import numpy as np
import polars as pl

from tocsin.scan.arrays import Bools
from tocsin.scan.repeats import alike

TAIL = 8


def ends_with(values: pl.Series, separator: str, allowed: frozenset[str]) -> Bools:
    """`TailOneOf` by the few different endings that a column has; by each value where there are many."""
    endings = alike(values.str.tail(TAIL))
    written = endings.values.to_list() if len(endings.values) <= len(values) // 4 else []
    if written and all(separator in ending for ending in written):
        return np.array([ending.rpartition(separator)[2] in allowed for ending in written])[endings.codes]
    tails = values.str.extract(f"[{_escaped(separator)}]([^{_escaped(separator)}]*)$", 1)
    return tails.is_in(list(allowed)).fill_null(False).to_numpy()


def _escaped(separator: str) -> str:
    return separator if separator.isalnum() else f"\\{separator}"
