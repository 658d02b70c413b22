"""The code of a French school (UAI, formerly RNE): seven digits and a letter that is their rest by 23."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Equal, Letter, Modulo, Number
from tocsin.kinds.cited import examples, read
from tocsin.kinds.kind import Category, Kind, Needs, Upper
from tocsin.kinds.making import digits

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def fake(rng: random.Random) -> str:
    """A code of the right form and letter, of no school in particular."""
    number = f"{rng.choice((*range(1, 96), 971, 972, 973, 974)):03d}{digits(rng, 4)}"
    return f"{number}{LETTERS[int(number) % 23]}"


KIND = Kind(
    name="fr.uai",
    label={"fr": "code d'établissement scolaire (UAI)", "en": "French school code (UAI)"},
    category=Category.PROFESSIONAL,
    pattern="[0-9]{7}[A-HJ-NPR-Za-hj-npr-z]",
    normalise=(Upper(),),
    check=Equal(Modulo(Number(0, 7), 23), Letter(7, LETTERS)),
    keyed=True,
    chance=0.0435,
    needs=Needs.CONTEXT,
    headers=(
        "uai", "code uai", "numero uai", "num uai", "uai etablissement", "rne", "code rne", "numero rne", "uai rne", "uairne",
        "code etablissement scolaire", "id etablissement uai",
    ),
    context=("uai", "rne", "établissement scolaire", "code établissement", "lycée", "collège", "école"),
    fake=fake,
    valid=(
        *examples("J. Delmas, Qu'est-ce que le code RNE ou UAI (blog), worked example", "0951099D"),
        *examples("Annuaire de l'éducation, lycées Henri-IV and Louis-le-Grand in Paris", "0750654D", "0750655E"),
    ),
    invalid=("0951099E", "0951099I", "951099D"),
    in_text=(
        ("Établissement scolaire UAI 0951099D, classe de 4e B.", ("0951099D",)),
        ("Code RNE : 0951099d", ("0951099d",)),
        ("Le code UAI 0951099E est faux.", ()),
    ),
    citations=(
        read(
            "J. Delmas, Qu'est-ce que le code RNE ou UAI ?",
            "https://blog.juliendelmas.fr/?qu-est-ce-que-le-code-rne-ou-uai",
            "on divise ce nombre par 23 et on garde le reste",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#School",
    note={
        "fr": "Désigne un établissement, pas une personne ; à côté d'un nom il dit où un enfant est scolarisé.",
        "en": "Points to a school, not to a person; beside a name it says where a child goes to school.",
    },
)
