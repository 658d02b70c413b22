"""The month in which a payment card ends."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs


def fake(rng: random.Random) -> str:
    """A month of the next years."""
    return f"{rng.randrange(1, 13):02d}{rng.choice('/-')}{rng.choice(('', '20'))}{rng.randrange(25, 33)}"


KIND = Kind(
    name="any.card_expiry",
    label={"fr": "fin de validité d'une carte bancaire", "en": "expiry of a payment card"},
    category=Category.CARD,
    pattern="[01]?[0-9] ?[/-] ?(?:20)?[0-9]{2}|[01][0-9]{3}",
    needs=Needs.HEADER,
    headers=(
        "expiration carte", "date expiration carte", "validite carte", "date validite carte", "fin validite carte", "card expiry", "card expiration",
        "exp card", "card exp", "expiry card", "exp date card", "cc exp", "cb expiration", "expiration cb", "carte expire fin", "expmonth expyear",
    ),
    fake=fake,
    valid=examples("Stripe, numbers for tests of payments", "12/34"),
    invalid=("99/34", "12/345", "2034"),
    in_text=(("La carte expire fin 12/34.", ()),),
    citations=(remembered("ISO/IEC 7813: the expiry date of the magnetic stripe"),),
    dpv="https://w3id.org/dpv/pd#CreditCardNumber",
)
