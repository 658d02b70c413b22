"""The German personal tax number (IdNr), eleven digits of which one comes twice or three times."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Called
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import groups
from tocsin.kinds.sums import mod_11_10


def arranged(value: str) -> bool:
    """Among the first ten digits one stands twice or three times and no other more than once; the key is right."""
    if len(value) != 11 or not (value.isascii() and value.isdigit()):
        return False
    counts = sorted(value[:10].count(char) for char in set(value[:10]))
    return counts[-1] in (2, 3) and sum(count > 1 for count in counts) == 1 and mod_11_10(value)


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular; the key is worked out apart from the check."""
    chosen = rng.sample("0123456789", 9)
    body = [*chosen, rng.choice(chosen)]
    rng.shuffle(body)
    while body[0] == "0":
        rng.shuffle(body)
    rest = 5
    for char in body:
        rest = (rest * 2 % 11 + int(char)) % 10 or 10
    number = "".join(body) + str((1 - rest * 2 % 11) % 10)
    return groups(number, 2, 3) if rng.random() < 0.4 else number




KIND = Kind(
    name="de.idnr",
    label={"fr": "numéro fiscal allemand (IdNr)", "en": "German personal tax number (IdNr)"},
    category=Category.NATIONAL_ID,
    pattern="[1-9][0-9][ /]?[0-9]{3}[ /]?[0-9]{3}[ /]?[0-9]{3}",
    normalise=(Drop(" /"),),
    check=Called(arranged),
    keyed=True,
    chance=0.0037,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "idnr", "steuer id", "steuerid", "steuer idnr", "steueridentifikationsnummer", "steuerliche identifikationsnummer",
        "identifikationsnummer", "steuer identifikationsnummer", "tin de", "german tax number",
    ),
    context=("idnr", "steuer-id", "steueridentifikationsnummer", "steuer-idnr", "identifikationsnummer", "steuerid"),
    fake=fake,
    valid=(
        *examples("de.idnr", "36 574 261 809"),
        *examples("test numbers of the German tax offices (ELSTER), quoted by many", "86095742719", "47036892816", "65929970489"),
    ),
    invalid=("36574261890", "36554266806", "06574261809"),
    in_text=(
        ("Steuer-ID: 36 574 261 809", ("36 574 261 809",)),
        ("IdNr 86095742719, Finanzamt Kiel", ("86095742719",)),
        ("Die Steuer-ID hat elf Ziffern, nicht 36574261890.", ()),
    ),
    citations=(stdnum("de.idnr", "The number consists of 11 digits and does not embed any personal information."),),
    dpv="https://w3id.org/dpv/pd#TaxIdentification",
    aliases=("de.tin",),
)
