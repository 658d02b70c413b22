"""The number of a mobile telephone (IMEI): fifteen digits with a Luhn digit."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import luhn
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs
from tocsin.kinds.making import digits, sometimes, with_luhn


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of no telephone in particular, some written in groups."""
    return sometimes(rng, with_luhn(rng.choice(("35", "86", "01")) + digits(rng, 12)), 2, 6, 6, 1, by=" -")


DOCTEST = "python-stdnum (GitHub), tests/test_imei.doctest"
KIND = Kind(
    name="any.imei",
    label={"fr": "numéro de téléphone mobile (IMEI)", "en": "mobile device number (IMEI)"},
    category=Category.DEVICE,
    pattern=(
        "[0-9][0-9][ .-]?[0-9][0-9][0-9][0-9][ .-]?[0-9][0-9][ .-]?[0-9][0-9][0-9][0-9][0-9][0-9][ .-]?[0-9]"
    ),
    normalise=(Drop(" .-"),),
    check=luhn(),
    keyed=True,
    chance=0.1,
    needs=Needs.CONTEXT,
    headers=(
        "imei",
        "num imei",
        "numero imei",
        "no imei",
        "n imei",
        "code imei",
        "imei mobile",
        "imei telephone",
        "imei1",
        "imei2",
        "imei 1",
        "imei 2",
        "device imei",
        "imei number",
        "phone imei",
    ),
    context=("imei", "téléphone", "mobile", "smartphone", "appareil", "device", "handset"),
    fake=fake,
    valid=(
        Example(value="35-209900-176148-1", source=DOCTEST),
        Example(value="350077-52-323751-3", source=DOCTEST),
        Example(value="354178036859789", source=DOCTEST),
    ),
    invalid=("35-417803-685978-1", "354178036859786", "352099001761482"),
    in_text=(
        ("Téléphone volé, IMEI 35-209900-176148-1, ligne suspendue.", ("35-209900-176148-1",)),
        ("The handset's IMEI is 354178036859789.", ("354178036859789",)),
        ("IMEI illisible : 354178036859786.", ()),
    ),
    citations=(
        Citation(
            title="python-stdnum 2.2, stdnum.imei",
            url="https://arthurdejong.org/python-stdnum/doc/2.2/stdnum.imei",
            quote="The check digit is validated using the Luhn algorithm.",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(title="3GPP TS 23.003, clause 6.2.1, composition of IMEI"),
    ),
    dpv="https://w3id.org/dpv/pd#DeviceBased",
    show=(2, 0),
    note={
        "fr": "Les formes sans clé (14 chiffres, et 16 de l'IMEISV) ne sont pas reconnues. Une suite de quinze chiffres "
        "sur dix passe : l'en-tête ou le contexte est nécessaire.",
        "en": "The forms without key (14 digits, and the 16 of the IMEISV) are not recognised. One in ten strings of "
        "fifteen digits passes: a header or context is needed.",
    },
)
