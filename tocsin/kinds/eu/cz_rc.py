"""The Czech and Slovak birth number (rodné číslo): the birth date and a serial, with a key since 1954."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Constant, Either, Equal, Length, Modulo, Number, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import born, digits

MONTH = Either(tuple(Within(Number(2, 4), first, first + 11) for first in (1, 21, 51, 71)))
REST = Modulo(Number(0, 9), 11)
LONG = All((Length((10,)), Either((Equal(REST, Number(9, 10)), All((Equal(REST, Constant(10)), Equal(Number(9, 10), Constant(0))))))))
# Nine digits were given until 1953 only; the century is not written.
SHORT = All((Length((9,)), Either((Within(Number(0, 2), 0, 53), Within(Number(0, 2), 80, 99)))))


def fake(rng: random.Random) -> str:
    """A number of ten digits of the right form and key, of nobody in particular, often with its stroke."""
    day = born(rng, first=1954)
    month = int(day[2:4]) + rng.choice((0, 50))
    body = f"{day[:2]}{month:02d}{day[4:]}{digits(rng, 3)}"
    number = f"{body}{int(body) % 11 % 10}"
    return f"{number[:6]}/{number[6:]}" if rng.random() < 0.6 else number


KIND = Kind(
    name="cz.rc",
    label={"fr": "numéro de naissance tchèque ou slovaque", "en": "Czech or Slovak birth number"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{6}[ /]?[0-9]{3,4}",
    normalise=(Drop(" /"),),
    check=All((MONTH, Within(Number(4, 6), 1, 31), Either((LONG, SHORT)))),
    chance=0.0592,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("rodne cislo", "rc", "rodnecislo", "cislo rodne", "birth number", "czech birth number"),
    context=("rodné číslo", "rodne cislo", "rodného čísla", "birth number"),
    fake=fake,
    valid=(
        *examples("cz.rc", "710319/2745", "991231123"),
        *examples("Czech documentation, quoted by many", "780123/3540"),
    ),
    invalid=("7103192746", "1103492745", "590312/123"),
    in_text=(
        ("Rodné číslo: 710319/2745", ("710319/2745",)),
        ("Birth number 7801233540", ("7801233540",)),
        ("Rodné číslo 7103192746 je chybné.", ()),
    ),
    citations=(stdnum("cz.rc"), stdnum("sk.rc", "This number is identical to the Czech counterpart.")),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    aliases=("sk.rc",),
    note={
        "fr": "Le numéro de neuf chiffres, d'avant 1954, n'a pas de clé : l'en-tête ou le contexte est nécessaire.",
        "en": "The number of nine digits, from before 1954, has no key: a header or context is needed.",
    },
)
