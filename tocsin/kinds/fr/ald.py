"""A French long-term illness paid in full (ALD), by its number in the list of thirty or by its words."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Swap

STARTS = "^ALD[ -]?(?:n ?° ?|No ?|no ?|numero )?"
WORDS = (
    "exonération ALD", "ALD exonérante", "ALD non exonérante", "prise en charge ALD", "en rapport avec l'ALD", "protocole de soins ALD",
    "protocole ALD", "ALD hors liste", "bénéficiaire de l'ALD", "exonération du ticket modérateur", "100 % ALD", "admis en ALD",
    "affection de longue durée exonérante", "prescriptions relatives au traitement de l'affection de longue durée",
)


def fake(rng: random.Random) -> str:
    """A number of the list, as it is written."""
    return f"{rng.choice(('ALD ', 'ALD n° ', 'ALD'))}{rng.randrange(1, 31)}"


KIND = Kind(
    name="fr.ald",
    label={"fr": "affection de longue durée (ALD)", "en": "French long-term illness (ALD)"},
    category=Category.HEALTH,
    pattern="ALD[ -]?(?:n ?° ?|No ?|no ?|numero )?[0-9]{1,2}",
    words=WORDS,
    normalise=(Swap(STARTS, ""),),
    fake=fake,
    valid=examples("Assurance maladie, list of the thirty long-term illnesses (ALD 8 diabetes, ALD 30 cancers, ALD 23 psychiatric)", "ALD 8", "ALD 30", "ALD n° 23"),
    invalid=("ALD", "ALDO 8", "ALD 123"),
    in_text=(
        ("Patiente en ALD 30 depuis 2019.", ("ALD 30",)),
        ("Ordonnance ALD n° 8", ("ALD n° 8",)),
        ("Le salon ouvre à 8 heures.", ()),
    ),
    citations=(remembered("Code de la sécurité sociale, article D. 160-4: liste des affections de longue durée"),),
    dpv="https://w3id.org/dpv/pd#MedicalHealth",
    note={
        "fr": "La liste est citée de mémoire ; le sigle suivi d'un numéro suffit à révéler une maladie.",
        "en": "The list is from memory; the abbreviation with a number is enough to reveal an illness.",
    },
)
