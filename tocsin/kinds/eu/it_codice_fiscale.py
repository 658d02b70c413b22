"""The Italian tax code of a person (codice fiscale): name, birth and birthplace in sixteen characters."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Called
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs, Upper

# What a character is worth at the odd places (the first is odd); at the even ones it is its rank (decree of 23 December 1976).
ODD = dict(
    zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21) * 2 + (2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23), strict=True)
)
MONTHS = "ABCDEHLMPRST"
SWAPPED = str.maketrans("LMNPQRSTUV", "0123456789")


def right(value: str) -> bool:
    """The last letter, and a day and month of birth that can be (40 more for women; letters for digits in a clash)."""
    body = value[:15]
    if len(value) != 16 or not (body.isascii() and body.isalnum() and body.isupper()) or value[8] not in MONTHS:
        return False
    day = value[9:11].translate(SWAPPED)
    if not day.isdigit() or not 1 <= int(day) % 40 <= 31 or int(day) > 71:
        return False
    even = sum(int(char, 36) - (0 if char.isdigit() else 10) for char in body[1::2])
    return chr(65 + (sum(ODD[char] for char in body[::2]) + even) % 26) == value[15]


def fake(rng: random.Random) -> str:
    """A code of the right form and letter, of nobody in particular; the letter is worked out apart from the check."""
    consonants = "".join(rng.choice("BCDFGLMNPRSTVZ") for _ in range(6))
    day = rng.randrange(1, 29) + rng.choice((0, 40))
    body = f"{consonants}{rng.randrange(100):02d}{rng.choice(MONTHS)}{day:02d}{rng.choice('ABCDEFGHIL')}{rng.randrange(1000):03d}"
    odd = {**dict(zip("0123456789", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21), strict=True)), **dict(zip("ABCDEFGHIJ", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21), strict=True))}
    odd |= dict(zip("KLMNOPQRSTUVWXYZ", (2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23), strict=True))
    total = 0
    for place, char in enumerate(body, 1):
        total += odd[char] if place % 2 else "0123456789".find(char) if char.isdigit() else ord(char) - ord("A")
    return body + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[total % 26]


KIND = Kind(
    name="it.codice_fiscale",
    label={"fr": "code fiscal italien (codice fiscale)", "en": "Italian tax code (codice fiscale)"},
    category=Category.NATIONAL_ID,
    pattern="[A-Za-z]{6}[0-9LMNP-Vlmnp-v]{2}[A-EHLMPRSTa-ehlmprst][0-9LMNP-Vlmnp-v]{2}[A-Za-z][0-9LMNP-Vlmnp-v]{3}[A-Za-z]",
    normalise=(Upper(),),
    check=Called(right),
    keyed=True,
    chance=0.024,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("codice fiscale", "codicefiscale", "cod fiscale", "cod fisc", "codice fisc", "italian tax code", "cf italien"),
    context=("codice fiscale", "cod. fiscale", "c.f", "code fiscal italien", "nato a", "nata a"),
    fake=fake,
    valid=(
        *examples("it.codicefiscale", "RCCMNL83S18D969H"),
        *examples("the usual specimens of Italian documentation (ROSSI MARIO, MORETTI MATTEO), quoted by many", "RSSMRA85T10A562S", "MRTMTT91D08F205J"),
    ),
    invalid=("RCCMNL83S18D969", "RCCMNL83S18D969A", "RSSMRA85F10A562S"),
    in_text=(
        ("Codice fiscale: RCCMNL83S18D969H", ("RCCMNL83S18D969H",)),
        ("C.F. RSSMRA85T10A562S, nato a Bari", ("RSSMRA85T10A562S",)),
        ("Il codice fiscale ha sedici caratteri: RCCMNL83S18D969A non vale.", ()),
    ),
    citations=(stdnum("it.codicefiscale", "four that represent the person's place of birth and one check digit"),),
    dpv="https://w3id.org/dpv/pd#TaxIdentification",
    aliases=("it.codicefiscale", "it.cf"),
)
