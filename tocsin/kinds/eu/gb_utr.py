"""The British taxpayer's reference (UTR), ten digits of which the first is the check digit."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Constant, Either, Equal, Modulo, Number, Sum, Weighted, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups, weighted

REST = Modulo(Weighted((6, 7, 8, 9, 10, 5, 4, 3, 2), 1, 10), 11)
FIRST = Number(0, 1)
CHECK = Either(
    (
        All((Within(REST, 2, 10), Equal(FIRST, Sum(((1, Constant(11)), (-1, REST)))))),
        All((Within(REST, 0, 1), Equal(FIRST, Sum(((1, Constant(2)), (-1, REST)))))),
    )
)


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular."""
    body = digits(rng, 9)
    number = "21987654321"[weighted(body, (6, 7, 8, 9, 10, 5, 4, 3, 2)) % 11] + body
    return groups(number, 5) if rng.random() < 0.4 else number


KIND = Kind(
    name="gb.utr",
    label={"fr": "référence fiscale britannique (UTR)", "en": "British taxpayer reference (UTR)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{5} ?[0-9]{5}",
    normalise=(Drop(" "),),
    check=CHECK,
    chance=0.1,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("utr", "utr number", "unique taxpayer reference", "tax reference uk", "self assessment reference", "taxpayer reference"),
    context=("utr", "unique taxpayer reference", "taxpayer reference", "self assessment"),
    fake=fake,
    valid=(*examples("gb.utr", "1955839661"), *examples("gb.utr, written in groups", "19558 39661")),
    invalid=("2955839661", "195583966"),
    in_text=(
        ("Unique Taxpayer Reference: 19558 39661", ("19558 39661",)),
        ("UTR 1955839661, self assessment", ("1955839661",)),
        ("The UTR has ten digits, 2955839661 is none.", ()),
    ),
    citations=(stdnum("gb.utr", "a 10 digit number used to identify UK taxpayers"),),
    dpv="https://w3id.org/dpv/pd#TaxIdentification",
    note={
        "fr": "Un seul numéro public a été trouvé ; la règle de la clé est celle de python-stdnum. Un chiffre changé peut "
        "passer : l'en-tête ou le contexte est nécessaire.",
        "en": "Only one public number was found; the rule of the key is python-stdnum's. A changed digit may pass: a header "
        "or context is needed.",
    },
)
