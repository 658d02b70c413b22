"""The number of a French passport: two digits, two letters, five digits."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper
from tocsin.kinds.making import digits, sometimes


def fake(rng: random.Random) -> str:
    """A number of the right form, of nobody in particular, some written in groups."""
    letters = rng.choice("ABCDEFHKPRTVZ") + rng.choice("ABCDEFHIKPRTVXYZ")
    return sometimes(rng, f"{rng.randrange(8, 27):02d}{letters}{digits(rng, 5)}", 2, 2, 5, by=" ")


KIND = Kind(
    name="fr.passport",
    label={"fr": "numéro de passeport français", "en": "French passport number"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern="[0-9][0-9][ .-]?[A-Za-z][A-Za-z][ .-]?[0-9][0-9][0-9][0-9][0-9]",
    normalise=(Drop(" .-"), Upper()),
    needs=Needs.CONTEXT,
    headers=(
        "passeport",
        "num passeport",
        "numero passeport",
        "no passeport",
        "n passeport",
        "passeport numero",
        "numero de passeport",
        "passeport francais",
        "passport",
        "passport number",
        "passport no",
        "passport num",
        "passport id",
        "pax passport",
    ),
    context=("passeport", "passport", "titre de voyage", "travel document"),
    fake=fake,
    invalid=("1AB123456", "12ABC1234", "12 AB 1234"),
    in_text=(
        ("Passeport n° 12 AB 34567 délivré à Lyon.", ("12 AB 34567",)),
        ("French passport number 19CD45678, valid ten years.", ("19CD45678",)),
        ("Son passeport est en cours de renouvellement.", ()),
    ),
    citations=(
        Citation(
            title="Microsoft Purview, France passport number",
            url="https://learn.microsoft.com/en-NZ/purview/sit-defn-france-passport-number",
            quote="two digits two letters (not case-sensitive) five digits",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#Passport",
    show=(2, 0),
    note={
        "fr": "Ni clé ni texte officiel lu hors de la bande MRZ : l'en-tête ou le contexte est nécessaire.",
        "en": "Neither key nor official text read outside the machine-readable zone: a header or context is needed.",
    },
)
