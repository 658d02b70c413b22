"""The number of a French health professional (RPPS)."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import luhn
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs
from tocsin.kinds.making import digits, sometimes, with_luhn


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, some written in groups."""
    return sometimes(rng, with_luhn("10" + digits(rng, 8)), 2, 3, by=" ")


TEST = (
    "ansforge, guide d'implémentation FHIR PDSm (GitHub): professionnel de test 899700218896, sans le type 8"
)
KIND = Kind(
    name="fr.rpps",
    label={
        "fr": "numéro RPPS d'un professionnel de santé",
        "en": "French health professional's number (RPPS)",
    },
    category=Category.PROFESSIONAL,
    pattern="[0-9][0-9][ .]?[0-9][0-9][0-9][ .]?[0-9][0-9][0-9][ .]?[0-9][0-9][0-9]",
    normalise=(Drop(" .-"),),
    check=luhn(),
    keyed=True,
    chance=0.1,
    needs=Needs.CONTEXT,
    headers=(
        "rpps",
        "num rpps",
        "numero rpps",
        "no rpps",
        "n rpps",
        "code rpps",
        "rpps medecin",
        "rpps prescripteur",
        "rpps ps",
        "identifiant rpps",
        "id rpps",
        "medecin rpps",
        "prescripteur rpps",
        "identification nationale pp",
        "identifiant pp",
        "rpps number",
    ),
    context=(
        "rpps",
        "médecin",
        "prescripteur",
        "praticien",
        "professionnel de santé",
        "dr",
        "docteur",
        "physician",
    ),
    fake=fake,
    valid=(
        Example(value="99700218896", source=TEST),
        Example(
            value="99700245667",
            source="health-professional test card 899700245667 in public code, without the type 8",
        ),
        Example(
            value="99900023351",
            source="CPS test card GENE RPPS, s_internalId 899900023351, without the type 8",
        ),
    ),
    invalid=("99700218897", "99700218869"),
    in_text=(
        ("Prescripteur : Dr Test, RPPS 99700218896.", ("99700218896",)),
        ("The physician signs with RPPS number 99700218896 on every prescription.", ("99700218896",)),
        ("RPPS mal saisi : 99700218897.", ()),
    ),
    citations=(
        Citation(
            title="ansforge, IG-FHIR-PDSM4DMP-EEDS, PSIdNat.fsh (type 8 then the RPPS number)",
            url="https://github.com/ansforge/IG-FHIR-PDSM4DMP-EEDS",
            quote="8 + N° RPPS",
            checked_on=date(2026, 11, 21),
            verification=Verification.PRIMARY,
        ),
        Citation(title="ANS, identifiants des professionnels de santé (RPPS: 11 digits, Luhn key)"),
    ),
    dpv="https://w3id.org/dpv/pd#UID",
    show=(2, 0),
    note={
        "fr": "La clé de Luhn est connue de mémoire, sans texte officiel lu ; elle tient sur les numéros de test "
        "publics essayés. Un onze chiffres sur dix passe : l'en-tête ou le contexte est nécessaire.",
        "en": "The Luhn key is known from memory, no official text was read; it holds for the public test numbers tried. One "
        "in ten strings of eleven digits passes: a header or context is needed.",
    },
)
