"""The Latvian personal code (personas kods): the birth date and five digits, or 32 and nine since 2017."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Constant, Either, Equal, Modulo, Number, Sum, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import born, digits, weighted

KEY = Equal(Modulo(Modulo(Sum(((1, Constant(1)), (1, Weighted((10, 5, 8, 4, 2, 1, 6, 3, 7, 9), 0, 10)))), 11), 10), Number(10, 11))
DATED = All((Within(Number(0, 2), 1, 31), Within(Number(2, 4), 1, 12)))


def fake(rng: random.Random) -> str:
    """A number of either form with its key, of nobody in particular, often with its dash."""
    body = f"{born(rng, '%d%m%y')}1{digits(rng, 3)}" if rng.random() < 0.6 else f"32{digits(rng, 8)}"
    number = f"{body}{(1 + weighted(body, (10, 5, 8, 4, 2, 1, 6, 3, 7, 9))) % 11 % 10}"
    return f"{number[:6]}-{number[6:]}" if rng.random() < 0.6 else number


KIND = Kind(
    name="lv.pk",
    label={"fr": "code personnel letton", "en": "Latvian personal code"},
    category=Category.NATIONAL_ID,
    pattern="[0-3][0-9]{5}-?[0-9]{5}",
    normalise=(Drop("-"),),
    check=All((Either((DATED, Equal(Number(0, 2), Constant(32)))), KEY)),
    chance=0.0118,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("personas kods", "personaskods", "latvian personal code"),
    context=("personas kods", "personas koda", "latvian"),
    fake=fake,
    valid=examples("lv.pvn", "161175-19997", "328673-00679", "16117519997"),
    invalid=("161375-19997", "328673-00677"),
    in_text=(
        ("Personas kods: 161175-19997", ("161175-19997",)),
        ("Personas kods 32867300679", ("32867300679",)),
        ("Personas kods 32867300677 nav pareizs.", ()),
    ),
    citations=(stdnum("lv.pvn", "Personal codes start \"32\"."),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Les restes 0 et 10 ont la même clé : un chiffre changé peut passer.",
        "en": "Rests 0 and 10 have the same key: a changed digit may pass.",
    },
)
