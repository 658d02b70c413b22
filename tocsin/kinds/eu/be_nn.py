"""The Belgian national number (NN, NISS), and the BIS number of those who live elsewhere."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Check, Constant, Either, Equal, Modulo, Number, Sum, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs

FIRST = Number(0, 9)
MONTH = Either(tuple(Within(Number(2, 4), first, first + 12) for first in (0, 20, 40)))


def key(before: int) -> Check:
    """97 less the rest by 97 of the first nine digits, with the digit `before` written before them."""
    whole = Sum(((1, FIRST), (before, Constant(10**9))))
    return Equal(Number(9, 11), Sum(((1, Constant(97)), (-1, Modulo(whole, 97)))))


def fake(rng: random.Random) -> str:
    """A number of somebody born from 1930 to 2015, of nobody in particular."""
    year = rng.randrange(1930, 2016)
    body = f"{year % 100:02d}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}{rng.randrange(1, 998):03d}"
    number = f"{body}{97 - int(('2' if year >= 2000 else '') + body) % 97:02d}"
    if rng.random() < 0.35:
        return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"
    return number


KIND = Kind(
    name="be.nn",
    label={"fr": "numéro national belge (NISS)", "en": "Belgian national number (NISS)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{2}[ .]?[0-9]{2}[ .]?[0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{2}",
    normalise=(Drop(" .-"),),
    check=All((MONTH, Within(Number(4, 6), 0, 31), Either((key(0), key(2))))),
    chance=0.0025,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "niss", "numero national", "numero de registre national", "registre national", "rijksregisternummer", "insz",
        "numero niss", "num niss", "rrn", "rijksregister", "nationaal nummer", "numero bis", "belgian national number",
    ),
    context=(
        "niss", "insz", "registre national", "numéro national", "rijksregisternummer", "rijksregister", "numéro bis",
    ),
    fake=fake,
    valid=(
        *examples("be.nn", "85073003328", "17 07 30 033 84", "85.07.30-033 28"),
        *examples("be.bis", "98.47.28-997.65", "01 49 07 001 85"),
    ),
    invalid=("12345678901", "85073003329", "85133003328"),
    in_text=(
        ("Registre national : 85.07.30-033.28, né à Namur.", ("85.07.30-033.28",)),
        ("Rijksregisternummer 17073003384", ("17073003384",)),
        ("Le registre national belge compte onze chiffres, 12345678901 n'en est pas un.", ()),
    ),
    citations=(stdnum("be.ssn", "The final 2 digits form a check number based on the 9 preceding digits."),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    aliases=("be.bis", "be.ssn"),
    note={
        "fr": "Le siècle n'est pas écrit : la clé est celle de l'un ou de l'autre, et un chiffre changé peut passer pour "
        "l'autre siècle.",
        "en": "The century is not written: the key is that of one or the other, and a changed digit may pass for the "
        "other century.",
    },
)
