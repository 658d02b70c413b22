"""A medical procedure code of the CCAM: four letters and three digits."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, OneOf
from tocsin.kinds.kind import Category, Example, Kind, Needs, Upper

SYSTEMS = frozenset("ABCDEFGHJKLMNPQYZ")


def fake(rng: random.Random) -> str:
    """A code of the right shape whose first letter is an anatomical system."""
    return f"{rng.choice(sorted(SYSTEMS))}{''.join(rng.choice('ABCDEFGHJKLMPQ') for _ in range(3))}{rng.randrange(1, 900):03d}"


KIND = Kind(
    name="fr.ccam",
    label={"fr": "code d’acte médical CCAM", "en": "French medical procedure code (CCAM)"},
    category=Category.HEALTH,
    pattern="[A-Z]{4}[0-9]{3}",
    normalise=(Upper(),),
    check=All((OneOf(0, 1, SYSTEMS),)),
    chance=round(len(SYSTEMS) / 26, 3),
    needs=Needs.CONTEXT,
    headers=(
        "ccam",
        "code ccam",
        "acte ccam",
        "code acte",
        "acte",
        "actes",
        "acte medical",
        "code acte ccam",
        "cotation",
        "procedure",
        "procedure code",
    ),
    context=("ccam", "acte", "actes", "cotation", "acte technique", "acte médical"),
    fake=fake,
    note={
        "fr": "La première lettre (appareil anatomique) est vérifiée de mémoire, les autres ne le sont pas.",
        "en": "The first letter (anatomical system) is checked from memory, the others are not.",
    },
    valid=tuple(
        Example(value=code, source="Convention nationale des chirurgiens-dentistes 2018, annexe V")
        for code in ("HBLD680", "HBLD634", "HBLD038")
    ),
    in_text=(
        ("Acte CCAM HBLD038 en septembre", ("HBLD038",)),
        ("cotation : HBLD634", ("HBLD634",)),
        ("référence HBLD634 du catalogue", ()),
    ),
    invalid=("ABC1234", "ZZL025", "IBCD123", "ABCD12"),
    citations=(
        Citation(
            title="Convention nationale des chirurgiens-dentistes et de l’assurance maladie (2018), annexe V",
            url="https://legal.tricoteuses.fr/articles/JORFARTI000037335581",
            quote="HBLD038 | Pose d'une couronne dentaire dentoportée métallique",
            verification=Verification.PRIMARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
)
