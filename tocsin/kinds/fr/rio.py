"""The operator identity code of a French telephone line (RIO): with the number it lets somebody take the line away."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits


def fake(rng: random.Random) -> str:
    """A code of the right form, of no line in particular."""
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return f"{digits(rng, 2)}{rng.choice('PE')}{''.join(rng.choice(signs) for _ in range(6))}{''.join(rng.choice(signs) for _ in range(2))}{rng.choice('0123456789')}"


KIND = Kind(
    name="fr.rio",
    label={"fr": "relevé d'identité opérateur (RIO)", "en": "French telephone portability code (RIO)"},
    category=Category.CREDENTIAL,
    pattern="[0-9A-Z]{2} ?[PE] ?[0-9A-Z]{6} ?[0-9A-Z+]{3}",
    normalise=(Drop(" "),),
    needs=Needs.CONTEXT,
    headers=("rio", "code rio", "numero rio", "num rio", "rio mobile", "rio fixe", "releve identite operateur", "portability code"),
    context=("rio", "code rio", "portabilité", "relevé d'identité opérateur"),
    fake=fake,
    invalid=("02P123456AB", "02X123456ABC", "02P123456ABCD"),
    in_text=(
        ("Votre code RIO : 02P123456A1B", ("02P123456A1B",)),
        ("RIO 01 E 4F5G6H Z9+", ("01 E 4F5G6H Z9+",)),
        ("La portabilité prend trois jours.", ()),
    ),
    citations=(remembered("ARCEP, conservation du numéro: le RIO, douze caractères"),),
    note={
        "fr": "Forme citée de mémoire ; la clé de contrôle, qui dépend du numéro de ligne, n'est pas vérifiée. Avec le numéro, "
        "il permet de détourner la ligne.",
        "en": "Form from memory; the control key, which depends on the line's number, is not checked. With the number it lets "
        "somebody hijack the line.",
    },
)
