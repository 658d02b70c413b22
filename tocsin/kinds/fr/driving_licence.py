"""The number of a French driving licence, and of the file that precedes it (NEPH): twelve digits, or nine characters since 2013."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Either, Length, Number, Within
from tocsin.kinds.cited import read, remembered
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits


def fake(rng: random.Random) -> str:
    """A number of either form, of nobody in particular."""
    if rng.random() < 0.7:
        return f"{rng.randrange(100):02d}{rng.randrange(1, 13):02d}{rng.randrange(1, 96):02d}{digits(rng, 6)}"
    return f"{rng.randrange(13, 27)}{''.join(rng.choice('ABCDEFGHJKLMNPRSTVWXYZ') for _ in range(2))}{digits(rng, 5)}"


KIND = Kind(
    name="fr.driving_licence",
    label={"fr": "numéro de permis de conduire", "en": "French driving-licence number"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern="[0-9]{4} ?[0-9]{2} ?[0-9]{6}|[0-9]{2}[A-Z]{2}[0-9]{5}",
    normalise=(Drop(" "),),
    check=Either((All((Length((12,)), Within(Number(2, 4), 1, 12))), Length((9,)))),
    chance=0.56,
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "permis conduire", "permis de conduire", "num permis", "numero permis", "no permis", "n permis", "num permis conduire",
        "numero permis conduire", "numero de permis", "neph", "numero neph", "num neph", "driving licence", "driver license",
        "driving license", "driving licence number", "driver licence number", "licence conduire",
    ),
    context=("permis de conduire", "n° de permis", "numéro de permis", "neph", "driving licence", "driver's license"),
    fake=fake,
    invalid=("881392310285", "12345678901", "ABCDEFGHI"),
    in_text=(
        ("Permis de conduire n° 940675200123, catégorie B.", ("940675200123",)),
        ("Numéro NEPH : 0512 34 567890", ("0512 34 567890",)),
        ("Le permis de conduire est obligatoire pour ce poste.", ()),
    ),
    citations=(
        read(
            "Microsoft Purview, France driver's license number",
            "https://learn.microsoft.com/en-us/purview/sit-defn-france-drivers-license-number",
            "12 digits",
        ),
        remembered("the licence of 2013 bears a number of two digits, two letters and five digits"),
    ),
    dpv="https://w3id.org/dpv/pd#DrivingLicense",
    show=(2, 0),
    note={
        "fr": "Ni clé publique ni spécimen : l'en-tête ou le contexte est nécessaire. La forme de 2013 est citée de mémoire.",
        "en": "Neither public key nor specimen: a header or context is needed. The form of 2013 is from memory.",
    },
)
