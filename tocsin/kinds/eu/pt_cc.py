"""The number of a Portuguese citizen's card (cartão de cidadão): twelve characters with a key."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Called
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups


def right(value: str) -> bool:
    """Every second character from the right but one is doubled, nine taken off above nine; the sum ends with 0."""
    if len(value) != 12 or not (value.isascii() and value.isalnum()):
        return False
    total = 0
    for at, char in enumerate(reversed(value)):
        worth = int(char, 36) * (1 + at % 2)
        total += worth - 9 if at % 2 and worth > 9 else worth
    return total % 10 == 0


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular."""
    body = f"{digits(rng, 9)}{rng.choice('ABCDEFXYZ')}{rng.choice('0123456789XYZ')}"
    total = 0
    for place, char in enumerate(body[::-1]):
        worth = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(char)
        total += worth if place % 2 else worth * 2 - 9 if worth > 4 else worth * 2
    number = f"{body}{-total % 10}"
    return groups(number, 8, 1, 3) if rng.random() < 0.5 else number


KIND = Kind(
    name="pt.cc",
    label={"fr": "numéro de carte de citoyen portugaise", "en": "Portuguese citizen's card number"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern="[0-9]{8} ?[0-9] ?[0-9A-Z]{2}[0-9]",
    normalise=(Drop(" "),),
    check=Called(right),
    keyed=True,
    chance=0.1,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("cartao de cidadao", "cartao cidadao", "numero cc", "num cartao cidadao", "portuguese citizen card"),
    context=("cartão de cidadão", "cartao de cidadao", "bilhete de identidade"),
    fake=fake,
    valid=examples("pt.cc", "00000000 0 ZZ4", "000000000ZZ4"),
    invalid=("00000000 0 ZZ3", "00000000 A ZZ4"),
    in_text=(
        ("Cartão de cidadão n.º 00000000 0 ZZ4", ("00000000 0 ZZ4",)),
        ("Cartao de cidadao: 000000000ZZ4", ("000000000ZZ4",)),
        ("O cartão de cidadão 000000000ZZ3 não existe.", ()),
    ),
    citations=(stdnum("pt.cc"),),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    note={
        "fr": "Un seul numéro public a été trouvé ; la règle est celle de python-stdnum.",
        "en": "Only one public number was found; the rule is python-stdnum's.",
    },
)
