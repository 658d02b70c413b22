"""The provisional number of French social security (NNP) and that of migrants in passing (MIG): thirteen digits, no key."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, read
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups


def fake(rng: random.Random) -> str:
    """A number of the right form, of nobody in particular."""
    number = f"{rng.choice('5678')}{rng.choice('12')}{digits(rng, 11)}"
    return groups(number, 1, 1, 3, 8) if rng.random() < 0.35 else number


KIND = Kind(
    name="fr.provisional",
    face_of="fr.nia",
    label={"fr": "numéro provisoire de sécurité sociale (NNP, MIG)", "en": "French provisional number of social security (NNP, MIG)"},
    category=Category.NATIONAL_ID,
    pattern="[5-8] ?[12] ?[0-9]{3} ?[0-9]{8}",
    normalise=(Drop(" "),),
    needs=Needs.CONTEXT,
    headers=(
        "nnp", "num nnp", "numero nnp", "numero national provisoire", "numero provisoire", "nir provisoire", "mig", "numero mig",
        "migrant de passage", "nia", "numero nia", "provisional number",
    ),
    context=("nnp", "numéro national provisoire", "numéro provisoire", "migrant de passage", "nir provisoire", "immatriculation provisoire", "nia"),
    fake=fake,
    valid=examples(
        "CNAM, assurance-maladie-digital/nir-validation (GitHub), NnpValidatorSpec.php and MigValidatorSpec.php",
        "7112312345678", "8278965432189", "7 1 123 12345678", "5112312345678", "6 2 789 65432189",
    ),
    invalid=("2 2 789 65432189", "8 2 789 654321890", "7012312345678"),
    in_text=(
        ("Numéro provisoire : 7 1 123 12345678", ("7 1 123 12345678",)),
        ("NNP 8278965432189", ("8278965432189",)),
        ("Le numéro provisoire sera remplacé par le NIR.", ()),
    ),
    citations=(
        read(
            "CNAM, assurance-maladie-digital/nir-validation (GitHub), src/Constraints/NnpValidator.php",
            "https://github.com/assurance-maladie-digital/nir-validation",
            "7 pour un homme et 8 pour une femme",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    show=(1, 0),
    note={
        "fr": "Aucune clé : l'en-tête ou le contexte est nécessaire.",
        "en": "No key: a header or context is needed.",
    },
)
