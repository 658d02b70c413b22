"""Words that say that somebody's body was measured to recognise them (GDPR, articles 4(14) and 9)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "empreinte digitale", "empreintes digitales", "empreinte palmaire", "gabarit biométrique", "gabarits biométriques", "template biométrique",
    "reconnaissance faciale", "reconnaissance de l'iris", "image de l'iris", "reconnaissance vocale biométrique", "empreinte vocale",
    "contour de la main", "réseau veineux", "pointage biométrique", "badge biométrique", "photographie signalétique", "relevé d'empreintes",
    "minuties", "fingerprint template", "facial recognition template", "face embedding", "voiceprint", "iris scan", "palm print",
    "biometric template", "faceprint",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.biometrics",
    label={"fr": "donnée biométrique", "en": "biometric data"},
    category=Category.SPECIAL,
    words=WORDS,
    headers=(
    "empreinte digitale", "gabarit biometrique", "biometrie", "biometrique", "fingerprint", "fingerprint template", "face template", "face embedding",
    "iris", "voiceprint", "biometric", "biometric template",
    ),
    fake=fake,
    in_text=(
        ("Le gabarit biométrique de l'agent est stocké en clair.", ("gabarit biométrique",)),
        ("L'empreinte carbone du site baisse.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#Biometric",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
