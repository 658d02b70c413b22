"""The French tax number of a person (numéro fiscal, SPI)."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Equal, Number, Residue, Within
from tocsin.kinds.kind import Category, Drop, Example, Kind
from tocsin.kinds.making import digits, sometimes


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, about one in three written in groups."""
    body = rng.choice("0123") + digits(rng, 9)
    return sometimes(rng, f"{body}{int(body) % 511:03d}", 2, 2, 3, by=" ")


KIND = Kind(
    name="fr.spi",
    label={"fr": "numéro fiscal (SPI)", "en": "French tax number (SPI)"},
    category=Category.NATIONAL_ID,
    pattern="[0-3][0-9][ .-]?[0-9][0-9][ .-]?[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9]",
    normalise=(Drop(" .-"),),
    check=All((Within(Number(0, 1), 0, 3), Equal(Number(10, 13), Residue(((0, 10),), 511)))),
    keyed=True,
    chance=0.001,
    headers=(
        "spi",
        "num spi",
        "numero spi",
        "no spi",
        "n spi",
        "numero fiscal",
        "num fiscal",
        "no fiscal",
        "n fiscal",
        "numfiscal",
        "numero fiscal de reference",
        "numero fiscal reference",
        "nif",
        "identifiant fiscal",
        "id fiscal",
        "reference fiscale",
        "numero fiscal declarant",
        "numero fiscal declarant 1",
        "numero fiscal declarant 2",
        "numero de declarant",
        "tax number",
        "tax id",
        "tax identification number",
        "french tax number",
        "tin fr",
    ),
    context=(
        "numéro fiscal",
        "n° fiscal",
        "spi",
        "fiscal",
        "impôts",
        "impôt",
        "déclarant",
        "dgfip",
        "nif",
        "tax number",
        "tax identification",
        "tin",
    ),
    fake=fake,
    valid=(
        Example(value="3023217600053", source="python-stdnum 2.2, documentation of stdnum.fr.nif"),
        Example(
            value="30 23 217 600 053", source="python-stdnum 2.2, documentation of stdnum.fr.nif, format()"
        ),
    ),
    invalid=("3023217600054", "9701987765432", "0701987765433"),
    in_text=(
        ("Votre numéro fiscal : 30 23 217 600 053. Conservez-le.", ("30 23 217 600 053",)),
        ("The French tax number is 3023217600053 for this household.", ("3023217600053",)),
        ("Le code-barres 3023217600054 n'est pas un numéro fiscal.", ()),
    ),
    citations=(
        Citation(
            title="Microsoft Purview, France tax identification number (SIT definition)",
            url="https://learn.microsoft.com/en-us/purview/sit-defn-france-tax-identification-number",
            quote="One digit that must be 0, 1, 2, or 3",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="python-stdnum 2.2, stdnum.fr.nif (key: first ten digits modulo 511)",
            url="https://arthurdejong.org/python-stdnum/doc/2.2/stdnum.fr.nif",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="European Commission, TIN portal, France",
            url="https://ec.europa.eu/taxation_customs/tin/tinByCountry.html",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    show=(2, 0),
    note={
        "fr": "La clé modulo 511 est de source secondaire ; deux écritures d'un seul numéro public ont été trouvées.",
        "en": "The modulo 511 key is from secondary sources; two writings of one public number were found.",
    },
)
