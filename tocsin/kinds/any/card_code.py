"""The code on the back of a payment card (CVV); nobody may keep it once the payment is made."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import digits


def fake(rng: random.Random) -> str:
    """Three digits."""
    return digits(rng, 3)


KIND = Kind(
    name="any.card_code",
    label={"fr": "cryptogramme de carte bancaire", "en": "card verification code"},
    category=Category.CARD,
    pattern="[0-9]{3,4}",
    needs=Needs.HEADER,
    headers=(
        "cvv", "cvv2", "cvc", "cvc2", "cryptogramme", "cryptogramme visuel", "code cvv", "code cvc", "card verification", "card security code",
        "code securite carte", "security code card", "csc card", "cvv carte", "cvv cb",
    ),
    fake=fake,
    valid=examples("Stripe, numbers for tests of payments", "123", "1234"),
    invalid=("12", "12345", "abc"),
    in_text=(("Le cryptogramme a trois chiffres, par exemple 123.", ()),),
    citations=(remembered("PCI DSS 4.0, requirement 3.3: sensitive authentication data are not stored after authorisation"),),
    dpv="https://w3id.org/dpv/pd#CreditCardNumber",
)
