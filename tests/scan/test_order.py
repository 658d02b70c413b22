"""No kind hides another: any two fakes side by side are both found, and the order of the catalogue changes nothing."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import polars as pl
import pytest

from tests.scan.conftest import announced, bears, fakes, served
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Boundary, Kind
from tocsin.scan.search import Searcher

KINDS = served()
SEPARATORS = (" ", ",", "\t", "\n")


def allowed(first: Kind, second: Kind, separator: str) -> bool:
    """A line of its own wants a line break beside it; a password in clear may hold a comma."""
    if separator != "\n" and Boundary.LINE in (first.boundary, second.boundary):
        return False
    return separator != "," or first.face_of is None


def said(kind: Kind, value: str, separator: str) -> str:
    """A fake after the word that announces it."""
    word = announced(kind)
    return f"{word}{separator if separator == chr(10) else ' '}{value}" if word else value


@pytest.mark.parametrize("first", KINDS, ids=[kind.name for kind in KINDS])
def test_two_fakes_side_by_side_are_both_found(first: Kind, searcher: Searcher) -> None:
    """Every pair is a cell of its own, so that no word of another pair announces anything."""
    cells: list[str] = []
    wanted: dict[tuple[str, int, int], tuple[str, str, str]] = {}
    breaks = [0]
    for second, separator in product(KINDS, SEPARATORS):
        if not allowed(first, second, separator):
            continue
        for one, two in zip(fakes(first, 2, seed=1), fakes(second, 2, seed=2), strict=True):
            left, right = said(first, one, separator), said(second, two, separator)
            cells.append(f"{left}{separator}{right}")
            for kind, value, end in ((first, one, left), (second, two, cells[-1])):
                stop = breaks[-1] + len(end.encode())
                wanted[(bears(kind), stop - len(value.encode()), stop)] = (kind.name, second.name, separator)
            breaks.append(breaks[-1] + len(cells[-1].encode()) + 1)
    table = searcher.search("\n".join(cells).encode(), breaks=np.array(breaks[:-1]))
    rows = table.filter(pl.col("valid")).select("kind", "start", "end").iter_rows()
    found = {(searcher.kinds[number].name, start, end) for number, start, end in rows}
    missed = [spot for spot in wanted if spot not in found]
    ambiguous = [spot for spot in missed if any(crosses(one, spot) for one in found)]
    assert [wanted[spot] for spot in missed if spot not in ambiguous] == []
    assert len(ambiguous) <= 3


def crosses(one: tuple[str, int, int], spot: tuple[str, int, int]) -> bool:
    """Whether chance made a valid value of the end of one fake and the beginning of the next."""
    return one[1] < spot[2] and spot[1] < one[2] and (one[1] < spot[1] or one[2] > spot[2])


def mixed(rng: random.Random) -> str:
    """A text of fakes in any order, some announced, some damaged."""
    parts = []
    for kind in rng.sample(KINDS, 20):
        value = kind.fake(rng)
        if rng.random() < 0.2:
            value = value[:-1] + rng.choice("0123456789ax")
        parts.append(f"{announced(kind)} {value}" if rng.random() < 0.7 else value)
    return "".join(part + rng.choice(SEPARATORS) for part in parts)


def whole(searcher: Searcher, text: str) -> set[tuple[str, int, int, str, bool, bool]]:
    """All that a search says."""
    rows = searcher.search(text.encode()).iter_rows()
    return {(searcher.kinds[number].name, *rest) for number, *rest in rows}


def test_the_order_of_the_catalogue_changes_nothing(searcher: Searcher, rng: random.Random) -> None:
    backwards = Searcher(dict(reversed(bundled().items())))
    shuffled = Searcher(dict(rng.sample(list(bundled().items()), len(bundled()))))
    for _ in range(20):
        text = mixed(rng)
        found = whole(searcher, text)
        assert found
        assert whole(backwards, text) == found
        assert whole(shuffled, text) == found


def test_one_more_kind_takes_nothing_from_the_others(searcher: Searcher, rng: random.Random) -> None:
    """Each kind alone finds the genuine values that it finds among all."""
    text = mixed(rng)
    together = searcher.search(text.encode()).filter(pl.col("valid"))
    names = {searcher.kinds[number].name for number in together["kind"].unique()}
    assert len(names) > 5
    for name in sorted(names):
        family = {key: kind for key, kind in bundled().items() if name in (key, kind.face_of)}
        found = whole(Searcher(family), text)
        expected = {row for row in whole(searcher, text) if row[0] == name and row[4]}
        assert {row[:3] for row in expected} <= {row[:3] for row in found}
