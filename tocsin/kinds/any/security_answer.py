"""The answer to a security question: it opens an account as a password does."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Needs

ANSWERS = ("medor", "felix", "martin", "clio", "lyon", "saint-exupery", "rex", "minette", "boulanger", "bleu", "la fontaine", "titi")


def fake(rng: random.Random) -> str:
    """An invented answer."""
    return rng.choice(ANSWERS)


KIND = Kind(
    name="any.security_answer",
    label={"fr": "réponse à une question de sécurité", "en": "answer to a security question"},
    category=Category.CREDENTIAL,
    headers=(
        "reponse securite", "reponse secrete", "reponse question secrete", "reponse question securite", "reponse question", "security answer",
        "secret answer", "password answer", "question answer", "reponse de securite", "reponse secrete 1", "challenge answer",
    ),
    needs=Needs.HEADER,
    prior=-0.5,
    fake=fake,
    citations=(remembered("OWASP, Choosing and Using Security Questions Cheat Sheet"),),
    dpv="https://w3id.org/dpv/pd#SecretText",
    note={
        "fr": "aucune forme : seul l'en-tête le prouve",
        "en": "no form: only the header proves it",
    },
)
