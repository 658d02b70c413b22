"""Tallies merge in any order and come back from the table in which they are kept."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import polars as pl
import pytest

from tests.scan.conftest import fakes
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Kind
from tocsin.scan.tally import TALLIES, Spot, Tallies, Tally, count, from_frame, to_frame

KINDS = list(bundled().values())
NAMES = [kind.name for kind in KINDS]
STORED = [kind for kind in KINDS if kind.family is not None]


def some(seed: int) -> Tallies:
    """Tallies of a few kinds in a few places."""
    rng = random.Random(seed)
    tallies = Tallies()
    for number in rng.sample(range(len(KINDS)), 8):
        spot = Spot(rng.choice((None, "a", "b")), rng.choice((None, "page 3")), number)
        values = pl.Series(
            [KINDS[number].normal(KINDS[number].fake(rng)) for _ in range(rng.randrange(1, 40))]
        )
        passed = np.array([rng.random() < 0.8 for _ in values])
        spoken = np.array([rng.random() < 0.5 for _ in values]) if rng.random() < 0.7 else None
        tally = tallies.at(spot)
        count(tally, KINDS[number], values, passed, spoken)
        tally.header = rng.choice((0.0, 0.5, 1.0))
        tally.whole = rng.random() < 0.5
        tally.samples = ["**", "*-*"][: rng.randrange(3)]
        tally.common = rng.randrange(3)
        if rng.random() < 0.3:
            tally.evidence, tally.confidence = "list", 0.75
    return tallies


def told(tally: Tally) -> dict[str, object]:
    """All that a tally says, but which samples it kept."""
    return {
        "counts": (tally.candidates, tally.valid, tally.announced, tally.common),
        "said": (tally.header, tally.evidence, tally.confidence, tally.whole),
        "distinct": (tally.distinct.count(), tally.distinct_announced.count()),
        "hashes": (tally.distinct.state()[0].tolist(), tally.distinct_announced.state()[0].tolist()),
        "families": dict(tally.families),
    }


def everything(tallies: Tallies) -> dict[Spot, dict[str, object]]:
    return {spot: told(tally) for spot, tally in tallies}


@pytest.mark.parametrize("seed", range(5))
def test_tallies_come_back_from_their_table(seed: int) -> None:
    tallies = some(seed)
    frame = to_frame(tallies, NAMES)
    again = from_frame(frame, NAMES)
    assert frame.schema == TALLIES
    assert to_frame(again, NAMES).equals(frame)
    assert everything(again) == everything(tallies)
    assert [tally.samples for _, tally in again] == [tally.samples for _, tally in tallies]


def test_no_tally_gives_an_empty_table_and_back() -> None:
    frame = to_frame(Tallies(), NAMES)
    assert (frame.schema, len(frame)) == (TALLIES, 0)
    assert everything(from_frame(frame, NAMES)) == {}


def test_kinds_are_known_by_name_in_another_catalogue() -> None:
    tallies = some(1)
    other = [*reversed(NAMES)]
    again = from_frame(to_frame(tallies, NAMES), other)
    by_name = {(spot.field, spot.place, other[spot.kind]) for spot, _ in again}
    assert by_name == {(spot.field, spot.place, NAMES[spot.kind]) for spot, _ in tallies}


def merged(*seeds: int) -> dict[Spot, dict[str, object]]:
    total = Tallies()
    for seed in seeds:
        total.merge(some(seed))
    return everything(total)


def test_the_order_of_merging_changes_nothing() -> None:
    names = ("counts", "distinct", "hashes", "families")
    one, two = merged(1, 2, 3, 4), merged(4, 2, 1, 3)
    assert one.keys() == two.keys()
    assert [{name: one[spot][name] for name in names} for spot in one] == [
        {name: two[spot][name] for name in names} for spot in one
    ]


def test_blocks_counted_apart_are_the_whole() -> None:
    kind = bundled()["fr.nir"]
    values = pl.Series([kind.normal(value) for value in fakes(kind, 200)])
    passed = np.arange(200) % 7 > 0
    whole, parts = Tally(), Tally()
    count(whole, kind, values, passed, None)
    for begin in range(0, 200, 30):
        one = Tally()
        count(one, kind, values[begin : begin + 30], passed[begin : begin + 30], None)
        parts.merge(one)
    assert told(parts) == told(whole)


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: kind.name)
def test_families_of_many_are_those_of_each(kind: Kind) -> None:
    values = [kind.normal(value) for value in fakes(kind, 400)]
    one_by_one = Counter(
        (kind.family(value) if kind.family else None, kind.grade(value) if kind.grade else None)
        for value in values
    )
    tally = Tally()
    count(tally, kind, pl.Series(values), np.ones(len(values), dtype=np.bool_), None)
    assert tally.families == one_by_one
