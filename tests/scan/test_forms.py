"""Whole columns by their form: what is told of them is what each value by itself would be told."""

from __future__ import annotations

import random
import re

import numpy as np
import polars as pl
import pytest

from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Kind
from tocsin.scan import forms

KINDS = [kind for kind in bundled().values() if kind.pattern is not None]
SHAPES = {"0": "0123456789", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "a": "abcdefghijklmnopqrstuvwxyz"}


def column(kind: Kind, seed: int, *, one_form: bool) -> pl.Series:
    """Fakes of a kind and others made of them by changing figures, now and then a letter."""
    rng = random.Random(f"{kind.name} {seed}")
    written = [value for value in (kind.fake(rng).strip() for _ in range(30)) if value]
    chosen = [rng.choice(written)] if one_form else written
    return pl.Series([changed(rng.choice(chosen), rng) for _ in range(forms.FEWEST + 200)], dtype=pl.String)


def changed(value: str, rng: random.Random) -> str:
    if rng.random() < 0.02:
        return value.replace("0", "é")
    parts = []
    for char in value:
        shape = next((chars for chars in SHAPES.values() if char in chars), char)
        parts.append(rng.choice(shape) if rng.random() < (0.3 if char.isdigit() else 0.02) else char)
    return "".join(parts)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_column_is_told_as_its_values_are(kind: Kind) -> None:
    shape = re.compile(kind.pattern or "", re.ASCII)
    for one_form in (True, False):
        values = column(kind, 1, one_form=one_form)
        known = forms.known(kind, values)
        if known is None:
            continue
        some = values.filter(pl.Series(known.rows)).to_list()
        assert all(shape.fullmatch(value) for value in some)
        normal = [kind.normal(value) for value in some]
        assert known.normal.to_list() == normal
        assert known.passed.tolist() == [kind.check is None or kind.check.holds(value) for value in normal]


@pytest.mark.parametrize(
    "name", ["fr.nir", "any.phone", "any.iban", "any.date", "any.birth_date", "fr.siren"]
)
def test_identifiers_of_one_form_are_all_known(name: str) -> None:
    written = {
        "fr.nir": lambda n: f"1{n % 100:02d}0675{n % 900 + 1:03d}{n % 999 + 1:03d}{n % 97 + 1:02d}",
        "any.phone": lambda n: f"06{n * 7919 % 10**8:08d}",
        "any.iban": lambda n: f"FR76{n * 104729 % 10**23:023d}",
        "any.date": lambda n: f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{1950 + n % 60}",
        "any.birth_date": lambda n: f"{1950 + n % 60}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
        "fr.siren": lambda n: f"{n * 7919 + 10**8}",
    }
    kind = bundled()[name]
    known = forms.known(kind, pl.Series([written[name](number) for number in range(2000)]))
    assert known is not None
    assert known.rows.mean() > 0.9


def test_other_values_take_their_places_among_those_known() -> None:
    kind = bundled()["fr.siren"]
    values = pl.Series([f"{number + 10**8}" if number % 3 else f"x{number}" for number in range(900)])
    known = forms.known(kind, values)
    assert known is not None
    rest = np.arange(900)[~known.rows]
    shaped = rest % 2 == 0
    both, normal, passed = known.beside(
        shaped, pl.Series([f"n{row}" for row in rest[shaped]]), shaped[shaped]
    )
    assert len(normal) == len(passed) == both.sum()
    wished = [f"n{row}" if row % 3 == 0 else f"{row + 10**8}" for row in np.flatnonzero(both)]
    assert normal.to_list() == wished


def test_few_values_and_kinds_without_a_pattern_are_left_alone() -> None:
    assert forms.known(bundled()["fr.siren"], pl.Series(["123456789"] * 10)) is None
    assert forms.known(bundled()["any.surname"], pl.Series(["MARTIN"] * 1000)) is None
