"""The Polish national number (PESEL)."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Constant, Either, Equal, Modulo, Number, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import born, weighted

# The month carries the century: 01 to 12 for 1900, then 20 more for each century after it, 80 more for 1800.
MONTH = Either(tuple(Within(Number(2, 4), first, first + 11) for first in (1, 21, 41, 61, 81)))
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular; the key is worked out apart from the check."""
    body = f"{born(rng)}{rng.randrange(10000):04d}"
    return f"{body}{-weighted(body, (1, 3, 7, 9)) % 10}"


KIND = Kind(
    name="pl.pesel",
    label={"fr": "numéro national polonais (PESEL)", "en": "Polish national number (PESEL)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{11}",
    check=All((MONTH, Within(Number(4, 6), 1, 31), Equal(Modulo(Weighted(WEIGHTS), 10), Constant(0)))),
    keyed=True,
    chance=0.019,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("pesel", "numer pesel", "nr pesel", "pesel number"),
    context=("pesel",),
    fake=fake,
    valid=examples("pl.pesel", "44051401359", "02122401358", "02211307589"),
    invalid=("44051401358", "44131401354"),
    in_text=(
        ("Numer PESEL: 44051401359.", ("44051401359",)),
        ("PESEL 02211307589", ("02211307589",)),
        ("Numer PESEL 44051401358 jest błędny.", ()),
    ),
    citations=(stdnum("pl.pesel"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
