"""The Swiss social-security number (AHV, AVS), thirteen digits that begin with 756."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Constant, Equal, Modulo, Weighted
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups, weighted


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, often with its points."""
    body = f"756{digits(rng, 9)}"
    number = f"{body}{-weighted(body, (1, 3)) % 10}"
    return groups(number, 3, 4, 4, 2, by=".") if rng.random() < 0.6 else number


KIND = Kind(
    name="ch.ssn",
    label={"fr": "numéro AVS suisse", "en": "Swiss social-security number (AHV, AVS)"},
    category=Category.NATIONAL_ID,
    pattern="756[ .-]?[0-9]{4}[ .-]?[0-9]{4}[ .-]?[0-9]{2}",
    normalise=(Drop(" .-"),),
    check=Equal(Modulo(Weighted((1, 3)), 10), Constant(0)),
    keyed=True,
    chance=0.1,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "avs", "numero avs", "no avs", "num avs", "ahv", "ahv nummer", "ahv nr", "avs nummer", "navs13", "navs", "ahvn13",
        "sozialversicherungsnummer", "numero d assure avs", "swiss social security number", "numero avs suisse",
    ),
    context=("avs", "ahv", "navs", "sozialversicherungsnummer", "assuré suisse"),
    fake=fake,
    valid=(
        *examples("ch.ssn", "7569217076985", "756.9217.0769.85"),
        *examples("specimen of the Swiss compensation office (CdC/ZAS), quoted by many", "756.1234.5678.97"),
        *examples("specimen card of the Swiss compensation office, quoted by many", "756.9999.9999.91"),
    ),
    invalid=("756.9217.0769.84", "123.4567.8910.19"),
    in_text=(
        ("Numéro AVS : 756.9217.0769.85.", ("756.9217.0769.85",)),
        ("AHV-Nr. 7561234567897", ("7561234567897",)),
        ("Le numéro AVS compte treize chiffres, pas 7569217076984.", ()),
    ),
    citations=(stdnum("ch.ssn", "The number is validated using EAN-13, though dashes are substituted for dots."),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    aliases=("ch.ahv", "ch.avs"),
)
