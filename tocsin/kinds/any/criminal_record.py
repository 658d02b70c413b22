"""Words that say that somebody was convicted, and of the sentence (GDPR, article 10)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "casier judiciaire", "bulletin n° 1", "bulletin n° 2", "bulletin n° 3", "bulletin n°1", "bulletin n°2", "bulletin n°3", "extrait B2",
    "extrait B3", "néant au casier", "condamné à", "condamnée à", "condamné pour", "condamnée pour", "condamné par le tribunal",
    "condamnée par le tribunal", "condamnation pénale", "condamnations pénales", "peine d'emprisonnement", "emprisonnement avec sursis",
    "prison avec sursis", "prison ferme", "sursis probatoire", "sursis avec mise à l'épreuve", "travail d'intérêt général", "jours-amende",
    "bracelet électronique", "détention à domicile sous surveillance", "libération conditionnelle", "aménagement de peine", "écroué à", "écrouée à",
    "numéro d'écrou", "maison d'arrêt de", "centre de détention de", "suivi socio-judiciaire", "interdiction de stade", "injonction de soins",
    "obligation de soins", "inscrit au FIJAIS", "fiche S", "récidiviste", "ancien détenu", "ancienne détenue", "sortant de prison", "criminal record",
    "criminal conviction", "convicted of", "previous convictions", "sentenced to", "on probation", "released on parole", "sex offender registry",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.criminal_record",
    label={"fr": "condamnation ou casier judiciaire", "en": "conviction or criminal record"},
    category=Category.JUDICIAL,
    words=WORDS,
    headers=(
    "casier judiciaire", "casier", "condamnation", "condamnations", "peine", "peines", "b2", "b3", "numero ecrou", "num ecrou", "criminal record",
    "conviction", "convictions", "sentence", "antecedents judiciaires", "mesure judiciaire",
    ),
    fake=fake,
    in_text=(
        ("Casier judiciaire : condamné à six mois de prison avec sursis.", ("Casier judiciaire", "condamné à", "prison avec sursis")),
        ("Le casier des vestiaires est fermé.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 10; loi n° 78-17, article 46", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#CriminalConviction",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
