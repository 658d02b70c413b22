"""The Slovenian personal number (EMŠO), which other countries of the former Yugoslavia have too (JMBG)."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Equal, Modulo, Number, Sum, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import born, digits, weighted


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, born in Slovenia before 2000."""
    day = born(rng, "%d%m%Y")
    body = f"{day[:4]}{day[5:]}50{digits(rng, 3)}"
    return f"{body}{-weighted(body, (7, 6, 5, 4, 3, 2)) % 11 % 10}"


KIND = Kind(
    name="si.emso",
    label={"fr": "numéro personnel slovène (EMŠO)", "en": "Slovenian personal number (EMŠO)"},
    category=Category.NATIONAL_ID,
    pattern="[0-3][0-9]{12}",
    check=All((Within(Number(0, 2), 1, 31), Within(Number(2, 4), 1, 12), Equal(Modulo(Modulo(Sum(((-1, Weighted((7, 6, 5, 4, 3, 2), 0, 12)),)), 11), 10), Number(12, 13)))),
    chance=0.0093,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("emso", "jmbg", "maticna stevilka", "maticni broj", "slovenian personal number"),
    context=("emšo", "emso", "jmbg", "matična številka", "matični broj"),
    fake=fake,
    valid=examples("si.emso", "0101006500006"),
    invalid=("0101006500007", "0113006500006"),
    in_text=(
        ("EMŠO: 0101006500006", ("0101006500006",)),
        ("EMSO 0101006500006, Ljubljana", ("0101006500006",)),
        ("EMŠO 0101006500007 ni pravilen.", ()),
    ),
    citations=(stdnum("si.emso"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    aliases=("rs.jmbg", "ba.jmbg"),
    note={
        "fr": "Un seul numéro public a été trouvé ; les restes 0 et 1 ont la même clé : un chiffre changé peut passer.",
        "en": "Only one public number was found; rests 0 and 1 have the same key: a changed digit may pass.",
    },
)
