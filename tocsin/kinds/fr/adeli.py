"""The older number of a French health or social professional (ADELI)."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import Either, Number, OneOf, Within
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper
from tocsin.kinds.making import digits, sometimes, with_luhn

OVERSEAS = frozenset({"2A", "2B", "9A", "9B", "9C", "9D", "9E", "9F"})


def fake(rng: random.Random) -> str:
    """A number of the right form, of nobody in particular, about one in three written in groups."""
    return sometimes(rng, with_luhn(f"{rng.randrange(1, 96):02d}{digits(rng, 6)}"), 2, 1, 5, 1, by=" ")


KIND = Kind(
    name="fr.adeli",
    label={
        "fr": "numéro ADELI d'un professionnel de santé",
        "en": "French health professional's ADELI number",
    },
    category=Category.PROFESSIONAL,
    pattern="(?:[0-9][0-9]|2[ABab]|9[A-Fa-f])[ .-]?[0-9][ .-]?[0-9][0-9][0-9][0-9][0-9][ .-]?[0-9]",
    normalise=(Drop(" .-"), Upper()),
    check=Either((Within(Number(0, 2), 1, 98), OneOf(0, 2, OVERSEAS))),
    chance=0.99,
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "adeli",
        "num adeli",
        "numero adeli",
        "no adeli",
        "n adeli",
        "code adeli",
        "identifiant adeli",
        "id adeli",
        "adeli praticien",
        "adeli prescripteur",
        "adeli number",
        "numero assurance maladie praticien",
        "numero am",
        "num am",
        "no am",
    ),
    context=(
        "adeli",
        "praticien",
        "psychologue",
        "infirmier",
        "infirmière",
        "orthophoniste",
        "kinésithérapeute",
    ),
    fake=fake,
    invalid=("000000000", "990000000"),
    in_text=(
        ("Infirmière libérale, n° ADELI 75 6 12345 0.", ("75 6 12345 0",)),
        ("ADELI number of the practitioner: 756123450", ("756123450",)),
        ("Le numéro ADELI compte neuf chiffres.", ()),
    ),
    citations=(
        Citation(
            title="ansforge, annuaire-sante-fhir-documentation, issue 174 (an ADELI number has nine digits)",
            url="https://github.com/ansforge/annuaire-sante-fhir-documentation/issues/174",
            quote="Un N° ADELI comporte 9 chiffres",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#UID",
    show=(2, 0),
    note={
        "fr": "La clé finale n'est pas vérifiée : aucun texte ne l'a confirmée ; aucun numéro de spécimen public n'a été "
        "trouvé. Les codes de l'outre-mer (9A à 9F) sont cités de mémoire. En-tête ou contexte nécessaire.",
        "en": "The last digit is not verified: no text confirmed its rule; no public specimen number was found. The "
        "overseas codes (9A to 9F) are from memory. A header or context is needed.",
    },
)
