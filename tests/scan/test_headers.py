"""Headers: taken apart into whole words, matched word by word, and refused where they name something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kinds.catalogue import bundled
from tocsin.scan.headers import about_something_else, matches, tokens

SURNAME = ("nom", "nom de famille", "last name")
BIRTH = ("date naissance", "date de naissance", "ddn", "birth date")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("dateNaissance", ("date", "naissance")),
        ("DATE_DE_NAISSANCE", ("date", "naissance")),
        ("NIRPatient", ("nir", "patient")),
        ("Prénom(s)", ("prenom",)),
        ("n° de sécu.", ("numero", "secu")),
        ("client.adresse[0].codePostal", ("client", "adresse", "0", "code", "postal")),
        ("tel2", ("tel", "2")),
        ("SCN-125", ("scn", "125")),
        ("L’adresse", ("adresse",)),
        ("", ()),
        ("___", ()),
    ],
)
def test_words_of_a_header(header: str, words: tuple[str, ...]) -> None:
    assert tokens(header) == words


@pytest.mark.parametrize(
    ("header", "kind", "strength"),
    [
        ("NOM", SURNAME, 1.0),
        ("lastName", SURNAME, 1.0),
        ("LASTNAME", SURNAME, 1.0),
        ("name_last", SURNAME, 1.0),
        ("nom_patient", SURNAME, 0.9),
        ("nom2", SURNAME, 1.0),
        ("noms", SURNAME, 1.0),
        ("nom usuel", SURNAME, 0.8),
        ("nom de ma grand-tante", SURNAME, 0.6),
        ("DateDeNaissance", BIRTH, 1.0),
        ("date_naissance_patient", BIRTH, 0.9),
    ],
)
def test_strength(header: str, kind: tuple[str, ...], strength: float) -> None:
    assert matches(tokens(header), kind) == strength


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("nom_fichier", SURNAME),
        ("nom_produit", SURNAME),
        ("nom_societe", SURNAME),
        ("nom d'utilisateur", SURNAME),
        ("nombre", SURNAME),
        ("prenom", SURNAME),
        ("renommage", SURNAME),
        ("ville_code", ("ville",)),
        ("code_ville", ("ville",)),
        ("date_maj", BIRTH),
        ("date", BIRTH),
        ("naissance_lieu", BIRTH),
        ("code", ("cvv", "code de verification")),
        ("SCN-125", ("cvv", "code de verification")),
        ("discount", ("disc", "count")),
        ("adresse_ip", ("adresse",)),
        ("adresse_mail", ("adresse",)),
        ("email_hash", ("email",)),
        ("", SURNAME),
    ],
)
def test_something_else(header: str, kind: tuple[str, ...]) -> None:
    assert matches(tokens(header), kind) == 0.0


def test_thing_words_bar_the_search_for_names() -> None:
    assert about_something_else(tokens("libelle_produit"))
    assert about_something_else(tokens("types"))
    assert not about_something_else(tokens("patient"))


@pytest.mark.parametrize("kind", list(bundled().values()), ids=lambda kind: kind.name)
def test_every_kind_is_announced_by_its_own_headers(kind: object) -> None:
    for header in kind.headers:  # type: ignore[attr-defined]
        for written in (header, header.upper(), header.replace(" ", "_"), header.title().replace(" ", "")):
            assert matches(tokens(written), kind.headers) == 1.0  # type: ignore[attr-defined]


@given(st.text(max_size=40))
def test_any_header_gives_folded_words_and_a_strength(header: str) -> None:
    words = tokens(header)
    assert all(word == word.lower() and " " not in word for word in words)
    assert 0.0 <= matches(words, SURNAME + BIRTH) <= 1.0
    assert matches(tokens("İ"), ("i",)) == 1.0
    if words:
        assert matches(words, (" ".join(words),)) == 1.0
