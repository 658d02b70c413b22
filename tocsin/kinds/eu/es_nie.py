"""The Spanish number of a foreigner (NIE): X, Y or Z, seven digits and a letter."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Equal, Letter, Modulo, Number, Sum
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def fake(rng: random.Random) -> str:
    """A number of the right form and letter, of nobody in particular."""
    first, number = rng.randrange(3), rng.randrange(10**7)
    mark = rng.choice(("", "", "-"))
    return f"{'XYZ'[first]}{mark}{number:07d}{mark}{LETTERS[(first * 10**7 + number) % 23]}"


KIND = Kind(
    name="es.nie",
    label={"fr": "numéro d'étranger en Espagne (NIE)", "en": "Spanish number of a foreigner (NIE)"},
    category=Category.NATIONAL_ID,
    pattern="[XYZxyz][ -]?[0-9]{7}[ -]?[A-Za-z]",
    normalise=(Drop(" -"), Upper()),
    check=Equal(Modulo(Sum(((1, Number(1, 8)), (10**7, Letter(0, "XYZ")))), 23), Letter(8, LETTERS)),
    keyed=True,
    chance=0.0385,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("nie", "numero nie", "nie numero", "numero de identidad de extranjero", "identidad extranjero", "spanish foreigner number"),
    context=("nie", "numero de identidad de extranjero", "número de identidad de extranjero", "extranjero"),
    fake=fake,
    valid=(
        *examples("es.nie", "x-2482300w"),
        *examples("es.nif", "X-5253868-R"),
        *examples("examples of Spanish administrations' forms, quoted by many", "X1234567L", "Y1234567X", "Z1234567R"),
    ),
    invalid=("x-2482300a", "X2482300", "W1234567L"),
    in_text=(
        ("NIE X-2482300-W, residente.", ("X-2482300-W",)),
        ("Extranjero con NIE: Y1234567X", ("Y1234567X",)),
        ("El NIE X2482300A no vale.", ()),
    ),
    citations=(stdnum("es.nie", "the first digit is either X, Y or Z and last digit is a checksum letter"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
