"""The Luxembourg identification number (matricule): the birth date, a serial, a Luhn and a Verhoeff digit."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Called, Number, Within, luhn
from tocsin.kinds.cited import examples, read, remembered
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import born, with_luhn
from tocsin.kinds.sums import verhoeff


def second_key(value: str) -> bool:
    """The thirteenth digit is the Verhoeff digit of the first eleven."""
    return len(value) == 13 and value.isdigit() and verhoeff(value[:11] + value[12])


# Verhoeff's digit for each number of eleven digits, from the published tables of the dihedral group.
TURNS = ("0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258")
PRODUCTS = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)


def fake(rng: random.Random) -> str:
    """A number of the right form and keys, of nobody in particular; the second key by the published tables."""
    body = f"{born(rng, '%Y%m%d')}{rng.randrange(1, 1000):03d}"
    rest = 0
    for at, char in enumerate(reversed(body), 1):
        rest = int(PRODUCTS[rest][int(TURNS[at % 8][int(char)])])
    return f"{with_luhn(body)}{PRODUCTS[rest].index('0')}"




KIND = Kind(
    name="lu.matricule",
    label={"fr": "matricule national luxembourgeois", "en": "Luxembourg identification number (matricule)"},
    category=Category.NATIONAL_ID,
    pattern="[12][0-9]{3} ?[0-9]{4} ?[0-9]{3} ?[0-9]{2}",
    normalise=(Drop(" "),),
    check=All((Within(Number(0, 4), 1850, 2100), Within(Number(4, 6), 1, 12), Within(Number(6, 8), 1, 31), luhn(0, 12), Called(second_key))),
    keyed=True,
    chance=0.000047,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "matricule luxembourg", "matricule national", "matricule luxembourgeois", "matricule", "numero matricule", "num matricule",
        "matricule cns", "matricule ccss", "luxembourg id", "identification national luxembourg",
    ),
    context=("matricule", "matricule national", "luxembourg", "ccss", "cns"),
    fake=fake,
    valid=examples("European Commission, TIN algorithms (LU), repeated in the tests of loophp/tin, idnumbers and tin_valid", "1893120105732", "1893 1201 057 32"),
    invalid=("1893120105733", "1893130105732", "1893120105742"),
    in_text=(
        ("Matricule national : 1893 1201 057 32, Luxembourg.", ("1893 1201 057 32",)),
        ("Luxembourg CCSS 1893120105732", ("1893120105732",)),
        ("Le matricule 1893120105733 est faux.", ()),
    ),
    citations=(
        read("loophp/tin (GitHub), LuxembourgSpec", "https://github.com/loophp/tin", "VALID_NUMBER = '1893120105732'"),
        remembered("Règlement grand-ducal du 28 novembre 2013 fixant les modalités d'application de la loi sur l'identification des personnes physiques"),
    ),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Un seul numéro public a été trouvé ; il confirme les deux clés (Luhn et Verhoeff des onze premiers chiffres).",
        "en": "Only one public number was found; it confirms both keys (Luhn and Verhoeff of the first eleven digits).",
    },
)
