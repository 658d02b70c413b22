"""The Dutch citizen's service number (BSN), nine digits with the test of eleven."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Constant, Equal, Modulo, Number, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups, weighted


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular."""
    while True:
        body = digits(rng, 8)
        key = weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        if key < 10 and int(body):
            number = f"{body}{key}"
            return groups(number, 4, 2, 3, by=".") if rng.random() < 0.3 else number


KIND = Kind(
    name="nl.bsn",
    label={"fr": "numéro de citoyen néerlandais (BSN)", "en": "Dutch citizen's number (BSN)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{4}[ .]?[0-9]{2}[ .]?[0-9]{3}",
    normalise=(Drop(" ."),),
    check=All((Equal(Modulo(Weighted((9, 8, 7, 6, 5, 4, 3, 2, -1)), 11), Constant(0)), Within(Number(0, 9), 1, 10**9))),
    keyed=True,
    chance=0.091,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("bsn", "burgerservicenummer", "bsn nummer", "sofinummer", "sofi nummer", "bsn nr", "dutch citizen number"),
    context=("bsn", "burgerservicenummer", "sofinummer", "sofi-nummer"),
    fake=fake,
    valid=(
        *examples("nl.bsn", "1112.22.333"),
        *examples("tin_valid (GitHub), README, Netherlands", "174559434"),
        *examples("Dutch developers' test number, quoted by many", "123456782"),
    ),
    invalid=("1112.52.333", "1112223334", "000000000"),
    in_text=(
        ("BSN: 1112.22.333", ("1112.22.333",)),
        ("Burgerservicenummer 123456782", ("123456782",)),
        ("Het burgerservicenummer 111252333 klopt niet.", ()),
    ),
    citations=(stdnum("nl.bsn", "contains a simple checksum"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
