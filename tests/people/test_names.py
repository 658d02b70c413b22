"""Names made comparable: forms, phonetic keys, full names in two."""

from __future__ import annotations

import polars as pl
import pytest

from tocsin.people.folding import family_forms, folded, given_forms
from tocsin.people.fullname import split
from tocsin.people.phonetic import key


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dupont", "DUPONT"),
        ("Lefèvre", "LEFEVRE"),
        ("d'Arc", "D’ARC"),
        ("Le Goff", "LE-GOFF"),
        ("de La Fontaine", "LA FONTAINE"),
        ("Cœur", "COEUR"),
        ("Mme Durand", "Durand"),
    ],
)
def test_writings_of_one_surname_meet(one: str, two: str) -> None:
    assert family_forms(one)[0] == family_forms(two)[0]


@pytest.mark.parametrize(
    "text", ["Dupont ép. Martin", "DUPONT EPOUSE MARTIN", "Dupont-Martin", "Dupont née Martin"]
)
def test_both_names_of_a_person_are_known(text: str) -> None:
    assert {"dupont", "martin"} <= set(family_forms(text))


@pytest.mark.parametrize("text", ["INCONNU", "Anonyme", "xxx", "Test", "NC", "", "  ", "12"])
def test_placeholders_are_no_names(text: str) -> None:
    assert family_forms(text) == ()
    assert given_forms(text) == ()


def test_compound_given_names_meet_in_every_writing() -> None:
    for text in ("Jean-Pierre", "Jean Pierre", "JEAN-PIERRE", "jean-pierre, paul"):
        assert "jeanpierre" in given_forms(text)
        assert "jean" in given_forms(text)
    assert given_forms("Marie, Louise, Anne")[0] == "marie"


def test_other_scripts_are_transliterated() -> None:
    assert folded("Иванов").isascii()
    assert folded("Иванов") == folded("ИВАНОВ") != ""


@pytest.mark.parametrize(
    "alike",
    [
        ("dupont", "dupond", "duppont"),
        ("lefevre", "lefebvre", "lefaivre"),
        ("gauthier", "gautier"),
        ("philippe", "filipe"),
        ("renault", "renaud", "reneau"),
        ("durand", "durant"),
        ("meyer", "mayer"),
    ],
)
def test_names_that_sound_alike_share_a_key(alike: tuple[str, ...]) -> None:
    assert len({key(name) for name in alike}) == 1


@pytest.mark.parametrize(
    "apart", [("martin", "bernard"), ("blanc", "blanchet"), ("leroy", "leroux"), ("roux", "roche")]
)
def test_names_that_do_not_sound_alike_have_other_keys(apart: tuple[str, str]) -> None:
    assert key(apart[0]) != key(apart[1])


def test_full_names_are_split_as_their_column_writes_them() -> None:
    given_first = ["Jean Martin", "Marie Durand", "Nathalie Petit", "Pierre Paul"]
    family_first = ["Martin Jean", "Durand Marie", "Petit Nathalie", "Paul Pierre"]
    names = pl.Series(
        [
            *given_first,
            *family_first,
            "MARTIN Jean",
            "Jean MARTIN",
            "Martin, Jean",
            "Mme Jeanne de La Tour",
            None,
        ]
    )
    sources = pl.Series([0] * 4 + [1] * 4 + [2, 2, 2, 3, 3])
    found = split(names, sources)
    assert found["family"].to_list()[:8] == ["Martin", "Durand", "Petit", "Paul"] * 2
    assert found["given"].to_list()[8:11] == ["Jean", "Jean", "Jean"]
    assert found.row(11) == ("de La Tour", "Jeanne")
    assert found.row(12) == (None, None)
