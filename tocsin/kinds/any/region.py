"""A region of France or one of its départements, by name."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.lists import rows


def fake(rng: random.Random) -> str:
    """A region of today."""
    return rng.choice([row[0] for row in rows("regions") if row[1] == "3"])


KIND = Kind(
    name="any.region",
    label={"fr": "région", "en": "region"},
    category=Category.CONTACT,
    lexicon="regions",
    needs=Needs.HEADER,
    headers=(
        "region",
        "nom region",
        "libelle region",
        "departement",
        "nom departement",
        "libelle departement",
        "dept",
        "dpt",
        "province",
        "state",
        "county",
        "region residence",
        "departement naissance",
        "lib dep",
        "lib reg",
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
    note={
        "fr": "Les noms de départements ne sont reconnus que sous un en-tête.",
        "en": "Names of départements are recognised under a header only.",
    },
)
