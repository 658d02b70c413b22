"""The number of a French long-term illness alone, under a header that says what it is."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Number, Within
from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs


def fake(rng: random.Random) -> str:
    """A number of the list of thirty."""
    return str(rng.randrange(1, 31))


KIND = Kind(
    name="fr.ald_number",
    face_of="fr.ald",
    label={"fr": "numéro d'affection de longue durée", "en": "number of a French long-term illness"},
    category=Category.HEALTH,
    pattern="[0-9]{1,2}",
    check=Within(Number(), 1, 32),
    chance=0.61,
    needs=Needs.HEADER,
    headers=("numero ald", "num ald", "no ald", "n ald", "liste ald", "ald numero", "ald liste"),
    fake=fake,
    valid=examples("Assurance maladie, list of the thirty long-term illnesses", "8", "23", "30"),
    invalid=("0", "45", "300"),
    in_text=(("Il a passé 8 jours à la mer.", ()),),
    citations=(remembered("Code de la sécurité sociale, article D. 160-4: liste des affections de longue durée"),),
    dpv="https://w3id.org/dpv/pd#MedicalHealth",
)
