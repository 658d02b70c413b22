"""The code of a laboratory test or clinical observation (LOINC): digits, a dash and a Luhn digit."""

from __future__ import annotations

import random

from tocsin.kinds.checks import luhn
from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import with_luhn


def fake(rng: random.Random) -> str:
    """A code of the right form and key, of no test in particular."""
    number = with_luhn(str(rng.randrange(100, 100_000)))
    return f"{number[:-1]}-{number[-1]}"


KIND = Kind(
    name="any.loinc",
    label={"fr": "code d'analyse LOINC", "en": "LOINC code of a laboratory test"},
    category=Category.HEALTH,
    pattern="[0-9]{3,6}-[0-9]",
    normalise=(Drop("-"),),
    check=luhn(),
    keyed=True,
    chance=0.1,
    needs=Needs.CONTEXT,
    headers=("loinc", "code loinc", "loinc code", "loinc num", "analyse loinc"),
    context=("loinc",),
    fake=fake,
    valid=examples("Regenstrief Institute, codes quoted by HL7 FHIR's examples (creatinine, haemoglobin, HbA1c, glucose)", "2160-0", "718-7", "4548-4", "2345-7"),
    invalid=("2160-1", "718-8", "2160"),
    in_text=(
        ("LOINC 718-7 : hémoglobine", ("718-7",)),
        ('"system": "http://loinc.org", "code": "2345-7" (loinc)', ("2345-7",)),
        ("LOINC 718-8 n'existe pas.", ()),
    ),
    citations=(remembered("Regenstrief Institute, LOINC Users' Guide: mod 10 check digit", "https://loinc.org/kb/users-guide/"),),
    dpv="https://w3id.org/dpv/pd#MedicalHealth",
    note={
        "fr": "Règle citée de mémoire, confirmée par quatre codes publics ; l'en-tête ou le contexte est nécessaire.",
        "en": "Rule from memory, confirmed by four public codes; a header or context is needed.",
    },
)
