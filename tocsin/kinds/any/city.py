"""A town, judged by column against the communes of France."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.lists import draw


def fake(rng: random.Random) -> str:
    """A commune of the list, in capitals one time in three."""
    town = draw("communes", rng)
    return town.upper() if rng.random() < 0.33 else town


KIND = Kind(
    name="any.city",
    label={"fr": "ville", "en": "city"},
    category=Category.CONTACT,
    lexicon="communes",
    needs=Needs.HEADER,
    headers=(
        "ville",
        "nom ville",
        "localite",
        "city",
        "town",
        "ville naissance",
        "lieu naissance",
        "ville residence",
        "adresse ville",
        "bureau distributeur",
        "lieu de naissance",
        "place of birth",
        "birth place",
        "birth city",
        "municipality",
        "locality",
        "domicile",
        "libelle ville",
        "ort",
        "ciudad",
    ),
    fake=fake,
    citations=(
        Citation(
            title="INSEE, Code officiel géographique au 1er janvier 2026",
            url="https://www.insee.fr/fr/information/2560452",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    show=(1, 0),
)
