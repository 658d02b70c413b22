"""The Portuguese taxpayer's number (NIF), nine digits; persons and companies share it."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Constant, Equal, Modulo, Number, Sum, Weighted
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups, weighted


def fake(rng: random.Random) -> str:
    """A person's number of the right form and key, of nobody in particular."""
    body = f"{rng.choice('1223')}{digits(rng, 7)}"
    rest = weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    number = f"{body}{0 if rest < 2 else 11 - rest}"
    return groups(number, 3) if rng.random() < 0.3 else number


KIND = Kind(
    name="pt.nif",
    label={"fr": "numéro fiscal portugais (NIF)", "en": "Portuguese taxpayer number (NIF)"},
    category=Category.NATIONAL_ID,
    pattern="[1-9][0-9]{2} ?[0-9]{3} ?[0-9]{3}",
    normalise=(Drop(" "),),
    check=Equal(Modulo(Modulo(Sum(((1, Constant(11)), (-1, Weighted((9, 8, 7, 6, 5, 4, 3, 2), 0, 8)))), 11), 10), Number(8, 9)),
    chance=0.1,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("nif", "nif portugal", "numero de contribuinte", "contribuinte", "num contribuinte", "no contribuinte", "portuguese tax number"),
    context=("nif", "contribuinte", "numero de contribuinte", "número de contribuinte", "identificação fiscal"),
    fake=fake,
    valid=(
        *examples("pt.nif", "501 964 843"),
        *examples("Portuguese documentation and test suites, quoted by many", "123456789", "299999998"),
    ),
    invalid=("501964842", "050196484", "50196484"),
    in_text=(
        ("Contribuinte n.º 501 964 843", ("501 964 843",)),
        ("NIF: 123456789", ("123456789",)),
        ("O NIF 501964842 não é válido.", ()),
    ),
    citations=(stdnum("pt.nif"),),
    dpv="https://w3id.org/dpv/pd#TaxIdentification",
    note={
        "fr": "Un chiffre changé peut passer (les restes 0 et 1 ont la même clé), et les sociétés ont le même numéro : "
        "l'en-tête ou le contexte est nécessaire.",
        "en": "A changed digit may pass (rests 0 and 1 have the same key), and companies have the same number: a header or "
        "context is needed.",
    },
)
