"""The Danish personal number (CPR): the birth date and four digits, without a key since 2007."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Number, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import born, digits


def fake(rng: random.Random) -> str:
    """A number of the right form, of nobody in particular, often with its dash; born before 2000."""
    return f"{born(rng, '%d%m%y', first=1938)}{rng.choice(('-', '-', ''))}{rng.randrange(4)}{digits(rng, 3)}"


KIND = Kind(
    name="dk.cpr",
    label={"fr": "numéro personnel danois (CPR)", "en": "Danish personal number (CPR)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{6}[ -]?[0-9]{4}",
    normalise=(Drop(" -"),),
    check=All((Within(Number(0, 2), 1, 31), Within(Number(2, 4), 1, 12))),
    chance=0.0372,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("cpr", "cpr nummer", "cpr nr", "cprnr", "personnummer dk", "danish personal number"),
    context=("cpr", "cpr-nummer", "cpr-nr"),
    fake=fake,
    valid=(*examples("dk.cpr", "211062-5629", "2110620629"), *examples("Danish specimen (Nancy Ann Berggren), quoted by many", "251248-4916")),
    invalid=("511062-5629", "2113625629", "21106256"),
    in_text=(
        ("CPR-nr. 211062-5629", ("211062-5629",)),
        ("CPR: 2512484916", ("2512484916",)),
        ("CPR 5110625629 findes ikke.", ()),
    ),
    citations=(stdnum("dk.cpr"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "La clé n'est plus garantie depuis 2007 et n'est pas vérifiée : l'en-tête ou le contexte est nécessaire.",
        "en": "The key is no longer guaranteed since 2007 and is not checked: a header or context is needed.",
    },
)
