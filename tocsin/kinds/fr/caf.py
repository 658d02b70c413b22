"""The number under which a French family-benefits office (CAF) knows a claimant: seven digits, no key."""

from __future__ import annotations

import random

from tocsin.kinds.cited import read
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper


def fake(rng: random.Random) -> str:
    """A number of the right form, of nobody in particular, sometimes with its letter."""
    return f"{rng.randrange(10**6, 10**7)}{rng.choice(('', '', ' ' + rng.choice('ABCDEFGHJKLMNPRSTVWXYZ')))}"


KIND = Kind(
    name="fr.caf",
    label={"fr": "numéro d'allocataire CAF", "en": "French family-benefits number (CAF)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{7}(?: ?[A-Za-z])?",
    normalise=(Drop(" "), Upper()),
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "numero allocataire", "num allocataire", "no allocataire", "n allocataire", "matricule caf", "numero caf", "num caf",
        "no caf", "caf", "allocataire caf", "matricule allocataire", "numero allocataire caf", "id allocataire", "code caf",
    ),
    context=("caf", "allocataire", "n° allocataire", "numéro d'allocataire", "allocations familiales"),
    fake=fake,
    invalid=("205599", "20559901", "ABCDEFG"),
    in_text=(
        ("Numéro d'allocataire CAF : 2055990", ("2055990",)),
        ("CAF du Rhône, matricule 3456789 K", ("3456789 K",)),
        ("La CAF verse les allocations le 5 du mois.", ()),
    ),
    citations=(read("betagouv, import template of family data (numéro d'allocataire 2055990)"),),
    dpv="https://w3id.org/dpv/pd#SocialStatus",
    show=(0, 2),
    note={
        "fr": "Ni clé ni règle publique : l'en-tête ou le contexte est nécessaire. Révèle que la personne reçoit des prestations.",
        "en": "Neither key nor public rule: a header or context is needed. Reveals that the person receives benefits.",
    },
)
