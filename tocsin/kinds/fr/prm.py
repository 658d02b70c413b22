"""The delivery point of a French home's electricity (PRM, PDL) or gas (PCE): fourteen digits that say where somebody lives."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups


def fake(rng: random.Random) -> str:
    """A number of the right form, of no home in particular."""
    number = f"{rng.randrange(1, 31):02d}{digits(rng, 12)}"
    return groups(number, 3, 3, 3, 3, 2) if rng.random() < 0.25 else number


KIND = Kind(
    name="fr.prm",
    label={"fr": "point de livraison d'électricité ou de gaz (PRM, PCE)", "en": "French electricity or gas delivery point (PRM, PCE)"},
    category=Category.LOCATION,
    pattern="[0-9]{3} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}|GI[0-9]{6}",
    normalise=(Drop(" "),),
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "prm", "pdl", "pce", "numero prm", "num prm", "numero pdl", "num pdl", "numero pce", "num pce", "point de livraison",
        "point livraison", "reference pdl", "point de comptage", "prm enedis", "pce grdf", "id compteur linky", "rae",
    ),
    context=("prm", "pdl", "pce", "point de livraison", "linky", "enedis", "grdf", "compteur"),
    fake=fake,
    invalid=("1234567890123", "123456789012345", "GI12345"),
    in_text=(
        ("Compteur Linky, point de livraison 09 123 456 789 012", ()),
        ("PDL 09123456789012, 6 kVA", ("09123456789012",)),
        ("PCE GRDF : GI123456", ("GI123456",)),
        ("Le compteur sera relevé mardi.", ()),
    ),
    citations=(remembered("Enedis, documentation of Data Connect: usage_point_id of fourteen digits"),),
    dpv="https://w3id.org/dpv/pd#HouseOwned",
    show=(0, 2),
    note={
        "fr": "Forme citée de mémoire ; aucune clé vérifiée : l'en-tête ou le contexte est nécessaire.",
        "en": "Form from memory; no key verified: a header or context is needed.",
    },
)
