"""The patient number of the British National Health Service (NHS), ten digits."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Constant, Equal, Modulo, Weighted
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups, weighted


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, often in groups."""
    while True:
        body = digits(rng, 9)
        key = -weighted(body, (10, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
        if key < 10:
            number = f"{body}{key}"
            return groups(number, 3, 3, 4) if rng.random() < 0.5 else number


KIND = Kind(
    name="gb.nhs",
    label={"fr": "numéro de patient britannique (NHS)", "en": "British patient number (NHS)"},
    category=Category.HEALTH,
    pattern="[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}",
    normalise=(Drop(" -"),),
    check=Equal(Modulo(Weighted((10, 9, 8, 7, 6, 5, 4, 3, 2, 1)), 11), Constant(0)),
    keyed=True,
    chance=0.091,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("nhs number", "nhs no", "nhs", "nhs id", "nhs num", "nhsnumber"),
    context=("nhs", "nhs number", "nhs no"),
    fake=fake,
    valid=(
        *examples("gb.nhs", "943-476-5870"),
        *examples("NHS England, data dictionary and developer examples, quoted by many", "943 476 5919", "9876543210", "999 000 0042"),
    ),
    invalid=("9434765871", "943 476 587", "9434765918"),
    in_text=(
        ("NHS number 943 476 5870, ward 4.", ("943 476 5870",)),
        ("NHS no: 9434765919", ("9434765919",)),
        ("The NHS number has ten digits, 9434765871 is none.", ()),
    ),
    citations=(stdnum("gb.nhs", "consists of 10 digits where the final digit is a check digit"),),
    dpv="https://w3id.org/dpv/pd#HealthRecord",
)
