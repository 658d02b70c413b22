"""A nationality, as an adjective, a country or a country code, in French or English."""

from __future__ import annotations

import random

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.lists import rows


def fake(rng: random.Random) -> str:
    """French four times in five, else one of the list; the adjective in French, sometimes the code."""
    nations = rows("nationalities")
    nation = nations[0] if rng.random() < 0.8 else rng.choice(nations)
    form = rng.random()
    if form < 0.2 and nation[5]:
        return nation[5]
    return nation[1 if form < 0.6 else 0].capitalize()


KIND = Kind(
    name="any.nationality",
    label={"fr": "nationalité", "en": "nationality"},
    category=Category.IDENTITY,
    lexicon="nationalities",
    needs=Needs.HEADER,
    headers=(
        "nationalite",
        "nationality",
        "nation",
        "pays de nationalite",
        "code nationalite",
        "libelle nationalite",
        "citizenship",
        "citoyennete",
        "pays nationalite",
        "nat",
        "staatsangehorigkeit",
        "nacionalidad",
    ),
    fake=fake,
    citations=(Citation(title="ISO 3166-1, codes des noms de pays", verification=Verification.MEMORY),),
    note={
        "fr": "La table des nationalités est écrite pour Tocsin ; les codes de pays viennent de mémoire.",
        "en": "The table of nationalities was written for Tocsin; the country codes come from memory.",
    },
)
