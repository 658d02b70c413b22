"""An origin named where the question is which one somebody has."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Lower, Needs

BARE = (
    "maghrébin", "maghrébine", "africain", "africaine", "noir", "noire", "blanc", "blanche", "arabe", "asiatique", "caucasien", "caucasienne",
    "européen", "européenne", "métis", "métisse", "rom", "gitan", "gitane", "antillais", "antillaise", "kabyle", "berbère", "kurde", "subsaharien",
    "subsaharienne", "hispanic", "caucasian", "african", "asian", "black", "white", "mixed race",
)


def fake(rng: random.Random) -> str:
    """One word of the list."""
    return rng.choice(BARE)


KIND = Kind(
    name="any.ethnic_origin_named",
    face_of="any.ethnic_origin",
    label={"fr": "origine raciale ou ethnique (mot seul)", "en": "racial or ethnic origin (bare word)"},
    category=Category.SPECIAL,
    pattern="|".join(dict.fromkeys(form for word in sorted(BARE, key=len, reverse=True) for form in (word, word.capitalize(), word.upper()))),
    normalise=(Lower(),),
    needs=Needs.CONTEXT,
    headers=(
    "origine ethnique", "origine raciale", "ethnie", "origine", "race", "ethnicite", "ethnicity", "ethnic origin", "racial origin", "race ethnicity",
    "appartenance ethnique",
    ),
    context=(
    "origine ethnique", "ethnie", "race", "ethnicité", "ethnicity", "origine raciale",
    ),
    fake=fake,
    in_text=(
        ("Ethnie : kabyle", ("kabyle",)),
        ("Origine ethnique déclarée : Subsaharienne", ("Subsaharienne",)),
        ("La voiture blanche est au garage.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#EthnicOrigin",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
