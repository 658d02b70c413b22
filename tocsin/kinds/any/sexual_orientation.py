"""Words that reveal somebody's sexual orientation or sexual life (GDPR, article 9)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "homosexuel", "homosexuelle", "homosexualité", "bisexuel", "bisexuelle", "bisexualité", "lesbienne", "pansexuel", "pansexuelle", "asexuel",
    "asexuelle", "hétérosexuel", "hétérosexuelle", "en couple homosexuel", "couple de même sexe", "rapports non protégés", "rapports sexuels",
    "partenaires sexuels", "vie sexuelle", "orientation sexuelle", "préférence sexuelle", "relations extraconjugales", "relation extraconjugale",
    "travailleuse du sexe", "travailleur du sexe", "en situation de prostitution", "transgenre", "femme trans", "homme trans", "personne trans",
    "non binaire", "identité de genre", "changement de sexe", "outing", "coming out", "homosexual", "bisexual", "lesbian", "gay man",
    "same-sex partner", "sexual orientation", "sexual partners", "sex life", "transgender", "sex worker",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.sexual_orientation",
    label={"fr": "orientation ou vie sexuelle", "en": "sexual orientation or sexual life"},
    category=Category.SPECIAL,
    words=WORDS,
    headers=(
    "orientation sexuelle", "sexualite", "orientation", "vie sexuelle", "preference sexuelle", "sexual orientation", "sexual preference",
    "identite de genre", "gender identity",
    ),
    fake=fake,
    in_text=(
        ("Il vit en couple de même sexe depuis 2010.", ("couple de même sexe",)),
        ("L'orientation du terrain est plein sud.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#SexualOrientation",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
