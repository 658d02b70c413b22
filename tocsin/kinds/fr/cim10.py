"""A diagnosis code of the CIM-10 (the French ICD-10): a letter, two digits, perhaps a subdivision."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Check, Either, Number, OneOf, Within
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs

# The last category of each letter's chapters; letters not named here go to 99.
LAST = {"D": 89, "E": 90, "H": 95, "K": 93, "P": 96, "T": 98, "Y": 98}
FIRST = {"V": 1}
FULL = frozenset("ABCFGIJLMNOQRSUWXZ")
CHECK: Check = Either(
    (
        OneOf(0, 1, FULL),
        *(
            All((OneOf(0, 1, frozenset(letter)), Within(Number(1, 3), 0, last)))
            for letter, last in LAST.items()
        ),
        *(
            All((OneOf(0, 1, frozenset(letter)), Within(Number(1, 3), first, 99)))
            for letter, first in FIRST.items()
        ),
    )
)


def fake(rng: random.Random) -> str:
    """A code of the commoner chapters, with or without its fourth character."""
    code = f"{rng.choice('ABCEFGIJKLMNR')}{rng.randrange(0, 90):02d}"
    return code if rng.random() < 0.3 else f"{code}.{rng.randrange(10)}"


KIND = Kind(
    name="fr.cim10",
    label={"fr": "code diagnostic CIM-10", "en": "ICD-10 diagnosis code"},
    category=Category.HEALTH,
    pattern="[A-Z][0-9][0-9](?:[.]?[0-9]{1,3}(?:[+][0-9])?)?",
    normalise=(Drop("."),),
    check=CHECK,
    chance=0.98,
    needs=Needs.CONTEXT,
    prior=-0.5,
    headers=(
        "cim10",
        "cim 10",
        "code cim10",
        "icd10",
        "icd 10",
        "icd",
        "diagnostic",
        "code diagnostic",
        "diag",
        "dp",
        "das",
        "diagnostic principal",
        "diagnostic associe",
        "diagnosis",
        "diagnosis code",
        "pathologie",
        "code pathologie",
        "ald",
        "code ald",
        "motif hospitalisation",
        "affection",
        "icd code",
    ),
    context=(
        "cim",
        "cim10",
        "cim-10",
        "icd",
        "icd-10",
        "diagnostic",
        "diagnosis",
        "diag",
        "ald",
        "pathologie",
    ),
    fake=fake,
    valid=tuple(
        Example(value=code, source="ATIH, CIM-10 FR à usage PMSI, volume 1")
        for code in ("C92.2", "D47.2", "F84.0")
    ),
    in_text=(
        ("Diagnostic principal : C92.2", ("C92.2",)),
        ("CIM-10 E119 et I10", ("E119", "I10")),
        ("sortie A10 vers le parking B12", ()),
    ),
    invalid=("H96", "K94.0", "D90", "V00", "AA1", "E1"),
    citations=(
        Citation(
            title="ATIH, CIM-10 FR à usage PMSI",
            url="https://www.atih.sante.fr/utilisation-des-codes-peres-et-des-codes-fils-de-la-cim-10",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
        Citation(
            title="OMS, ICD-10, list of chapters",
            url="https://icd.who.int/browse10",
            verification=Verification.MEMORY,
        ),
    ),
)
