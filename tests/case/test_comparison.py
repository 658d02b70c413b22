"""A pile against what a case knows."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin import tables
from tocsin.case import compare
from tocsin.errors import UsageError

Row = tuple[str, str | None, int]
ROWS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["1" * 64, "2" * 64, None]), st.integers(0, 3)),
    unique_by=lambda row: row[0],
)


def known(rows: list[Row]) -> pl.DataFrame:
    data = [{"source": name, "sha256": sha256, "bytes": size} for name, sha256, size in rows]
    return pl.DataFrame(data, schema={name: tables.SOURCES[name] for name in ("source", "sha256", "bytes")})


@given(before=ROWS, seen=ROWS)
def test_every_source_is_new_or_the_same_or_changed(before: list[Row], seen: list[Row]) -> None:
    found = compare(known(before), seen)
    assert sorted((*found.new, *found.unchanged, *found.changed)) == sorted(name for name, _, _ in seen)
    assert set(found.new) == {name for name, _, _ in seen} - {name for name, _, _ in before}
    old = {name: (sha256, size) for name, sha256, size in before}
    for name, sha256, size in seen:
        if name in old and sha256 and old[name][0]:
            assert (name in found.changed) is (old[name][0] != sha256)
        elif name in old:
            assert (name in found.changed) is (old[name][1] != size)


@given(rows=ROWS)
def test_the_same_pile_is_nothing_to_do(rows: list[Row]) -> None:
    found = compare(known(rows), rows)
    assert (found.new, found.changed) == ((), ())
    found.refuse_changed()


def test_a_changed_source_is_refused_without_its_name() -> None:
    found = compare(known([("DUPONT.csv", "1" * 64, 3)]), [("DUPONT.csv", "2" * 64, 3)])
    with pytest.raises(UsageError) as caught:
        found.refuse_changed()
    assert (caught.value.code, caught.value.exit_code) == ("case.source_changed", 2)
    assert (caught.value.arguments, caught.value.place) == ({"count": 1}, None)
