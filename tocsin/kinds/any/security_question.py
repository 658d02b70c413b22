"""The questions that let somebody back into an account whose password is lost."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "nom de jeune fille de votre mère", "nom de jeune fille de ma mère", "nom de naissance de votre mère", "nom de votre premier animal",
    "nom de votre animal de compagnie", "nom de mon premier animal", "prénom de votre meilleur ami d'enfance", "marque de votre première voiture",
    "ville de naissance de votre mère", "ville de naissance de votre père", "nom de votre école primaire", "nom de votre premier instituteur",
    "surnom de votre enfance", "nom de votre héros d'enfance", "métier de votre grand-père", "votre film préféré", "votre couleur préférée", "votre plat préféré",
    "mother's maiden name", "name of your first pet", "name of your favourite pet", "name of your favorite pet", "make of your first car",
    "model of your first car", "city where you were born", "name of your elementary school", "your childhood nickname", "your first teacher",
    "street you grew up on", "name of your childhood best friend", "where did your parents meet", "your favorite movie", "your favourite film",
    "question de sécurité", "question secrète", "security question",
)


def fake(rng: random.Random) -> str:
    """One of the usual questions."""
    return rng.choice(WORDS[:31])


KIND = Kind(
    name="any.security_question",
    label={"fr": "question de sécurité", "en": "security question"},
    category=Category.CREDENTIAL,
    words=WORDS,
    headers=(
        "question securite", "question secrete", "question de securite", "security question", "secret question", "password question",
        "question recuperation", "challenge question", "security question 1", "question mot de passe",
    ),
    fake=fake,
    in_text=(
        ("Quel est le nom de jeune fille de votre mère ?", ("nom de jeune fille de votre mère",)),
        ("Le nom de la mère figure sur l'acte.", ()),
    ),
    citations=(remembered("OWASP, Choosing and Using Security Questions Cheat Sheet"),),
    dpv="https://w3id.org/dpv/pd#SecretText",
)
