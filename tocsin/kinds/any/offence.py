"""Words that say that somebody is suspected or guilty of an offence (GDPR, article 10)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "mis en examen", "mise en examen", "mis en cause", "mise en cause", "prévenu de", "prévenue de", "placé en garde à vue", "placée en garde à vue",
    "garde à vue", "déféré au parquet", "déférée au parquet", "placé sous contrôle judiciaire", "placée sous contrôle judiciaire",
    "contrôle judiciaire", "détention provisoire", "comparution immédiate", "ordonnance pénale", "composition pénale", "rappel à la loi",
    "avertissement pénal probatoire", "convocation devant le tribunal correctionnel", "interpellé pour", "interpellée pour", "auteur présumé",
    "auteure présumée", "suspecté de vol", "suspectée de vol", "violences conjugales", "violences volontaires", "violence aggravée",
    "agression sexuelle", "agressions sexuelles", "viol aggravé", "viol sur mineur", "atteinte sexuelle", "vol aggravé", "vol avec effraction",
    "vol à main armée", "escroquerie en bande organisée", "abus de confiance", "abus de biens sociaux", "trafic de stupéfiants",
    "usage de stupéfiants", "détention de stupéfiants", "conduite en état d'ivresse", "conduite sous l'empire d'un état alcoolique",
    "conduite sans permis", "défaut de permis", "outrage à agent", "recel de vol", "blanchiment aggravé", "harcèlement moral aggravé",
    "menaces de mort", "apologie du terrorisme", "homicide involontaire", "tentative d'homicide", "non-représentation d'enfant", "abandon de famille",
    "port d'arme prohibé", "corruption de mineur", "proxénétisme", "charged with", "indicted for", "arrested for", "held in custody",
    "domestic violence", "sexual assault", "drug trafficking", "aggravated theft", "drink driving", "money laundering",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.offence",
    label={"fr": "infraction ou mise en cause", "en": "offence or suspicion of one"},
    category=Category.JUDICIAL,
    words=WORDS,
    headers=(
    "infraction", "infractions", "nature infraction", "motif interpellation", "mise en cause", "mis en cause", "natinf", "qualification penale",
    "faits reproches", "offence", "offense", "charges", "crime", "delit", "motif garde a vue",
    ),
    fake=fake,
    in_text=(
        ("Il a été mis en examen pour abus de confiance.", ("mis en examen", "abus de confiance")),
        ("L'examen aura lieu en juin.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 10; loi n° 78-17, article 46", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#CriminalCharge",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
