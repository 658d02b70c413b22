"""A given name, judged by column against the names given in France since 1900."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.lists import draw


def fake(rng: random.Random) -> str:
    """A name drawn from the list, commoner ones more often; one in eight is a compound of two."""
    name = draw("given_names", rng)
    return f"{name}-{draw('given_names', rng)}" if rng.random() < 0.125 else name


KIND = Kind(
    name="any.given_name",
    label={"fr": "prénom", "en": "given name"},
    category=Category.IDENTITY,
    lexicon="given_names",
    needs=Needs.HEADER,
    headers=(
        "prenom",
        "prenoms",
        "prenom usuel",
        "premier prenom",
        "deuxieme prenom",
        "second prenom",
        "autres prenoms",
        "prenom 1",
        "prenom 2",
        "prenom patient",
        "first name",
        "given name",
        "forename",
        "middle name",
        "christian name",
        "fname",
        "prenom nais",
        "prnm",
        "pnom",
        "vorname",
        "nombre de pila",
    ),
    fake=fake,
    citations=(
        Citation(
            title="INSEE, Fichier des prénoms, édition de juin 2022",
            url="https://www.insee.fr/fr/statistiques/2540004",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    show=(1, 0),
)
