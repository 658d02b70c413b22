"""The algebra of checks: what is undefined is never yes, and each term means what its name says."""

from __future__ import annotations

import random
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as stdnum_luhn
from stdnum.iso7064 import mod_97_10

from tocsin.kinds.catalogue import bundled
from tocsin.kinds.checks import (
    BASE36,
    All,
    Calendar,
    Check,
    Constant,
    Either,
    Equal,
    Length,
    Letter,
    Modulo,
    Number,
    OneOf,
    Recode,
    Residue,
    Sum,
    Term,
    Weighted,
    Within,
    letter_value,
    luhn,
)

WIDE = 10**30
DIGITS = st.text(string.digits, min_size=1, max_size=18)
ANY = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=24)
PLACES = st.integers(-12, 12)
ENDS = st.one_of(st.none(), PLACES)
TERMS: st.SearchStrategy[Term] = st.recursive(
    st.one_of(
        st.builds(Number, PLACES, ENDS),
        st.builds(
            Residue, st.lists(st.tuples(PLACES, ENDS), min_size=1, max_size=2).map(tuple), st.integers(2, 600)
        ),
        st.builds(Weighted, st.just((1, 2)), PLACES, ENDS),
        st.builds(Letter, PLACES, st.sampled_from((string.digits, BASE36))),
    ),
    lambda inner: st.one_of(
        st.builds(Modulo, inner, st.integers(2, 97)),
        st.builds(lambda one, two: Sum(((1, one), (-1, two))), inner, inner),
    ),
    max_leaves=4,
)


@given(TERMS, ANY)
def test_a_check_over_an_undefined_term_is_no(term: Term, value: str) -> None:
    undefined = term.of(value) is None
    assert Within(term, -WIDE, WIDE).holds(value) is not undefined
    assert Equal(term, term).holds(value) is not undefined


@given(TERMS, ANY)
def test_nothing_turns_undefined_into_yes(term: Term, value: str) -> None:
    """No check over one undefined term holds, however it is wrapped."""
    if term.of(value) is None:
        held: list[Check] = [
            Equal(term, Constant(0)),
            Equal(Constant(0), Modulo(term, 2)),
            Within(Sum(((0, term), (1, Constant(1)))), 1, 1),
            All((Within(term, -WIDE, WIDE),)),
            Either((Within(term, -WIDE, WIDE), Equal(term, Constant(1)))),
        ]
        assert [check.holds(value) for check in held] == [False] * len(held)


@given(ANY)
def test_places_beyond_the_end_are_undefined(value: str) -> None:
    beyond = len(value) + 1
    assert Number(beyond, beyond + 1).of(value) is None
    assert Letter(beyond, BASE36).of(value) is None
    assert Letter(-beyond, BASE36).of(value) is None
    assert Residue(((0, beyond),), 97).of(value) is None
    assert not OneOf(0, beyond, frozenset({value})).holds(value)
    assert not Recode(0, beyond, (), Length((len(value),))).holds(value)


@given(DIGITS)
def test_luhn_is_stdnum_luhn(value: str) -> None:
    assert luhn().holds(value) == stdnum_luhn.is_valid(value)


@given(st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=34))
def test_base36_residue_is_iso_7064(value: str) -> None:
    assert Residue(((0, None),), 97, "base36").of(value) == mod_97_10.checksum(value)


@given(st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=30), st.integers(2, 1000))
def test_residue_is_the_residue_of_the_whole_number(value: str, modulus: int) -> None:
    written = "".join(str(int(char, 36)) for char in value)
    assert Residue(((0, None),), modulus, "base36").of(value) == int(written) % modulus


@given(DIGITS, DIGITS, st.integers(2, 1000))
def test_pieces_are_written_one_after_the_other(first: str, second: str, modulus: int) -> None:
    cut = len(first)
    assert Residue(((cut, None), (0, cut)), modulus).of(first + second) == int(second + first) % modulus


def test_letters_of_a_rib_are_the_published_table() -> None:
    """Wikipédia, Clé RIB: A J are 1, B K S are 2, … I R Z are 9."""
    table = ("AJ", "BKS", "CLT", "DMU", "ENV", "FOW", "GPX", "HQY", "IRZ")
    worth = {char: number for number, chars in enumerate(table, start=1) for char in chars}
    assert {char: letter_value(char, "rib") for char in string.ascii_uppercase} == worth
    assert [letter_value(char, "none") for char in "A a-é"] == [None] * 5


@given(DIGITS)
def test_number_is_the_number_written(value: str) -> None:
    assert Number().of(value) == int(value)
    assert Number(-1, None).of(value) == int(value[-1])


@pytest.mark.parametrize("value", ["", "12a", "١٢", "1 2", "-1", "²"])
def test_only_ascii_digits_make_a_number(value: str) -> None:
    assert Number().of(value) is None
    assert Weighted((1,)).of(value) is None


@given(DIGITS, st.lists(st.integers(-9, 9), min_size=1, max_size=5))
def test_weights_repeat_from_either_end(value: str, weights: list[int]) -> None:
    left = sum(int(char) * weights[at % len(weights)] for at, char in enumerate(value))
    assert Weighted(tuple(weights)).of(value) == left
    assert Weighted(tuple(weights), from_right=True).of(value[::-1]) == left


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_calendar_is_the_gregorian_one(year: int, month: int, day: int) -> None:
    try:
        expected = date(year, month, day).year == year
    except ValueError:
        expected = False
    check = Calendar(Number(0, 4), Number(4, 6), Number(6, 8))
    assert check.holds(f"{year:04d}{month:02d}{day:02d}") is expected


def test_recode_changes_its_place_only() -> None:
    corsica = Recode(5, 7, (("2A", "19"), ("2B", "18")), Equal(Number(), Constant(1234519)))
    assert corsica.holds("123452A")
    assert corsica.holds("1234519")
    assert not corsica.holds("123452B")
    assert not corsica.holds("12345")


@given(ANY)
def test_all_of_nothing_is_yes_and_either_of_nothing_is_no(value: str) -> None:
    assert All(()).holds(value)
    assert not Either(()).holds(value)


def test_no_check_of_a_kind_raises_on_rubbish() -> None:
    rng = random.Random(20261121)
    rubbish = ["", " ", "é", "²", "٣" * 15, "0" * 400, "A" * 40, "\x00" * 13]
    rubbish += ["".join(chr(rng.randrange(32, 127)) for _ in range(rng.randrange(40))) for _ in range(300)]
    for kind in bundled().values():
        if kind.check is not None:
            assert all(kind.check.holds(value) in (True, False) for value in rubbish)
