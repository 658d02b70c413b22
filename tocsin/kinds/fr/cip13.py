"""The code of a French medicine's box (CIP-13): 34009, a number and an EAN digit."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Constant, Equal, Modulo, Weighted
from tocsin.kinds.cited import examples, read, remembered
from tocsin.kinds.kind import Category, Drop, Kind
from tocsin.kinds.making import digits, groups, weighted


def fake(rng: random.Random) -> str:
    """A code of the right form and key, of no medicine in particular."""
    body = f"34009{digits(rng, 7)}"
    number = f"{body}{-weighted(body, (1, 3)) % 10}"
    return groups(number, 5, 3, 3, 2) if rng.random() < 0.3 else number


KIND = Kind(
    name="fr.cip13",
    label={"fr": "code de médicament CIP-13", "en": "French medicine code (CIP-13)"},
    category=Category.HEALTH,
    pattern="34009 ?[0-9]{3} ?[0-9]{3} ?[0-9] ?[0-9]",
    normalise=(Drop(" "),),
    check=Equal(Modulo(Weighted((1, 3)), 10), Constant(0)),
    keyed=True,
    chance=0.1,
    prior=1.0,
    headers=("cip", "cip13", "cip 13", "code cip", "code cip13", "code cip 13", "cip medicament", "code medicament", "code presentation", "medicament cip"),
    context=("cip", "cip13", "cip-13", "médicament", "ordonnance", "délivrance", "pharmacie"),
    fake=fake,
    valid=examples("Base de données publique des médicaments, boxes quoted by many programs", "3400935955838", "34009 359 558 38", "3400949497294", "3400936403116"),
    invalid=("3400935955839", "3400835955838", "340093595583"),
    in_text=(
        ("Délivré : CIP 3400935955838, 2 boîtes", ("3400935955838",)),
        ("Médicament 34009 359 558 38", ("34009 359 558 38",)),
        ("Le code 3400935955839 n'est pas un CIP.", ()),
    ),
    citations=(
        read("Base de données publique des médicaments, CIS_CIP_bdpm.txt: présentations (CIP-13)", "https://base-donnees-publique.medicaments.gouv.fr/telechargement"),
        remembered("the CIP-13 is an EAN-13 with the prefix 34009"),
    ),
    dpv="https://w3id.org/dpv/pd#Prescription",
    note={
        "fr": "Un code de médicament ne dit rien d'une personne à lui seul ; à côté d'elle il dit son traitement.",
        "en": "A medicine's code alone says nothing of a person; beside one it says the treatment.",
    },
)
