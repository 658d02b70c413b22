"""The records' table of a block against a slow and plain reference."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tocsin.scan.found import Emission
from tocsin.scan.records import table

COLUMNS = ("any.email", "fr.nir", "fr.nir.invalid", "any.phone", "any.phone.invalid")
FIELDS = (None, "a", "b", "c")
Given = tuple[str, str | None, list[tuple[int, str]]]


def rows_of(height: int) -> st.SearchStrategy[list[tuple[int, str]]]:
    """Values of one field: rows in ascending order, some with several."""
    value = st.text("xyz0", min_size=1, max_size=3)
    return st.lists(st.tuples(st.integers(0, height - 1), value), min_size=1, max_size=12).map(
        lambda pairs: sorted(pairs, key=lambda pair: pair[0])
    )


blocks = st.integers(1, 8).flatmap(
    lambda height: st.tuples(
        st.just(height),
        st.lists(st.tuples(st.sampled_from(COLUMNS), st.sampled_from(FIELDS), rows_of(height)), max_size=7),
    )
)


def emission(given: Given) -> Emission:
    column, field, pairs = given
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    return Emission(column, field, rows, pl.Series([value for _, value in pairs], dtype=pl.String))


def reference(height: int, given: list[Given]) -> list[dict[str, object]]:
    """Row by row: each column's values in the order of the emissions, and their roles column by column."""
    ordered = sorted(given, key=lambda one: (one[0].endswith(".invalid"), one[0]))
    records = []
    for row in range(height):
        record: dict[str, list[str] | None] = dict.fromkeys(column for column, _, _ in ordered)
        roles: list[str] = []
        for column, field, pairs in ordered:
            values = [value for at, value in pairs if at == row]
            if values:
                record[column] = (record[column] or []) + values
                roles += [field or "text"] * len(values)
        records.append({**record, "roles": roles})
    return records


@given(block=blocks, first=st.integers(0, 1 << 40))
def test_every_record_and_role_is_that_of_the_reference(block: tuple[int, list[Given]], first: int) -> None:
    height, given_values = block
    numbers = pl.Series(range(first, first + 2 * height, 2), dtype=pl.UInt64)
    frame = table([emission(one) for one in given_values], numbers, 7, "x!/y.csv")
    assert frame["record"].to_list() == numbers.to_list()
    assert frame["source_id"].to_list() == [7] * height
    assert frame["source"].cast(pl.String).to_list() == ["x!/y.csv"] * height
    assert frame["mention"].to_list() == [0] * height
    assert frame.drop("source_id", "source", "record", "mention").to_dicts() == reference(
        height, given_values
    )


def test_roles_stay_with_their_values_when_very_many_columns_overflow_a_number() -> None:
    height = 40
    given_values: list[Given] = []
    for column in range(60):
        pairs = [(row, f"{column}") for row in range(height) for _ in range((row * column) % 4)]
        given_values.append((f"any.k{column:02d}", f"f{column}", pairs or [(0, "x")]))
    frame = table([emission(one) for one in given_values], pl.Series(range(height), dtype=pl.UInt64), 0, "s")
    assert frame["roles"].to_list() == [record["roles"] for record in reference(height, given_values)]


def test_a_block_without_values_still_has_its_records() -> None:
    frame = table([], pl.Series([5, 6], dtype=pl.UInt64), 1, "s")
    assert frame["record"].to_list() == [5, 6]
    assert frame["roles"].to_list() == [[], []]


def test_no_record_at_all() -> None:
    assert len(table([], pl.Series([], dtype=pl.UInt64), 1, "s")) == 0
