"""A person's sex or civil title, as the one column says it: `M` or `F` once normal."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Length, OneOf
from tocsin.kinds.kind import Category, Drop, Example, Kind, Lower, Needs, Swap

MALE = ("m", "h", "1", "homme", "masculin", "masc", "male", "man", "mr", "monsieur", "garcon", "boy")
FEMALE = (
    "f", "2", "femme", "feminin", "fem", "female", "woman", "w", "mme", "mlle", "madame",
    "mademoiselle", "mrs", "ms", "miss", "fille", "girl",
)
CASES = sorted({way for word in (*MALE, *FEMALE) for way in (word, word.capitalize(), word.upper())}, key=lambda w: (-len(w), w))


def fake(rng: random.Random) -> str:
    """One of the writings met in columns."""
    return rng.choice(("M", "F", "H", "F", "M", "1", "2", "Homme", "Femme", "M.", "Mme", "Masculin", "Feminin", "Mlle"))


KIND = Kind(
    name="any.sex",
    label={"fr": "sexe ou civilité", "en": "sex or civil title"},
    category=Category.IDENTITY,
    pattern=f"(?:{'|'.join(CASES)})[.]?",
    normalise=(
        Lower(),
        Drop("."),
        Swap(f"^(?:{'|'.join(MALE)})$", "M"),
        Swap(f"^(?:{'|'.join(FEMALE)})$", "F"),
    ),
    check=All((Length((1,)), OneOf(0, 1, frozenset("MF")))),
    chance=1.0,
    needs=Needs.HEADER,
    headers=(
        "sexe", "sex", "gender", "genre", "civilite", "civ", "code sexe", "patient sex", "cod sexe",
        "sexe patient", "patient gender", "salutation", "libelle civilite", "code civilite", "titre civilite",
        "cd sexe", "sexe nir", "gender code", "geschlecht", "id civilite",
    ),
    fake=fake,
    valid=(
        Example(value="1", source="ISO/IEC 5218: 1 is male"),
        Example(value="2", source="ISO/IEC 5218: 2 is female"),
        Example(value="M", source="RFC 6350, section 6.2.7 (GENDER): M male"),
        Example(value="F", source="RFC 6350, section 6.2.7 (GENDER): F female"),
    ),
    invalid=("X", "0", "9", "MF", "Dr", "hommes et femmes"),
    in_text=(
        ("Monsieur le directeur, sexe M, 2 femmes.", ()),
        ("Madam, sex F, 1 man.", ()),
        ("M. et Mme, 1 et 2.", ()),
    ),
    citations=(
        Citation(
            title="RFC 6350, section 6.2.7: GENDER",
            url="https://www.rfc-editor.org/rfc/rfc6350#section-6.2.7",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
        Citation(title="ISO/IEC 5218, codes for the representation of human sexes"),
    ),
    dpv="https://w3id.org/dpv/pd#Gender",
    show=(0, 0),
)
