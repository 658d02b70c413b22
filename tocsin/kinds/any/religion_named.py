"""A religion named where the question is which one somebody has."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Lower, Needs

BARE = (
    "catholique", "protestant", "protestante", "orthodoxe", "musulman", "musulmane", "juif", "juive", "israélite", "bouddhiste", "hindou", "hindoue",
    "sikh", "athée", "agnostique", "chrétien", "chrétienne", "évangélique", "sans religion", "mormon", "anglican", "anglicane",
    "catholic", "muslim", "jewish", "christian", "buddhist", "hindu", "atheist",
)


def fake(rng: random.Random) -> str:
    """One word of the list."""
    return rng.choice(BARE)


KIND = Kind(
    name="any.religion_named",
    face_of="any.religion",
    label={"fr": "religion ou conviction (mot seul)", "en": "religion or belief (bare word)"},
    category=Category.SPECIAL,
    pattern="|".join(dict.fromkeys(form for word in sorted(BARE, key=len, reverse=True) for form in (word, word.capitalize(), word.upper()))),
    normalise=(Lower(),),
    needs=Needs.CONTEXT,
    headers=(
    "religion", "confession", "culte", "croyance", "appartenance religieuse", "convictions religieuses", "conviction religieuse",
    "religious affiliation", "faith", "belief", "pratique religieuse",
    ),
    context=(
    "religion", "confession", "culte", "religieuse", "croyance", "pratiquant", "pratiquante",
    ),
    fake=fake,
    in_text=(
        ("Religion : musulmane", ("musulmane",)),
        ("Confession déclarée : Protestante", ("Protestante",)),
        ("Le lycée catholique ouvre ses portes samedi.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#Religion",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
