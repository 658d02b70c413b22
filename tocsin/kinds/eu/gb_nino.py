"""The British national-insurance number (NINO): two letters, six digits and a letter, without a key."""

from __future__ import annotations

import random

from tocsin.kinds.checks import OneOf
from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits, groups

FIRST, SECOND = "ABCEGHJKLMNOPRSTWXYZ", "ABCEGHJKLMNPRSTWXYZ"
NEVER = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
PREFIXES = frozenset(one + two for one in FIRST for two in SECOND) - NEVER


def fake(rng: random.Random) -> str:
    """A number of the right form, of nobody in particular, often in groups of two."""
    number = f"{rng.choice(sorted(PREFIXES))}{digits(rng, 6)}{rng.choice('ABCD')}"
    return groups(number, 2) if rng.random() < 0.5 else number


KIND = Kind(
    name="gb.nino",
    label={"fr": "numéro britannique d'assurance nationale (NINO)", "en": "British national-insurance number (NINO)"},
    category=Category.NATIONAL_ID,
    pattern="[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
    normalise=(Drop(" "),),
    check=OneOf(0, 2, PREFIXES),
    chance=0.98,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("nino", "ni number", "national insurance number", "national insurance", "nat ins number", "ni no", "national insurance no"),
    context=("nino", "national insurance", "ni number", "ni no", "nat ins"),
    fake=fake,
    valid=examples("HM Revenue and Customs, examples of forms and developer pages, quoted by many", "AB123456C", "AA 00 00 03 D", "SE 12 34 56 A"),
    invalid=("GB123456C", "QQ123456C", "AB123456E", "AO123456C"),
    in_text=(
        ("National Insurance number AB 12 34 56 C", ("AB 12 34 56 C",)),
        ("NINO: AA000003D", ("AA000003D",)),
        ("Her national insurance number is unknown.", ()),
    ),
    citations=(
        remembered(
            "HM Revenue and Customs, National Insurance Manual, NIM39110: format of the number",
            "https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Pas de clé ; la liste des préfixes jamais attribués est citée de mémoire : l'en-tête ou le contexte est nécessaire.",
        "en": "No key; the list of prefixes never allocated is from memory: a header or context is needed.",
    },
)
