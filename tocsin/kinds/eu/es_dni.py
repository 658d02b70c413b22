"""The Spanish identity number (DNI): eight digits and a letter that is their rest by 23."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Equal, Letter, Modulo, Number
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def fake(rng: random.Random) -> str:
    """A number of the right form and letter, of nobody in particular."""
    number = rng.randrange(10**6, 10**8)
    return f"{number:08d}{rng.choice(('', '', '-', ' '))}{LETTERS[number % 23]}"


KIND = Kind(
    name="es.dni",
    label={"fr": "numéro d'identité espagnol (DNI)", "en": "Spanish identity number (DNI)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{8}[ -]?[A-Za-z]",
    normalise=(Drop(" -"), Upper()),
    check=Equal(Modulo(Number(0, 8), 23), Letter(8, LETTERS)),
    keyed=True,
    chance=0.0385,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("dni", "numero dni", "dni numero", "documento nacional de identidad", "documento identidad", "dni nif", "spanish identity number"),
    context=("dni", "documento nacional de identidad", "documento de identidad", "nif", "carnet de identidad"),
    fake=fake,
    valid=(
        *examples("es.dni", "54362315-K"),
        *examples("specimens of the Spanish Ministry of the Interior, quoted by many", "12345678Z", "99999999R"),
    ),
    invalid=("54362315Z", "54362315", "5436231K"),
    in_text=(
        ("DNI 54362315-K, expedido en Madrid.", ("54362315-K",)),
        ("Documento de identidad: 12345678Z", ("12345678Z",)),
        ("El DNI lleva una letra: 54362315Z no vale.", ()),
    ),
    citations=(stdnum("es.dni", "The last digit is a checksum letter."),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
