"""Words that reveal somebody's racial or ethnic origin (GDPR, article 9)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "origine ethnique", "origine raciale", "appartenance ethnique", "d'origine africaine", "d'origine maghrébine", "d'origine algérienne",
    "d'origine marocaine", "d'origine tunisienne", "d'origine turque", "d'origine subsaharienne", "d'origine sénégalaise", "d'origine malienne",
    "d'origine ivoirienne", "d'origine congolaise", "d'origine camerounaise", "d'origine antillaise", "d'origine asiatique", "d'origine chinoise",
    "d'origine vietnamienne", "d'origine rom", "d'origine kurde", "d'origine juive", "d'origine arabe", "d'origine berbère", "d'origine comorienne",
    "type maghrébin", "type nord-africain", "type africain", "type européen", "type caucasien", "type asiatique", "type méditerranéen",
    "type antillais", "type gitan", "de type européen", "personne de couleur", "homme de couleur", "femme de couleur", "de race noire",
    "de race blanche", "communauté des gens du voyage", "gens du voyage", "famille rom", "famille gitane", "ethnic origin", "racial origin",
    "of african descent", "african american", "of arab descent", "of asian descent", "of jewish descent", "hispanic or latino",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.ethnic_origin",
    label={"fr": "origine raciale ou ethnique", "en": "racial or ethnic origin"},
    category=Category.SPECIAL,
    words=WORDS,
    headers=(
    "origine ethnique", "origine raciale", "ethnie", "origine", "race", "ethnicite", "ethnicity", "ethnic origin", "racial origin", "race ethnicity",
    "appartenance ethnique",
    ),
    fake=fake,
    in_text=(
        ("Individu de type européen, environ trente ans.", ("de type européen",)),
        ("L'origine de la panne reste inconnue.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#EthnicOrigin",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
