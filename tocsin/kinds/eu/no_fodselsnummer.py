"""The Norwegian birth number (fødselsnummer): the birth date, a serial and two keys."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Constant, Either, Equal, Modulo, Number, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import born, weighted

FIRST = Equal(Modulo(Weighted((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), 0, 10), 11), Constant(0))
SECOND = Equal(Modulo(Weighted((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)), 11), Constant(0))
DAY = Either((Within(Number(0, 2), 1, 31), Within(Number(0, 2), 41, 71)))
MONTH = Either((Within(Number(2, 4), 1, 12), Within(Number(2, 4), 41, 52), Within(Number(2, 4), 81, 92)))


def fake(rng: random.Random) -> str:
    """A number of the right form and keys, of nobody in particular, born from 1940 to 1999."""
    while True:
        body = f"{born(rng, '%d%m%y', first=1940)}{rng.randrange(500):03d}"
        one = -weighted(body, (3, 7, 6, 1, 8, 9, 4, 5, 2)) % 11
        two = -weighted(f"{body}{one}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if one < 10 and two < 10:
            return f"{body[:6]}{rng.choice((' ', ''))}{body[6:]}{one}{two}"


KIND = Kind(
    name="no.fodselsnummer",
    label={"fr": "numéro de naissance norvégien", "en": "Norwegian birth number"},
    category=Category.NATIONAL_ID,
    pattern="[0-7][0-9]{5} ?[0-9]{5}",
    normalise=(Drop(" "),),
    check=All((DAY, MONTH, FIRST, SECOND)),
    keyed=True,
    chance=0.0023,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("fodselsnummer", "fodsels nummer", "personnummer", "fnr", "d nummer", "norwegian birth number"),
    context=("fødselsnummer", "fodselsnummer", "personnummer", "fnr", "d-nummer"),
    fake=fake,
    valid=(*examples("no.fodselsnummer", "151086 95088"), *examples("numbers for tests of Norwegian services, quoted by many", "01010750160", "21483609245")),
    invalid=("15108695077", "15138695088"),
    in_text=(
        ("Fødselsnummer 151086 95088", ("151086 95088",)),
        ("Fnr: 01010750160", ("01010750160",)),
        ("Fødselsnummer 15108695077 er feil.", ()),
    ),
    citations=(stdnum("no.fodselsnummer"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
