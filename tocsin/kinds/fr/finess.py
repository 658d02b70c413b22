"""The number of a French health or social establishment (FINESS)."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Either, Number, OneOf, Recode, Within, luhn
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs, Upper
from tocsin.kinds.making import digits, sometimes, with_luhn

CORSICA = (("2A", "21"), ("2B", "22"))
DEPARTMENTS = Either(
    (Within(Number(0, 2), 1, 95), Within(Number(0, 2), 97, 98), OneOf(0, 2, frozenset(("2A", "2B"))))
)


def fake(rng: random.Random) -> str:
    """A number of the right form and key, about one in three written in groups."""
    return sometimes(rng, with_luhn(f"{rng.randrange(1, 96):02d}0{digits(rng, 5)}"), 2, 3, 3, 1, by=" ")


NPM = "npm package finess (open data of the FINESS register), README"
KIND = Kind(
    name="fr.finess",
    label={"fr": "numéro FINESS d'établissement", "en": "French health establishment number (FINESS)"},
    category=Category.PROFESSIONAL,
    pattern="(?:[0-9][0-9]|2[ABab])[ .-]?[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][ .-]?[0-9]",
    normalise=(Drop(" .-"), Upper()),
    check=All((DEPARTMENTS, Recode(0, 2, CORSICA, luhn()))),
    keyed=True,
    chance=0.1,
    needs=Needs.CONTEXT,
    headers=(
        "finess",
        "num finess",
        "numero finess",
        "no finess",
        "n finess",
        "code finess",
        "finess geo",
        "finess geographique",
        "finess juridique",
        "finess et",
        "finess ej",
        "nofinesset",
        "nofinessej",
        "no finess et",
        "no finess ej",
        "finess etablissement",
        "ndeg finess",
        "finess number",
    ),
    context=("finess", "établissement", "hôpital", "clinique", "laboratoire", "ehpad", "hospital"),
    fake=fake,
    valid=(
        Example(value="010003820", source=NPM),
        Example(value="010003812", source=NPM),
        Example(
            value="750712184", source="AP-HP, legal entity, in public code on DREES statistics (SAE 2024)"
        ),
        Example(value="750100125", source="Pitié-Salpêtrière, in public code on DREES statistics (SAE 2024)"),
    ),
    invalid=("010003821", "000003822", "960003820"),
    in_text=(
        ("Établissement n° FINESS 010003820, service de biologie.", ("010003820",)),
        ("The hospital's FINESS number is 01 000 381 2.", ("01 000 381 2",)),
        ("FINESS mal recopié : 010003821.", ()),
    ),
    citations=(
        Citation(
            title="data.gouv.fr, FINESS, and the npm package finess made from it (numbers of establishments)",
            url="https://www.npmjs.com/package/finess",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(title="FINESS numbers end with a Luhn digit"),
    ),
    show=(2, 0),
    note={
        "fr": "La clé de Luhn n'a été lue dans aucun texte officiel ; elle tient sur les numéros publics "
        "essayés. En Corse, A vaut 1 et B vaut 2 : de mémoire. L'en-tête ou le contexte est nécessaire.",
        "en": "The Luhn key was read in no official text; it holds for the public numbers tried. In "
        "Corsica A counts 1 and B counts 2: from memory. A header or context is needed.",
    },
)
