"""A passport number of any country; France's own form is another kind."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import digits


def fake(rng: random.Random) -> str:
    """A number of one of the common forms, of nobody in particular."""
    letters = "ABCDEFGHJKLMNPRSTVWXYZ"
    return rng.choice((digits(rng, 9), f"{rng.choice(letters)}{digits(rng, 8)}", f"{rng.choice(letters)}{rng.choice(letters)}{digits(rng, 7)}"))


KIND = Kind(
    name="any.passport",
    label={"fr": "numéro de passeport", "en": "passport number"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern="[A-Z]{1,3}[0-9]{6,8}|[0-9]{7,9}|[A-Z][0-9]{2}[0-9A-Z]{2}[0-9][0-9A-Z]{2,3}",
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "passeport", "num passeport", "numero passeport", "no passeport", "numero de passeport", "passeport etranger", "passport",
        "passport number", "passport no", "passport id", "foreign passport", "reisepass", "pasaporte", "passaporto",
    ),
    context=("passeport", "passport", "reisepass", "pasaporte", "passaporto"),
    fake=fake,
    valid=examples("ICAO Doc 9303, specimen of Utopia, and specimens of German and British passports quoted by many", "L898902C3", "C01X00T47", "925665416"),
    invalid=("12345", "ABCDEFGHI", "1234567890"),
    in_text=(
        ("Passeport suisse X1234567, valable jusqu'en 2031.", ("X1234567",)),
        ("Passport number 925665416, issued in London", ("925665416",)),
        ("Le passeport se demande en mairie.", ()),
    ),
    citations=(remembered("ICAO Doc 9303 part 4: the document number has at most nine characters"),),
    dpv="https://w3id.org/dpv/pd#Passport",
    show=(1, 0),
    note={
        "fr": "Chaque pays a sa forme et aucune n'a de clé hors de la bande MRZ : l'en-tête ou le contexte est nécessaire.",
        "en": "Every country has its form and none a key outside the machine-readable zone: a header or context is needed.",
    },
)
