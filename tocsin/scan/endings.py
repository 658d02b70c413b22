"""`TailOneOf` of the algebra by whole columns: whether values end in one of a list of endings."""

from __future__ import annotations

import numpy as np
import polars as pl

from tocsin.scan.arrays import Bools
from tocsin.scan.repeats import alike
from tocsin.scan.strings import Strings

FEW = 256


def ends_with(values: pl.Series, separator: str, allowed: frozenset[str]) -> Bools:
    """`TailOneOf` by the few different endings of eight bytes that a column has; by each value where there are many."""
    if len(values) >= FEW:
        endings = alike(pl.Series(Strings(values).tails()))
        if len(endings.values) <= len(values) // 4:
            written = [ending.to_bytes(8, "big").lstrip(b"\0") for ending in endings.values.to_list()]
            sign = separator.encode()
            if all(sign in ending for ending in written):
                words = {word.encode() for word in allowed}
                good = np.array([ending.rpartition(sign)[2] in words for ending in written])
                return good[endings.codes]
    tails = values.str.extract(f"[{_escaped(separator)}]([^{_escaped(separator)}]*)$", 1)
    return tails.is_in(list(allowed)).fill_null(False).to_numpy()


def _escaped(separator: str) -> str:
    return separator if separator.isalnum() else f"\\{separator}"
