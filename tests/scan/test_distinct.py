"""Distinct values: exact to a million, then within one per cent; order and grouping change nothing."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.scan.distinct import EXACT, Distinct, Hashes, hashes


def of_range(first: int, last: int) -> Hashes:
    """The hashes of the numbers from `first` to before `last`, written."""
    return hashes(pl.arange(first, last, eager=True).cast(pl.String))


def counted(*parts: Hashes) -> Distinct:
    counter = Distinct()
    for part in parts:
        counter.add(part)
    return counter


@given(parts=st.lists(st.lists(st.integers(0, 50)), max_size=6))
def test_small_counts_are_those_of_a_set(parts: list[list[int]]) -> None:
    series = [hashes(pl.Series([str(number) for number in part], dtype=pl.String)) for part in parts]
    assert counted(*series).count() == (len({number for part in parts for number in part}), True)


def test_equal_values_have_one_hash_and_a_counted_state_is_sorted() -> None:
    found = hashes(pl.Series(["b", "a", "b", "c", "a"]))
    assert (found[0], found[1]) == (found[2], found[4])
    assert len(set(found.tolist())) == 3
    counter = Distinct()
    counter.add(found)
    assert counter.count() == (3, True)
    assert counter.state()[0].tolist() == sorted(set(found.tolist()))


def test_a_million_is_exact_and_one_more_is_not() -> None:
    counter = counted(of_range(0, 600_000), of_range(400_000, EXACT), of_range(0, EXACT))
    assert counter.count() == (EXACT, True)
    counter.add(of_range(EXACT, EXACT + 1))
    count, exact = counter.count()
    assert not exact
    assert abs(count - EXACT - 1) <= EXACT // 100


@pytest.mark.parametrize("seed", range(2))
def test_the_sketch_is_within_one_per_cent(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counter = Distinct()
    total = 0
    for size in (1_100_000, 1_400_000):
        counter.add(rng.integers(0, 1 << 63, size, dtype=np.uint64))
        total += size
        count, exact = counter.count()
        assert not exact
        assert abs(count - total) <= total / 100


def test_order_and_grouping_of_merges_change_nothing() -> None:
    parts = [of_range(begin, begin + 150_000) for begin in range(0, 1_350_000, 75_000)]
    straight = counted(*parts)
    rng = random.Random(3)
    rng.shuffle(parts)
    left, right = counted(*parts[:5]), counted(*parts[5:])
    left.count()
    left.merge(right)
    other = counted(*parts[9:])
    other.merge(counted(*parts[:9]))
    assert left.count() == straight.count() == other.count()
    assert left.state()[1] == straight.state()[1] == other.state()[1]


def test_merging_the_many_into_the_few_and_back() -> None:
    many, few = counted(of_range(0, 1_200_000)), counted(of_range(1_100_000, 1_300_000))
    one, two = counted(of_range(1_100_000, 1_300_000)), counted(of_range(0, 1_200_000))
    many.merge(few)
    one.merge(two)
    assert many.count() == one.count()
    assert not many.count()[1]
    assert abs(many.count()[0] - 1_300_000) <= 13_000


@pytest.mark.parametrize("size", [0, 1, 1000, 1_050_000])
def test_a_counter_comes_back_from_its_state(size: int) -> None:
    counter = counted(of_range(0, size))
    numbers, registers = counter.state()
    again = Distinct.of(numbers, registers)
    assert again.count() == counter.count()
    again.add(of_range(0, size // 2))
    assert again.count() == counter.count()
    assert (registers is None) == counter.count()[1]


def test_a_merge_leaves_the_other_as_it_was() -> None:
    one, two = counted(of_range(0, 10)), counted(of_range(5, 20))
    one.merge(two)
    assert (one.count(), two.count()) == ((20, True), (15, True))
