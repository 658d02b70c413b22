"""The records' table of a block: every record a row, one list of normal values a kind, and where each came from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.scan.found import Emission
from tocsin.scan.repeats import alike

Counts = npt.NDArray[np.int64]
MANY = 1 << 60


def table(
    emissions: Sequence[Emission],
    numbers: pl.Series,
    source_id: int,
    source: str,
    mentions: pl.Series | None = None,
) -> pl.DataFrame:
    """Rows in the order of `numbers` (the records' numbers), mention 0 or as told; `roles` names each value's field.

    Roles follow the columns from left to right, the values of a list in order; a value from running text
    has the role "text".
    """
    height = len(numbers)
    parts = sorted(emissions, key=lambda emission: (emission.column.endswith(".invalid"), emission.column))
    lists = [_lists(part, height) for part in parts]
    columns: dict[str, pl.Series] = {}
    for part, (values, _) in zip(parts, lists, strict=True):
        columns[part.column] = values if part.column not in columns else _both(columns[part.column], values)
    frame = pl.DataFrame(columns) if columns else pl.DataFrame({"none": [None] * height}).select([])
    roles = _roles([part.field or "text" for part in parts], [counts for _, counts in lists], height)
    head = pl.DataFrame(
        {
            "source_id": pl.Series(np.full(height, source_id, dtype=np.int32)),
            "source": pl.repeat(source, height, dtype=pl.Categorical(), eager=True),
            "record": numbers.cast(pl.Int64),
            "mention": pl.Series(np.zeros(height, dtype=np.int32)) if mentions is None else mentions,
        }
    )
    return (
        pl.concat([head, frame, roles.to_frame("roles")], how="horizontal")
        if columns
        else head.with_columns(roles.alias("roles"))
    )


def _lists(part: Emission, height: int) -> tuple[pl.Series, Counts]:
    """A list column of `height` rows for one emission, null where it gives nothing; and its counts."""
    rows, values = part.rows, part.values
    single = bool((np.diff(rows) > 0).all()) if len(rows) > 1 else True
    if not single:
        grouped = (
            pl.DataFrame({"row": rows, "value": values})
            .group_by("row", maintain_order=True)
            .agg(pl.col("value"))
        )
        rows = grouped["row"].to_numpy()
        lists, lengths = grouped["value"], grouped["value"].list.len().to_numpy().astype(np.int64)
    else:
        lists = pl.select(pl.concat_list(values)).to_series()
        lengths = np.ones(len(rows), dtype=np.int64)
    counts = np.zeros(height, dtype=np.int64)
    counts[rows] = lengths
    if len(rows) == height:
        return lists, counts
    places = np.full(height, -1, dtype=np.int64)
    places[rows] = np.arange(len(rows))
    index = pl.Series(places)
    return lists.gather(index.set(index < 0, None)), counts


def _both(one: pl.Series, two: pl.Series) -> pl.Series:
    """Two list columns joined row by row, a null giving nothing."""
    frame = pl.DataFrame({"one": one, "two": two})
    return frame.select(
        pl.when(pl.col("one").is_null())
        .then(pl.col("two"))
        .when(pl.col("two").is_null())
        .then(pl.col("one"))
        .otherwise(pl.concat_list("one", "two"))
    ).to_series()


def _roles(fields: Sequence[str], counts: Sequence[Counts], height: int) -> pl.Series:
    """For each row the fields of its values; rows alike share one list."""
    if not fields:
        return pl.Series([[]] * height, dtype=pl.List(pl.String))
    signature = np.zeros(height, dtype=np.int64)
    reach = 1
    for count in counts:
        least, most = int(count.min(initial=0)), int(count.max(initial=0))
        if least == most:
            continue
        base = most + 1
        if reach * base > MANY:
            signature = alike(pl.Series(signature)).codes
            reach = int(signature.max(initial=0)) + 1
        signature = signature * base + count
        reach *= base
    kinds = alike(pl.Series(signature))
    first, which = kinds.firsts(), kinds.codes
    lists = [
        [field for field, count in zip(fields, counts, strict=True) for _ in range(int(count[row]))]
        for row in first.tolist()
    ]
    return pl.Series(lists, dtype=pl.List(pl.String)).gather(which)
