"""The number of a French company or sole trader (SIREN)."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import luhn
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs
from tocsin.kinds.making import digits, sometimes, with_luhn


def fake(rng: random.Random) -> str:
    """A number of the right form and key, about one in three written in groups."""
    return sometimes(rng, with_luhn(rng.choice("3456789") + digits(rng, 7)), 3)


STDNUM = "python-stdnum 2.2, documentation of stdnum.fr.siren"
KIND = Kind(
    name="fr.siren",
    label={"fr": "numéro SIREN", "en": "French company number (SIREN)"},
    category=Category.PROFESSIONAL,
    pattern="[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9]",
    normalise=(Drop(" .-"),),
    check=luhn(),
    keyed=True,
    chance=0.1,
    needs=Needs.CONTEXT,
    headers=(
        "siren",
        "num siren",
        "numero siren",
        "no siren",
        "n siren",
        "code siren",
        "siren entreprise",
        "siren societe",
        "siren client",
        "siren fournisseur",
        "identifiant siren",
        "rcs",
        "num rcs",
        "numero rcs",
        "siren number",
        "company siren",
    ),
    context=("siren", "rcs", "r.c.s", "registre du commerce", "company number", "unité légale", "sirene"),
    fake=fake,
    valid=(
        Example(value="552 008 443", source=STDNUM),
        Example(value="404833048", source=STDNUM),
        Example(value="443 121 975", source=STDNUM),
        Example(value="732829320", source="python-stdnum 2.2, documentation of stdnum.fr.siret, to_siren()"),
    ),
    invalid=("404833047", "552 008 444", "732829321"),
    in_text=(
        ("Société immatriculée au RCS sous le SIREN 732 829 320.", ("732 829 320",)),
        ("The supplier's SIREN is 404833048, as printed on the invoice.", ("404833048",)),
        ("SIREN mal recopié : 404833047.", ()),
    ),
    citations=(
        Citation(
            title="python-stdnum 2.2, stdnum.fr.siren",
            url="https://arthurdejong.org/python-stdnum/doc/2.2/stdnum.fr.siren",
            quote="The Luhn checksum is used to validate the numbers.",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="Code de commerce, article R123-221 (nine digits)",
            url="https://french-business-law.com/french-legislation/legitext000005634379-french-commercial-code/page/295",
            quote="a serial number consisting of nine digits",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    show=(3, 0),
    note={
        "fr": "Un neuf chiffres sur dix passe : l'en-tête ou le contexte est nécessaire. Le SIREN d'un entrepreneur "
        "individuel est une donnée personnelle, celui d'une société non.",
        "en": "One in ten strings of nine digits passes: a header or context is needed. The SIREN of a sole trader is "
        "personal data, that of a company is not.",
    },
)
