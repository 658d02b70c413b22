"""The Austrian social-security number (VNR): a serial, a key in its midst, the birth date."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Equal, Modulo, Number, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import born, weighted

WEIGHTS = (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, often in two groups."""
    while True:
        serial, day = f"{rng.randrange(100, 1000)}", born(rng, "%d%m%y")
        key = (weighted(serial, (3, 7, 9)) + weighted(day, (5, 8, 4, 2, 1, 6))) % 11
        if key < 10:
            return f"{serial}{key}{rng.choice((' ', ''))}{day}"


KIND = Kind(
    name="at.vnr",
    label={"fr": "numéro autrichien de sécurité sociale (VNR)", "en": "Austrian social-security number (VNR)"},
    category=Category.NATIONAL_ID,
    pattern="[1-9][0-9]{3} ?[0-9]{6}",
    normalise=(Drop(" "),),
    check=All((Within(Number(4, 6), 1, 31), Within(Number(6, 8), 1, 15), Equal(Modulo(Weighted(WEIGHTS), 11), Number(3, 4)))),
    keyed=True,
    chance=0.0042,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("svnr", "sozialversicherungsnummer", "vsnr", "sv nummer", "sv nr", "vnr", "versicherungsnummer", "austrian social security number"),
    context=("svnr", "sozialversicherungsnummer", "vsnr", "sv-nummer", "sv-nr", "versicherungsnummer"),
    fake=fake,
    valid=examples("at.vnr", "1237 010180", "1237010180"),
    invalid=("2237 010180", "1237 013280", "0237010180"),
    in_text=(
        ("Sozialversicherungsnummer 1237 010180", ("1237 010180",)),
        ("SVNR: 1237010180", ("1237010180",)),
        ("Die SVNR 2237010180 ist falsch.", ()),
    ),
    citations=(stdnum("at.vnr"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Un seul numéro public a été trouvé ; la règle est celle de python-stdnum.",
        "en": "Only one public number was found; the rule is python-stdnum's.",
    },
)
