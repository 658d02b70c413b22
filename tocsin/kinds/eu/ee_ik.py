"""The Estonian personal code (isikukood): century and sex, birth date, serial and key."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Constant, Either, Equal, Modulo, Number, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import born, digits, weighted

FIRST = Modulo(Weighted((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), 0, 10), 11)
SECOND = Modulo(Weighted((3, 4, 5, 6, 7, 8, 9, 1, 2, 3), 0, 10), 11)
LAST = Number(10, 11)
TEN = Constant(10)
KEY = Either((Equal(FIRST, LAST), All((Equal(FIRST, TEN), Equal(SECOND, LAST))), All((Equal(FIRST, TEN), Equal(SECOND, TEN), Equal(LAST, Constant(0))))))


def numbered(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, born before 2000."""
    body = f"{rng.choice('34')}{born(rng)}{digits(rng, 3)}"
    key = weighted(body, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if key == 10:
        key = weighted(body, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return f"{body}{key}"


KIND = Kind(
    name="ee.ik",
    label={"fr": "code personnel estonien (isikukood)", "en": "Estonian personal code (isikukood)"},
    category=Category.NATIONAL_ID,
    pattern="[1-8][0-9]{10}",
    check=All((Within(Number(3, 5), 1, 12), Within(Number(5, 7), 1, 31), KEY)),
    chance=0.0037,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("isikukood", "isiku kood", "estonian personal code", "estonian id code"),
    context=("isikukood", "isikukoodi", "estonian"),
    fake=numbered,
    valid=(*examples("ee.ik", "36805280109"), *examples("SK ID Solutions, accounts for tests of Mobile-ID and Smart-ID", "60001019906", "10101010005", "38001085718")),
    invalid=("36805280108", "36813280109"),
    in_text=(
        ("Isikukood: 36805280109", ("36805280109",)),
        ("Isikukood 60001019906, Tallinn", ("60001019906",)),
        ("Isikukood 36805280108 on vale.", ()),
    ),
    citations=(stdnum("ee.ik"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Deux restes peuvent donner la même clé : un chiffre changé peut passer.",
        "en": "Two rests may give the same key: a changed digit may pass.",
    },
)
