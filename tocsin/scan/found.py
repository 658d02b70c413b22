"""What the scan of one block gives: counts, values for the records' table, and spans."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.scan.tally import Tallies

Indexes = npt.NDArray[np.int64]
SPANS = pl.Schema(
    {
        "record": pl.Int64(),
        "field": pl.String(),
        "start": pl.Int64(),
        "end": pl.Int64(),
        "kind": pl.UInt16(),
        "valid": pl.Boolean(),
        "announced": pl.Boolean(),
    }
)


@dataclass(frozen=True, slots=True)
class Emission:
    """Values for one column of `records`: which rows of the block they belong to (ascending), from which field."""

    column: str
    field: str | None
    rows: Indexes
    values: pl.Series


@dataclass(slots=True)
class Found:
    """What one block gave: counts, values for the records' table, and (where asked) spans."""

    tallies: Tallies = field(default_factory=Tallies)
    emissions: list[Emission] = field(default_factory=list)
    spans: list[pl.DataFrame] = field(default_factory=list)
