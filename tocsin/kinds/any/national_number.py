"""A personal number of a state that the header names and no kind of its own knows."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper


def fake(rng: random.Random) -> str:
    """Seven to eleven digits."""
    return str(rng.randrange(10**6, 10**11))


KIND = Kind(
    name="any.national_number",
    label={"fr": "numéro personnel d’un État (pays indéterminé)", "en": "personal number of a state (undetermined)"},
    category=Category.NATIONAL_ID,
    pattern="[A-Za-z]{0,3}[0-9][0-9A-Za-z./-]{3,15}[0-9A-Za-z]",
    normalise=(Drop(" ./-"), Upper()),
    needs=Needs.HEADER,
    headers=(
        "soc sec id", "soc sec", "soc sec no", "social security", "social security number", "social security id", "ssn",
        "social insurance number", "sin number", "national id", "national id number", "national number", "nat id",
        "national identity number", "identity number", "id card number", "personal number", "personal id number",
        "citizen id", "numero national", "numero registre national", "registre national", "identifiant national",
        "personnummer", "personal identification number", "tax id", "taxpayer id", "tin",
    ),
    fake=fake,
    invalid=("12", "ABC", "social", "A" * 30),
    in_text=(("La ligne 8812045 du journal ne dit rien de personne.", ()),),
    citations=(Citation(title="no public rule: every state has its own form"),),
    note={
        "fr": "aucune règle commune : seul l’en-tête le prouve",
        "en": "no common rule: only a header proves it",
    },
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    show=(0, 2),
)  # fmt: skip
