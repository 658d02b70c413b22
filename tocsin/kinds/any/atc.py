"""A code of the anatomical, therapeutic and chemical classification of medicines (ATC)."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Number, Within
from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs


def fake(rng: random.Random) -> str:
    """A code of the right form, of no medicine in particular."""
    letters = "ABCDEFGHX"
    return f"{rng.choice('ABCDGHJLMNPRSV')}{rng.randrange(1, 17):02d}{rng.choice(letters)}{rng.choice(letters)}{rng.randrange(1, 60):02d}"


KIND = Kind(
    name="any.atc",
    label={"fr": "code de médicament ATC", "en": "ATC code of a medicine"},
    category=Category.HEALTH,
    pattern="[ABCDGHJLMNPRSV][0-9]{2}[A-Z]{2}[0-9]{2}",
    check=Within(Number(1, 3), 1, 20),
    chance=0.2,
    needs=Needs.CONTEXT,
    headers=("atc", "code atc", "classe atc", "atc code", "atc5", "atc class", "classification atc"),
    context=("atc", "code atc", "classe thérapeutique", "médicament", "medicine"),
    fake=fake,
    valid=examples("WHO Collaborating Centre for Drug Statistics Methodology, ATC index (metformin, paracetamol, bisoprolol)", "A10BA02", "N02BE01", "C07AB07"),
    invalid=("A10BA2", "Z10BA02", "A99BA02"),
    in_text=(
        ("Traitement par metformine (ATC A10BA02).", ("A10BA02",)),
        ("Classe thérapeutique N02BE01", ("N02BE01",)),
        ("La pièce A10BA02 est en rupture.", ()),
    ),
    citations=(remembered("WHO Collaborating Centre, ATC/DDD index: structure and principles", "https://atcddd.fhi.no/atc/structure_and_principles/"),),
    dpv="https://w3id.org/dpv/pd#Prescription",
)
