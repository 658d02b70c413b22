"""The Bulgarian personal number (EGN): the birth date, a serial and a key."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Either, Equal, Modulo, Number, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import born, digits, weighted

MONTH = Either(tuple(Within(Number(2, 4), first, first + 11) for first in (1, 21, 41)))


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular."""
    body = f"{born(rng)}{digits(rng, 3)}"
    return f"{body}{weighted(body, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10}"


KIND = Kind(
    name="bg.egn",
    label={"fr": "numéro personnel bulgare (EGN)", "en": "Bulgarian personal number (EGN)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{6} ?[0-9]{3} ?[0-9]",
    normalise=(Drop(" "),),
    check=All((MONTH, Within(Number(4, 6), 1, 31), Equal(Modulo(Modulo(Weighted((2, 4, 8, 5, 10, 9, 7, 3, 6), 0, 9), 11), 10), Number(9, 10)))),
    chance=0.0112,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("egn", "egn number", "personal number bulgaria", "bulgarian personal number"),
    context=("egn", "bulgarian", "bulgare"),
    fake=fake,
    valid=examples("bg.egn", "752316 926 3", "8032056031", "7542011030"),
    invalid=("8032056032", "8019010008", "75231692"),
    in_text=(
        ("EGN 752316 926 3, Sofia", ("752316 926 3",)),
        ("EGN: 8032056031", ("8032056031",)),
        ("The EGN 8032056032 is wrong.", ()),
    ),
    citations=(stdnum("bg.egn"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Les restes 0 et 10 ont la même clé : un chiffre changé peut passer.",
        "en": "Rests 0 and 10 have the same key: a changed digit may pass.",
    },
)
