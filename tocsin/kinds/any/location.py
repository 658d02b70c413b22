"""A place named in prose: found by the optional names of `tocsin[names]`, never in the rows of a table."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.kind import Category, Kind
from tocsin.kinds.lists import draw


def fake(rng: random.Random) -> str:
    """A town drawn from the list."""
    return draw("communes", rng)


KIND = Kind(
    name="any.location",
    label={"fr": "lieu nommé dans un texte", "en": "place named in a text"},
    category=Category.LOCATION,
    lexicon="places_in_prose",
    fake=fake,
    citations=(Citation(title="no rule: a model and lists judge the sentence"),),
    dpv="https://w3id.org/dpv/pd#Location",
    note={
        "fr": "Cherché seulement là où le complément des noms est installé.",
        "en": "Looked for only where the optional part for names is installed.",
    },
)
