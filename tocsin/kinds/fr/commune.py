"""A French commune, by its INSEE code (here) or its name (judged by column)."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import OneOf
from tocsin.kinds.kind import Category, Example, Kind, Needs, Upper
from tocsin.kinds.lists import rows

CODES = frozenset(row[2] for row in rows("communes"))


def fake(rng: random.Random) -> str:
    """The INSEE code of some commune."""
    return rng.choice(rows("communes"))[2]


KIND = Kind(
    name="fr.commune",
    label={"fr": "commune française (code INSEE ou nom)", "en": "French commune (INSEE code or name)"},
    category=Category.CONTACT,
    pattern="[0-9][0-9ABab][0-9]{3}",
    normalise=(Upper(),),
    check=OneOf(0, 5, CODES),
    chance=round(len(CODES) / 120_000, 3),
    lexicon="communes",
    needs=Needs.HEADER,
    headers=(
        "commune",
        "code commune",
        "nom commune",
        "libelle commune",
        "code insee",
        "insee commune",
        "code insee commune",
        "insee com",
        "depcom",
        "cog",
        "code commune naissance",
        "commune naissance",
        "commune de naissance",
        "commune residence",
        "code insee naissance",
        "codgeo",
        "lib commune",
        "citycode",
    ),
    fake=fake,
    valid=tuple(
        Example(
            value=code,
            source="INSEE, Code officiel géographique 2026 (npm @etalab/decoupage-administratif 6.0.0)",
        )
        for code in ("01001", "13201", "97101")
    ),
    invalid=("00000", "99999", "75200", "96001"),
    citations=(
        Citation(
            title="INSEE, Code officiel géographique au 1er janvier 2026",
            url="https://www.insee.fr/fr/information/2560452",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    in_text=(("Le code commune 75056 suit le nom", ()),),
    show=(2, 0),
)
