"""A party or side named where the question is which one somebody is for."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Lower, Needs

BARE = (
    "socialiste", "communiste", "écologiste", "insoumis", "insoumise", "républicain", "républicaine", "centriste", "macroniste", "gaulliste",
    "frontiste", "Rassemblement national", "Les Républicains", "Renaissance", "La France insoumise", "Parti socialiste", "Parti communiste",
    "Europe Écologie", "EELV", "LFI", "gauche", "droite", "centre", "extrême gauche", "extrême droite", "sans étiquette", "apolitique", "democrat",
    "republican", "labour", "conservative",
)


def fake(rng: random.Random) -> str:
    """One word of the list."""
    return rng.choice(BARE)


KIND = Kind(
    name="any.politics_named",
    face_of="any.politics",
    label={"fr": "opinion politique (mot seul)", "en": "political opinion (bare word)"},
    category=Category.SPECIAL,
    pattern="|".join(dict.fromkeys(form for word in sorted(BARE, key=len, reverse=True) for form in (word, word.capitalize(), word.upper()))),
    normalise=(Lower(),),
    needs=Needs.CONTEXT,
    headers=(
    "opinion politique", "opinions politiques", "parti politique", "parti", "etiquette politique", "appartenance politique", "sensibilite politique",
    "political party", "political affiliation", "political opinion", "nuance politique", "tendance politique", "intention vote", "intention de vote",
    ),
    context=(
    "opinion politique", "étiquette politique", "sensibilité politique", "appartenance politique", "parti politique", "tendance politique",
    "political affiliation",
    ),
    fake=fake,
    in_text=(
        ("Sensibilité politique : écologiste", ("écologiste",)),
        ("Étiquette politique : Sans étiquette", ("Sans étiquette",)),
        ("Tournez à gauche puis à droite.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#PoliticalAffiliation",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
