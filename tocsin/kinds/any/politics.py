"""Words that reveal somebody's political opinions (GDPR, article 9)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "adhérent du parti", "adhérente du parti", "adhérent au parti", "adhérente au parti", "adhérent LFI", "adhérent LR", "adhérent PS", "adhérent RN",
    "adhérente RN", "adhérent EELV", "membre du parti", "encarté au", "encartée au", "encarté RN", "encarté PS", "encarté LR", "militant politique",
    "militante politique", "militant socialiste", "militante socialiste", "militant communiste", "militante communiste", "militant écologiste",
    "militante écologiste", "militant insoumis", "militante insoumise", "militant d'extrême droite", "militant d'extrême gauche",
    "militante d'extrême droite", "militante d'extrême gauche", "sympathisant du RN", "sympathisant de gauche", "sympathisant de droite",
    "sympathisante de gauche", "sympathisante de droite", "sympathisant politique", "opinions politiques", "opinion politique",
    "convictions politiques", "engagement politique personnel", "intention de vote déclarée", "vote à gauche", "vote à droite",
    "vote pour le Rassemblement national", "vote extrême droite", "étiquette politique", "appartenance politique", "carte du parti",
    "anarchiste autonome", "royaliste convaincu", "political opinion", "political opinions", "political views", "party member", "registered democrat",
    "registered republican", "political affiliation", "voting intention",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.politics",
    label={"fr": "opinion politique", "en": "political opinion"},
    category=Category.SPECIAL,
    words=WORDS,
    headers=(
    "opinion politique", "opinions politiques", "parti politique", "parti", "etiquette politique", "appartenance politique", "sensibilite politique",
    "political party", "political affiliation", "political opinion", "nuance politique", "tendance politique", "intention vote", "intention de vote",
    ),
    fake=fake,
    in_text=(
        ("Militante communiste connue du service.", ("Militante communiste",)),
        ("Le parti en tête du scrutin sera connu à 20 heures.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#PoliticalAffiliation",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
