"""The Croatian personal number (OIB), eleven digits that say nothing of their bearer."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Called
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import digits
from tocsin.kinds.sums import mod_11_10


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular; the key is worked out apart from the check."""
    body = digits(rng, 10)
    rest = 5
    for char in body:
        rest = (rest * 2 % 11 + int(char)) % 10 or 10
    return f"{body}{(1 - rest * 2 % 11) % 10}"




KIND = Kind(
    name="hr.oib",
    label={"fr": "numéro personnel croate (OIB)", "en": "Croatian personal number (OIB)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{11}",
    check=Called(mod_11_10),
    keyed=True,
    chance=0.1,
    prior=-1.5,
    needs=Needs.CONTEXT,
    headers=("oib", "osobni identifikacijski broj", "oib broj", "croatian personal number"),
    context=("oib", "osobni identifikacijski broj"),
    fake=fake,
    valid=(*examples("hr.oib", "33392005961"), *examples("Croatian documentation and test suites, quoted by many", "94577403194", "12345678903")),
    invalid=("33392005962", "3339200596"),
    in_text=(
        ("OIB: 33392005961", ("33392005961",)),
        ("Osobni identifikacijski broj 12345678903", ("12345678903",)),
        ("OIB 33392005962 nije valjan.", ()),
    ),
    citations=(stdnum("hr.oib"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
