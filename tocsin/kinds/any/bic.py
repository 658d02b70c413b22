"""The code of a bank (BIC, SWIFT): eight or eleven characters with a country inside."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Length, OneOf
from tocsin.kinds.kind import Category, Example, Kind, Needs

COUNTRIES = frozenset(
    (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
        "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
        "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
        "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
        "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
        "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
        "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
    ).split()
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def fake(rng: random.Random) -> str:
    """A code of the right form, of no bank in particular, mostly French."""
    bank = "".join(rng.choice(LETTERS) for _ in range(4))
    country = "FR" if rng.random() < 0.6 else rng.choice(sorted(COUNTRIES))
    branch = "".join(rng.choice(LETTERS + "0123456789") for _ in range(3)) if rng.random() < 0.4 else ""
    return f"{bank}{country}{rng.choice(('PP', '2A', '22', 'XX', 'P1'))}{branch}"


STDNUM = "python-stdnum 2.2, documentation of stdnum.bic"
DOCTEST = "python-stdnum (GitHub), tests/test_bic.doctest"
KIND = Kind(
    name="any.bic",
    label={"fr": "code BIC d'une banque", "en": "bank identifier code (BIC)"},
    category=Category.BANK,
    pattern="[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?",
    check=All((Length((8, 11)), OneOf(4, 6, COUNTRIES))),
    chance=0.37,
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "bic",
        "code bic",
        "bic banque",
        "bic code",
        "bic swift",
        "swift",
        "swift code",
        "code swift",
        "swift bic",
        "bic debiteur",
        "bic crediteur",
        "bank identifier code",
    ),
    context=("bic", "swift", "banque", "bank"),
    fake=fake,
    valid=(
        Example(value="AGRIFRPP882", source=STDNUM),
        Example(value="AGRIFRPP", source=STDNUM),
        Example(value="BNPAFRPPAUX", source=DOCTEST),
        Example(value="TEBKXKPR030", source=DOCTEST),
    ),
    invalid=("AGRIFRPP8", "AGRIF2PP", "MULTIPLE", "AGRIZZPP", "Virement", "AVEC LA CB"),
    in_text=(
        ("Virement : code BIC AGRIFRPP882, même banque.", ("AGRIFRPP882",)),
        ("SWIFT code of the bank: BNPAFRPPAUX.", ("BNPAFRPPAUX",)),
        ("Le code BIC figure sur le relevé.", ()),
    ),
    citations=(
        Citation(
            title="python-stdnum 2.2, stdnum.bic (ISO 9362)",
            url="https://arthurdejong.org/python-stdnum/doc/2.2/stdnum.bic",
            quote="The code consists of a 4 letter institution code, a 2 letter country code, and a 2 character "
            "location code, optionally followed by a three character branch code.",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(title="ISO 3166-1, alpha-2 codes, and XK for Kosovo"),
    ),
    show=(4, 0),
    note={
        "fr": "Aucune clé, et bien des mots de huit lettres en ont la forme : l'en-tête ou le contexte est nécessaire. "
        "Ni minuscules ni espaces ne sont reconnues. Un BIC désigne une banque ; il n'est personnel qu'à côté d'un compte.",
        "en": "No key, and many words of eight letters have its shape: a header or context is needed. Neither small letters nor spaces are recognised. A BIC names a "
        "bank; it is personal only beside an account.",
    },
)
