"""The reference of a French income-tax notice: thirteen characters that, with the tax number, open the notice to anybody."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits


def fake(rng: random.Random) -> str:
    """A reference of the right form, of nobody in particular."""
    return f"{rng.randrange(15, 27)}{rng.choice('0123456789A')}{rng.choice('0123456789')}{rng.choice('ABCDEFG0123456789')}{digits(rng, 8)}"


KIND = Kind(
    name="fr.tax_notice",
    label={"fr": "référence d'avis d'impôt", "en": "reference of a French tax notice"},
    category=Category.BANK,
    pattern="[0-9]{2} ?[0-9A-Z]{3} ?[0-9]{7} ?[0-9]",
    normalise=(Drop(" "),),
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "reference avis", "reference avis impot", "ref avis", "reference de l avis", "numero avis imposition", "avis imposition",
        "avis d imposition", "reference avis fiscal", "numero avis impot", "reference fiscale avis",
    ),
    context=("référence de l'avis", "avis d'impôt", "avis d'imposition", "réf. avis", "référence d'avis", "avis de situation déclarative"),
    fake=fake,
    invalid=("123456789012", "ABCDEFGHIJKLM"),
    in_text=(
        ("Avis d'impôt 2024, référence de l'avis : 2475A12345678", ("2475A12345678",)),
        ("Référence d'avis 19 33A 1234567 8", ("19 33A 1234567 8",)),
        ("L'avis d'imposition arrive en août.", ()),
    ),
    citations=(remembered("Service de vérification des avis d'impôt (svair): numéro fiscal et référence de l'avis"),),
    dpv="https://w3id.org/dpv/pd#Tax",
    note={
        "fr": "Forme citée de mémoire, sans clé : l'en-tête ou le contexte est nécessaire.",
        "en": "Form from memory, without a key: a header or context is needed.",
    },
)
