"""The serial number of a French health-insurance card (carte Vitale)."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, sometimes


def fake(rng: random.Random) -> str:
    """A number of the right form, of no card in particular, about one in three written in groups."""
    return sometimes(rng, "80250000" + digits(rng, 13), 10, by=" ")


KIND = Kind(
    name="fr.vitale",
    label={"fr": "numéro de carte Vitale", "en": "French health-insurance card number"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern="[0-9]{10} ?[0-9]{10} ?[0-9]",
    normalise=(Drop(" "),),
    needs=Needs.CONTEXT,
    headers=(
        "carte vitale",
        "num carte vitale",
        "numero carte vitale",
        "no carte vitale",
        "n carte vitale",
        "numero de carte vitale",
        "vitale",
        "num vitale",
        "numero vitale",
        "serie vitale",
        "carte assure social",
        "health insurance card number",
    ),
    context=("carte vitale", "vitale", "carte d'assuré social", "insurance card"),
    fake=fake,
    invalid=("8025000012345678901", "8025000012 34567 89012"),
    in_text=(
        ("Carte Vitale n° 8025000012 3456789012 3 déclarée perdue.", ("8025000012 3456789012 3",)),
        ("French health insurance card 802500001234567890123.", ("802500001234567890123",)),
        ("Pensez à mettre à jour votre carte Vitale.", ()),
    ),
    citations=(
        Citation(
            title="Microsoft Purview, France health insurance number",
            url="https://learn.microsoft.com/en-us/purview/sit-defn-france-health-insurance-number",
            quote="21-digit number",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    show=(2, 0),
    note={
        "fr": "Vingt et un chiffres sans clé connue : l'en-tête ou le contexte est nécessaire. Ce n'est pas le numéro de "
        "sécurité sociale, que la carte porte aussi.",
        "en": "Twenty-one digits without a known key: a header or context is needed. This is not the social-security "
        "number, which the card also bears.",
    },
)
