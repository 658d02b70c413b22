"""The Romanian personal number (CNP): sex and century, birth date, county, serial and key."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Constant, Either, Equal, Modulo, Number, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import born, weighted

REST = Modulo(Weighted((2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9), 0, 12), 11)
KEY = Either((Equal(REST, Number(12, 13)), All((Equal(REST, Constant(10)), Equal(Number(12, 13), Constant(1))))))
COUNTIES = Either((Within(Number(7, 9), 1, 48), Within(Number(7, 9), 51, 52), Within(Number(7, 9), 70, 70), Within(Number(7, 9), 80, 83)))


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular."""
    body = f"{rng.choice('12')}{born(rng)}{rng.randrange(1, 47):02d}{rng.randrange(1, 1000):03d}"
    key = weighted(body, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return f"{body}{1 if key == 10 else key}"


KIND = Kind(
    name="ro.cnp",
    label={"fr": "numéro personnel roumain (CNP)", "en": "Romanian personal number (CNP)"},
    category=Category.NATIONAL_ID,
    pattern="[1-9][0-9]{12}",
    check=All((Within(Number(3, 5), 1, 12), Within(Number(5, 7), 1, 31), COUNTIES, KEY)),
    chance=0.0019,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("cnp", "cod numeric personal", "numar cnp", "romanian personal number"),
    context=("cnp", "cod numeric personal"),
    fake=fake,
    valid=(
        *examples("ro.cnp", "1630615123457"),
        *examples("Romanian documentation and test suites, quoted by many", "1800101221144", "2931213173842"),
    ),
    invalid=("0800101221142", "1632215123457", "1630615993454", "1630615123458"),
    in_text=(
        ("CNP: 1630615123457", ("1630615123457",)),
        ("Cod numeric personal 1800101221144", ("1800101221144",)),
        ("CNP-ul 1630615123458 nu este valid.", ()),
    ),
    citations=(stdnum("ro.cnp"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Les restes 1 et 10 ont la même clé : un chiffre changé peut passer.",
        "en": "Rests 1 and 10 have the same key: a changed digit may pass.",
    },
)
