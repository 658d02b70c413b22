"""The Greek social-security number (AMKA): the birth date, a serial and a Luhn digit."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Number, Within, luhn
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import born, digits, with_luhn


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular."""
    return with_luhn(f"{born(rng, '%d%m%y')}{digits(rng, 4)}")


KIND = Kind(
    name="gr.amka",
    label={"fr": "numéro grec de sécurité sociale (AMKA)", "en": "Greek social-security number (AMKA)"},
    category=Category.NATIONAL_ID,
    pattern="[0-3][0-9]{10}",
    check=All((Within(Number(0, 2), 1, 31), Within(Number(2, 4), 1, 12), luhn())),
    keyed=True,
    chance=0.0093,
    prior=-1.5,
    needs=Needs.CONTEXT,
    headers=("amka", "arithmos amka", "greek social security number"),
    context=("amka", "αμκα"),
    fake=fake,
    valid=examples("gr.amka", "01013099997"),
    invalid=("01013099999", "01133099997"),
    in_text=(
        ("AMKA 01013099997", ("01013099997",)),
        ("Numéro AMKA : 01013099997, Athènes", ("01013099997",)),
        ("AMKA 01013099999 is wrong.", ()),
    ),
    citations=(stdnum("gr.amka"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Un seul numéro public a été trouvé ; la règle est celle de python-stdnum.",
        "en": "Only one public number was found; the rule is python-stdnum's.",
    },
)
