"""The German pension-insurance number (RVNR), which holds the birth date and the first letter of the birth name."""

from __future__ import annotations

import random

from tocsin.kinds.checks import (
    All,
    Check,
    Constant,
    Either,
    Equal,
    Letter,
    Modulo,
    Number,
    Sum,
    Weighted,
    Within,
)
from tocsin.kinds.cited import examples, read
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper
from tocsin.kinds.making import born, digits, groups

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DAY = Either((Within(Number(2, 4), 0, 31), Within(Number(2, 4), 51, 81)))
FACTORS = (2, 1, 2, 5, 7, 1, 2, 1)


def key(tens: int) -> Check:
    """The last digit, for the letters whose place in the alphabet has these tens (their digits count twice and once)."""
    total = Sum(
        (
            (1, Weighted(FACTORS, 0, 8, sum_digits=True)),
            (1, Letter(8, LETTERS)),
            (1, Constant(1 - 8 * tens)),
            (1, Weighted((2, 1), 9, 11, sum_digits=True)),
        )
    )
    places = Within(Letter(8, LETTERS), max(10 * tens - 1, 0), 10 * tens + 8)
    return All((places, Equal(Modulo(total, 10), Number(11, 12))))


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, often in groups."""
    start, letter, serial = f"{rng.randrange(2, 90):02d}{born(rng, '%d%m%y')}", rng.choice(LETTERS), digits(rng, 2)
    spelled = f"{start}{LETTERS.index(letter) + 1:02d}{serial}"
    products = (int(char) * by for char, by in zip(spelled, (*FACTORS, 2, 1, 2, 1), strict=True))
    key = sum(int(char) for product in products for char in str(product)) % 10
    number = f"{start}{letter}{serial}{key}"
    return groups(number, 2, 6, 1, 3) if rng.random() < 0.4 else number


KIND = Kind(
    name="de.rvnr",
    label={"fr": "numéro allemand d'assurance retraite (RVNR)", "en": "German pension-insurance number (RVNR)"},
    category=Category.NATIONAL_ID,
    pattern="[0-8][0-9] ?[0-9]{6} ?[A-Za-z] ?[0-9]{2} ?[0-9]",
    normalise=(Drop(" "), Upper()),
    check=All((Within(Number(0, 2), 2, 89), DAY, Within(Number(4, 6), 0, 12), Either((key(0), key(1), key(2))))),
    keyed=True,
    chance=0.0079,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "rvnr", "rentenversicherungsnummer", "sozialversicherungsnummer", "sv nummer", "sv nr", "vsnr", "rv nummer",
        "versicherungsnummer", "german pension number", "german social security number",
    ),
    context=(
        "rvnr", "rentenversicherungsnummer", "sozialversicherungsnummer", "vsnr", "sv-nummer", "rv-nummer", "versicherungsnummer",
    ),
    fake=fake,
    valid=(
        *examples("kryptografie.de, Sozialversicherungsnummer Prüfziffer", "10010490A443"),
        *examples("Presidio, DE_SOCIAL_SECURITY tests, and German articles on the number", "15070649C103", "15 070649 C 103"),
    ),
    invalid=("10010490A444", "65170839J088", "10011390A443"),
    in_text=(
        ("Rentenversicherungsnummer: 15 070649 C 103", ("15 070649 C 103",)),
        ("SV-Nummer 10010490A443", ("10010490A443",)),
        ("Die Rentenversicherungsnummer hat zwölf Stellen, nicht 10010490A444.", ()),
    ),
    citations=(
        read(
            "kryptografie.de, Sozialversicherungsnummer Prüfziffer",
            "http://kryptografie.de/kryptografie/chiffre/sozialversicherungsnummer.htm",
            "mit den Faktoren 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2 und 1 multipliziert",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    aliases=("de.pension", "de.svnr"),
    note={
        "fr": "Deux numéros publics seulement ont été trouvés avec leur clé ; celui que publie la Knappschaft "
        "(65170839J088) est un exemple sans clé juste.",
        "en": "Only two public numbers with their key were found; the one published by the Knappschaft (65170839J088) is "
        "an example without a right key.",
    },
)
