"""The serial number of a SIM card (ICCID): it begins with 89 and ends with a Luhn digit."""

from __future__ import annotations

import random

from tocsin.kinds.checks import luhn
from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import digits, with_luhn


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of no card in particular."""
    return with_luhn(f"89{rng.choice(('33', '41', '44', '49', '32'))}{digits(rng, 14)}")


KIND = Kind(
    name="any.iccid",
    label={"fr": "numéro de carte SIM (ICCID)", "en": "SIM card number (ICCID)"},
    category=Category.DEVICE,
    pattern="89[0-9]{17,18}",
    check=luhn(),
    keyed=True,
    chance=0.1,
    needs=Needs.CONTEXT,
    headers=("iccid", "num iccid", "numero iccid", "numero sim", "num sim", "sim", "carte sim", "numero carte sim", "sim number", "sim serial", "icc id"),
    context=("iccid", "carte sim", "sim"),
    fake=fake,
    valid=examples("identifiers quoted by many mobile SDKs' documentation", "8991101200003204514", "89014103211118510720", "8944500102198304826"),
    invalid=("8991101200003204515", "8891101200003204514", "899110120000320451"),
    in_text=(
        ("Carte SIM 8991101200003204514 suspendue.", ("8991101200003204514",)),
        ("ICCID: 89014103211118510720", ("89014103211118510720",)),
        ("La carte SIM 8991101200003204515 n'existe pas.", ()),
    ),
    citations=(remembered("ITU-T E.118: the primary account number of a SIM, 89, country, issuer, Luhn digit"),),
    dpv="https://w3id.org/dpv/pd#DeviceBased",
    show=(4, 0),
    note={
        "fr": "Règle citée de mémoire, confirmée par les exemples publics ; l'en-tête ou le contexte est nécessaire.",
        "en": "Rule from memory, confirmed by the public examples; a header or context is needed.",
    },
)
