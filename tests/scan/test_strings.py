"""Columns of strings as bytes: what is read is what stands there, and what is made is what was given."""

from __future__ import annotations

import gc
import random

import numpy as np
import polars as pl
import pytest

from tocsin.scan import strings
from tocsin.scan.strings import Strings, made


def column(seed: int) -> pl.Series:
    """Values of many lengths, some with accents, in one or several chunks, filtered or cut."""
    rng = random.Random(seed)
    values = ["".join(rng.choices("ab1é ", k=rng.randrange(1, 30))) for _ in range(rng.randrange(2, 300))]
    made = pl.Series(values)
    if seed % 2:
        made = pl.concat([made[: len(values) // 2], made[len(values) // 2 :]])
    if seed % 3 == 0:
        made = made.filter(pl.Series([rng.random() < 0.5 for _ in values]))
    return made[1:] if seed % 5 == 0 else made


@pytest.mark.parametrize("seed", range(40))
def test_the_bytes_of_a_column(seed: int) -> None:
    series = column(seed)
    told, values = Strings(series), [value.encode() for value in series]
    assert told.lengths.tolist() == [len(value) for value in values]
    if not values:
        return
    first, last = told.edges()
    assert (bytes(first), bytes(last)) == (
        bytes(value[0] for value in values),
        bytes(value[-1] for value in values),
    )
    for length in {len(value) for value in values}:
        rows = np.array([row for row, value in enumerate(values) if len(value) == length])
        matrix = told.matrix(rows, length)
        assert [bytes(one) for one in matrix.T] == [values[row] for row in rows]


@pytest.mark.parametrize("length", [1, 4, 12, 13, 27, 64])
def test_what_is_made_is_what_was_given(length: int) -> None:
    matrix = np.random.default_rng(length).integers(33, 127, (length, 500)).astype(np.uint8)
    series = made(matrix)
    assert series.to_list() == [bytes(one).decode() for one in matrix.T]
    again = series.clone()
    assert (Strings(again).matrix(None, length) == matrix).all()


def test_nothing_is_kept_of_a_column_that_is_gone() -> None:
    kept = len(strings._lent)
    series = made(np.full((8, 100), 65, dtype=np.uint8))
    assert series.unique().to_list() == ["A" * 8]
    del series
    gc.collect()
    assert len(strings._lent) == kept
