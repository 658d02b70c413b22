"""The Swedish personal number (personnummer): the birth date, a serial and a Luhn digit."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Either, Number, Within, luhn
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import born, digits, with_luhn


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, often with its dash."""
    day = born(rng)
    number = with_luhn(f"{day}{digits(rng, 3)}")
    return f"{rng.choice(('', '', '19'))}{number[:6]}{rng.choice(('-', '-', ''))}{number[6:]}"


KIND = Kind(
    name="se.personnummer",
    label={"fr": "numéro personnel suédois", "en": "Swedish personal number"},
    category=Category.NATIONAL_ID,
    pattern="(?:19|20)?[0-9]{6}[+-]?[0-9]{4}",
    normalise=(Drop("-+"),),
    check=All((Within(Number(-8, -6), 1, 12), Either((Within(Number(-6, -4), 1, 31), Within(Number(-6, -4), 61, 91))), luhn(-10))),
    keyed=True,
    chance=0.0074,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("personnummer", "person nummer", "personnr", "samordningsnummer", "swedish personal number"),
    context=("personnummer", "personnr", "samordningsnummer"),
    fake=fake,
    valid=(*examples("se.personnummer", "880320-0016", "890102-3286"), *examples("Skatteverket, examples of a personnummer, quoted by many", "811228-9874", "19640823-3234")),
    invalid=("880320-0018", "881320-0016"),
    in_text=(
        ("Personnummer: 880320-0016", ("880320-0016",)),
        ("Personnr 8112289874, Uppsala", ("8112289874",)),
        ("Personnummer 8803200018 är fel.", ()),
    ),
    citations=(stdnum("se.personnummer"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
