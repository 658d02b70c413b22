"""Checks by whole columns say what the same checks say of one value: declared ones and invented trees."""

from __future__ import annotations

import random
import string

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kinds import checks as c
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Kind
from tocsin.scan.compiled import holds
from tocsin.scan.values import FEW, normal, valid

CHECKED = [kind for kind in bundled().values() if kind.check is not None]
CHARACTERS = string.digits + "ABCXYZ2B" + "-."
ALPHABETS = (c.DIGITS, c.BASE36, "TRWAGMYFPDXBNJZSQVHLCKE", "X0")


def agree(check: c.Check, values: list[str]) -> None:
    """Both evaluations give one answer for each value."""
    by_column = holds(check, pl.Series(values, dtype=pl.String))
    wrong = [at for at, value in enumerate(values) if check.holds(value) != by_column[at]]
    assert wrong == []


def mutated(value: str, rng: random.Random) -> str:
    """`value` with one character changed, dropped or added."""
    at = rng.randrange(len(value) + 1)
    middle = rng.choice(("", rng.choice(CHARACTERS), rng.choice(CHARACTERS) + value[at : at + 1]))
    return value[:at] + middle + value[at + 1 :]


@pytest.mark.parametrize("kind", CHECKED, ids=lambda kind: kind.name)
def test_declared_checks_agree_on_fakes_mutations_and_noise(kind: Kind, rng: random.Random) -> None:
    assert kind.check is not None
    genuine = [kind.normal(kind.fake(rng)) for _ in range(200)]
    values = [*genuine, *(mutated(value, rng) for value in genuine for _ in range(3))]
    values += ["".join(rng.choices(string.printable[:95], k=rng.randrange(1, 30))) for _ in range(200)]
    values += ["".join(rng.choices(string.digits, k=rng.randrange(1, 25))) for _ in range(200)]
    rng.shuffle(values)
    agree(kind.check, [value for value in values if value.isascii()])


@pytest.mark.parametrize("kind", [*bundled().values()], ids=lambda kind: kind.name)
def test_normal_forms_and_verdicts_by_column_are_those_of_one_value(kind: Kind, rng: random.Random) -> None:
    values = [kind.fake(rng).strip() for _ in range(2 * FEW)]
    values += [mutated(value, rng).strip() for value in values]
    by_column = normal(kind, pl.Series(values, dtype=pl.String))
    assert by_column.to_list() == [kind.normal(value) for value in values]
    one_by_one = [kind.check is None or kind.check.holds(value) for value in by_column]
    assert valid(kind, by_column).tolist() == one_by_one
    assert valid(kind, by_column.head(3)).tolist() == one_by_one[:3]


places = st.integers(-8, 8)
ends = st.none() | places
numbers = st.builds(c.Number, places, ends)
weighted = st.builds(
    c.Weighted,
    st.lists(st.integers(-3, 12), min_size=1, max_size=5).map(tuple),
    places,
    ends,
    st.sampled_from(ALPHABETS),
    st.booleans(),
    st.just(False),
)
summed = st.builds(
    c.Weighted,
    st.sampled_from(((1, 2), (2, 1), (1,))),
    places,
    ends,
    from_right=st.booleans(),
    sum_digits=st.just(True),
)
residues = st.builds(
    c.Residue,
    st.lists(st.tuples(places, ends), min_size=1, max_size=3).map(tuple),
    st.integers(2, 97),
    st.sampled_from(("none", "base36", "rib")),
)
leaves = (
    numbers
    | weighted
    | summed
    | residues
    | st.builds(c.Constant, st.integers(-5, 120))
    | st.builds(c.Letter, places, st.sampled_from(ALPHABETS))
)
terms = st.recursive(
    leaves,
    lambda inner: (
        st.builds(c.Modulo, inner, st.integers(2, 97))
        | st.builds(c.Sum, st.lists(st.tuples(st.integers(-9, 9), inner), min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=5,
)
texts = st.text(CHARACTERS, min_size=2, max_size=2)
facts = (
    st.builds(c.Equal, terms, terms)
    | st.builds(c.Within, terms, st.integers(-5, 50), st.integers(0, 9999))
    | st.builds(c.OneOf, places, ends, st.sets(st.text(CHARACTERS, min_size=1, max_size=3)).map(frozenset))
    | st.builds(
        c.OneOf, st.just(0), st.just(9), st.sets(st.text("01", min_size=9, max_size=9)).map(frozenset)
    )
    | st.builds(c.Length, st.lists(st.integers(0, 12), max_size=3).map(tuple))
    | st.builds(c.Calendar, numbers, numbers, numbers)
    | st.builds(c.TailOneOf, st.sampled_from("-.2A"), st.sets(st.text(CHARACTERS, max_size=2)).map(frozenset))
    | st.builds(c.Called, st.just(str.isdigit))
)


def joined(inner: st.SearchStrategy[c.Check]) -> st.SearchStrategy[c.Check]:
    """Checks made of checks."""
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.builds(c.All, parts) | st.builds(c.Either, parts)


def recoded(inner: st.SearchStrategy[c.Check]) -> st.SearchStrategy[c.Check]:
    """Checks behind a change of two characters."""
    table = st.lists(st.tuples(texts, texts), max_size=3, unique_by=lambda pair: pair[0]).map(tuple)
    return st.integers(0, 6).flatmap(
        lambda at: st.builds(c.Recode, st.just(at), st.just(at + 2), table, inner)
    )


byte_facts = facts.filter(lambda check: not isinstance(check, c.TailOneOf | c.Called))
trees = st.recursive(facts | recoded(st.recursive(byte_facts, joined, max_leaves=3)), joined, max_leaves=5)
values = st.lists(st.text(CHARACTERS, min_size=1, max_size=12), min_size=1, max_size=30)


@given(check=trees, values=values)
def test_invented_checks_agree(check: c.Check, values: list[str]) -> None:
    agree(check, values)


@given(check=trees, length=st.integers(1, 12), seed=st.integers(0, 1 << 30))
def test_invented_checks_agree_on_columns_of_one_length(check: c.Check, length: int, seed: int) -> None:
    rng = random.Random(seed)
    agree(check, ["".join(rng.choices(CHARACTERS, k=length)) for _ in range(40)])


@given(day=st.dates())
def test_days_of_the_calendar_agree(day: object) -> None:
    check = c.Calendar(c.Number(0, 4), c.Number(4, 6), c.Number(6, 8))
    written = str(day).replace("-", "")
    agree(
        check, [written, written[:6] + "31", written[:6] + "00", written[:4] + "0229", "0000" + written[4:]]
    )


@pytest.mark.parametrize("modulus", [97, 11, 10, 99_999_989])
@pytest.mark.parametrize("length", [9, 10, 18, 24, 34])
def test_long_numbers_do_not_overflow(modulus: int, length: int) -> None:
    values = ["9" * length, "Z" * length, "1" + "0" * (length - 1), "9Z" * (length // 2)]
    for remainder in range(min(modulus, 200)):
        agree(c.Equal(c.Residue(((0, None),), modulus, "base36"), c.Constant(remainder)), values)


def test_an_empty_value_holds_nothing_that_asks_for_characters() -> None:
    assert holds(c.luhn(), pl.Series(["", "0", ""])).tolist() == [False, True, False]
    assert holds(c.luhn(), pl.Series([], dtype=pl.String)).dtype == np.bool_
