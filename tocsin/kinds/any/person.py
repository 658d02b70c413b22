"""A person named in prose: found by the optional names of `tocsin[names]`, never in the rows of a table."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.kind import Category, Kind
from tocsin.kinds.lists import draw


def fake(rng: random.Random) -> str:
    """A given name and a surname drawn from the lists, of nobody in particular."""
    return f"{draw('given_names', rng)} {draw('surnames', rng)}"


KIND = Kind(
    name="any.person",
    label={"fr": "personne nommée dans un texte", "en": "person named in a text"},
    category=Category.IDENTITY,
    lexicon="persons_in_prose",
    fake=fake,
    citations=(Citation(title="no rule: a model and lists judge the sentence"),),
    dpv="https://w3id.org/dpv/pd#Name",
    show=(1, 0),
    note={
        "fr": "Cherchée seulement là où le complément des noms est installé ; sans lui, le rapport dit que les noms dans la prose ne sont pas couverts.",
        "en": "Looked for only where the optional part for names is installed; without it the report says that names in prose are not covered.",
    },
)
