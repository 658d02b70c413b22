"""The number of a payment card: known issuers' ranges and lengths, and the Luhn digit."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Either, Length, Number, Within, luhn
from tocsin.kinds.kind import Category, Drop, Example, Kind
from tocsin.kinds.making import digits, sometimes, with_luhn

# Digits of the prefix, first and last prefix, lengths. A group of three digits after sixteen is taken for
# the card's security code, not for the end of a number of nineteen: those are recognised unspaced only.
RANGES: tuple[tuple[int, int, int, tuple[int, ...]], ...] = (
    (1, 4, 4, (13, 16, 19)),  # Visa
    (2, 51, 55, (16,)),  # Mastercard
    (4, 2221, 2720, (16,)),  # Mastercard
    (2, 34, 34, (15,)),  # American Express
    (2, 37, 37, (15,)),  # American Express
    (3, 300, 305, (14, 16, 17, 18, 19)),  # Diners Club
    (4, 3095, 3095, (14, 16, 17, 18, 19)),  # Diners Club
    (2, 36, 36, (14, 16, 17, 18, 19)),  # Diners Club
    (2, 38, 39, (14, 16, 17, 18, 19)),  # Diners Club
    (4, 6011, 6011, (16, 17, 18, 19)),  # Discover
    (3, 644, 649, (16, 17, 18, 19)),  # Discover
    (2, 65, 65, (16, 17, 18, 19)),  # Discover
    (4, 3528, 3589, (16, 17, 18, 19)),  # JCB
    (2, 62, 62, (16, 17, 18, 19)),  # UnionPay
    (2, 50, 50, (16, 17, 18, 19)),  # Maestro
    (2, 56, 58, (16, 17, 18, 19)),  # Maestro
    (3, 639, 639, (16, 17, 18, 19)),  # Maestro
    (2, 67, 67, (16, 17, 18, 19)),  # Maestro
    (4, 2200, 2204, (16, 17, 18, 19)),  # Mir
)
ISSUERS = Either(
    tuple(All((Length(lengths), Within(Number(0, size), low, high))) for size, low, high, lengths in RANGES)
)


def fake(rng: random.Random) -> str:
    """A number of a Visa, Mastercard or American Express range with its key, some in groups."""
    prefix, length = rng.choice(
        (("4", 16), ("4", 16), ("51", 16), ("53", 16), ("55", 16), ("2221", 16), ("37", 15))
    )
    number = with_luhn(prefix + digits(rng, length - len(prefix) - 1))
    return sometimes(rng, number, *((4, 6, 5) if length == 15 else (4,)), by=" -")


OLDER = "Zonalds, Stripe test card numbers (gist 3b9acc3a37d09afd0bbe324d49244a9c)"
NEWER = "DominicWatts, Stripe Test Card Details (gist e5a83ae2f2c53c244a619a7af4448d23)"
FOUR = "[0-9][0-9][0-9][0-9]"
KIND = Kind(
    name="any.card",
    label={"fr": "numéro de carte bancaire", "en": "payment card number"},
    category=Category.CARD,
    pattern=(
        "[2-6][0-9]{16,18}"
        f"|[2-6][0-9][0-9][0-9][ .-]?{FOUR}[ .-]?{FOUR}[ .-]?{FOUR}"
        f"|3[47][0-9][0-9][ .-]?{FOUR}[0-9][0-9][ .-]?{FOUR}[0-9]"
        f"|3[0689][0-9][0-9][ .-]?{FOUR}[0-9][0-9][ .-]?{FOUR}"
        "|4[0-9]{12}"
    ),
    normalise=(Drop(" .-"),),
    check=All((ISSUERS, luhn())),
    keyed=True,
    chance=0.078,
    headers=(
        "carte bancaire",
        "num carte bancaire",
        "numero carte bancaire",
        "no carte bancaire",
        "num carte",
        "numero carte",
        "num cb",
        "numero cb",
        "no cb",
        "n cb",
        "cb",
        "carte bleue",
        "carte credit",
        "numero carte credit",
        "carte paiement",
        "carte de credit",
        "pan",
        "card number",
        "cardnumber",
        "card no",
        "card num",
        "credit card",
        "creditcard",
        "credit card number",
        "cc number",
        "cc num",
        "ccnum",
        "debit card",
        "payment card",
        "card pan",
    ),
    context=(
        "carte",
        "carte bancaire",
        "cb",
        "visa",
        "american express",
        "mastercard",
        "amex",
        "card",
        "credit card",
        "paiement",
    ),
    fake=fake,
    valid=(
        Example(value="4242424242424242", source=OLDER),
        Example(value="5555555555554444", source=OLDER),
        Example(value="378282246310005", source=OLDER),
        Example(value="30569309025904", source=OLDER),
        Example(value="6011111111111117", source=OLDER),
        Example(value="3530111333300000", source=OLDER),
        Example(value="2223003122003222", source=NEWER),
        Example(value="6205500000000000004", source=NEWER),
        Example(value="36227206271667", source=NEWER),
    ),
    invalid=(
        "4242424242424241",
        "9999999999999995",
        "1234567812345670",
        "37828224631000",
        "4242 4242 4242 424",
    ),
    in_text=(
        ("Paiement par carte 4242 4242 4242 4242 refusé.", ("4242 4242 4242 4242",)),
        ("Charged to American Express 3782 822463 10005 yesterday.", ("3782 822463 10005",)),
        ("Dossier 4242424242424241 classé sans suite.", ()),
    ),
    citations=(
        Citation(
            title="Stripe test card numbers, as copied in public gists",
            url="https://gist.github.com/Zonalds/3b9acc3a37d09afd0bbe324d49244a9c",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(title="ISO/IEC 7812-1, annex B (Luhn), and the issuers' identification ranges"),
    ),
    dpv="https://w3id.org/dpv/pd#PaymentCardNumber",
    show=(0, 4),
    note={
        "fr": "Les plages d'émetteurs sont citées de mémoire et éprouvées sur des numéros de test publics.",
        "en": "The issuers' ranges are from memory, tried on public test numbers.",
    },
)
