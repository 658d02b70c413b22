"""The Irish personal public service number (PPS): seven digits, a check letter, and another since 2013."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Either, Equal, Length, Letter, Modulo, OneOf, Sum, Weighted
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs, Upper
from tocsin.kinds.making import digits, weighted

ALPHABET = "WABCDEFGHIJKLMNOPQRSTUV"
BODY = Weighted((8, 7, 6, 5, 4, 3, 2), 0, 7)
OLD = All((Either((Length((8,)), OneOf(8, 9, frozenset("TWX")))), Equal(Modulo(BODY, 23), Letter(7, ALPHABET))))
NEW = All((Length((9,)), OneOf(8, 9, frozenset("AH")), Equal(Modulo(Sum(((1, BODY), (9, Letter(8, ALPHABET)))), 23), Letter(7, ALPHABET))))


def fake(rng: random.Random) -> str:
    """A number of either form with its letter, of nobody in particular."""
    body = digits(rng, 7)
    total = weighted(body, (8, 7, 6, 5, 4, 3, 2))
    if rng.random() < 0.5:
        return f"{body}{ALPHABET[total % 23]}"
    return f"{body}{ALPHABET[(total + 9) % 23]}A"


KIND = Kind(
    name="ie.pps",
    label={"fr": "numéro irlandais de service public (PPS)", "en": "Irish personal public service number (PPS)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{7}[A-Wa-w][AHTWXahtwx]?",
    normalise=(Upper(),),
    check=Either((OLD, NEW)),
    keyed=True,
    chance=0.0435,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("pps", "pps number", "ppsn", "pps no", "pps num", "irish pps number"),
    context=("pps", "ppsn", "pps number", "personal public service"),
    fake=fake,
    valid=examples("ie.pps", "6433435F", "6433435FT", "6433435FW", "6433435OA", "6433435IH"),
    invalid=("6433435E", "6433435VH", "643343F"),
    in_text=(
        ("PPS number 6433435F", ("6433435F",)),
        ("PPSN: 6433435OA", ("6433435OA",)),
        ("The PPS number 6433435E is wrong.", ()),
    ),
    citations=(stdnum("ie.pps"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
