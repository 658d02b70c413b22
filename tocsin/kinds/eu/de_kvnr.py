"""The German health-insurance number (KVNR): a letter and nine digits, printed on the health card."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Called
from tocsin.kinds.cited import examples, read, remembered
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import digits, with_luhn


def right(value: str) -> bool:
    """The last digit: the letter as two digits and the next eight, times 1 and 2 in turn, digits added, modulo 10."""
    if len(value) != 10 or not "A" <= value[0] <= "Z" or not value[1:].isdigit():
        return False
    spelled = f"{ord(value[0]) - 64:02d}{value[1:9]}"
    total = sum(sum(divmod(int(char) * (1 + at % 2), 10)) for at, char in enumerate(spelled))
    return total % 10 == int(value[9])


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular; a Luhn sum read from the other end."""
    letter, body = rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), digits(rng, 8)
    whole = with_luhn(f"{ord(letter) - 64:02d}{body}")
    return f"{letter}{body}{-int(whole[-1]) % 10}"


KIND = Kind(
    name="de.kvnr",
    label={"fr": "numéro allemand d'assurance maladie (KVNR)", "en": "German health-insurance number (KVNR)"},
    category=Category.HEALTH,
    pattern="[A-Z][0-9]{9}",
    check=Called(right),
    keyed=True,
    chance=0.1,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "kvnr", "krankenversichertennummer", "krankenversicherungsnummer", "egk nummer", "versichertennummer", "kv nummer",
        "german health insurance number",
    ),
    context=("kvnr", "krankenversichertennummer", "krankenversicherungsnummer", "versichertennummer", "kv-nummer"),
    fake=fake,
    valid=examples("gematik, test data of e-prescriptions and of the electronic record", "X110411675", "A123456780", "A000500015"),
    invalid=("X110411676", "A123456789", "AB10411675"),
    in_text=(
        ("Krankenversichertennummer: X110411675", ("X110411675",)),
        ("KVNR A000500015, AOK", ("A000500015",)),
        ("Die KVNR hat zehn Stellen, nicht A123456789.", ()),
    ),
    citations=(
        read(
            "gematik, GSC298: Krankenversichertennummer in the TI-Messenger",
            "https://github.com/gematik/api-ti-messenger",
            "Krankenversichertennummer",
        ),
        remembered("§ 290 SGB V, Richtlinien zum Aufbau und zur Vergabe einer Krankenversichertennummer"),
    ),
    dpv="https://w3id.org/dpv/pd#HealthInsuranceNumber",
)
