"""A trade union named where the question is to which one somebody belongs."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Lower, Needs

BARE = (
    "CGT", "CFDT", "CFTC", "CFE-CGC", "UNSA", "Solidaires", "Sud Santé", "SUD", "FSU", "Force ouvrière", "FO", "CNT", "SNES", "SNUipp", "FNSEA",
    "Confédération paysanne", "syndiqué", "syndiquée", "non syndiqué", "non syndiquée",
)


def fake(rng: random.Random) -> str:
    """One word of the list."""
    return rng.choice(BARE)


KIND = Kind(
    name="any.union_named",
    face_of="any.union",
    label={"fr": "appartenance syndicale (mot seul)", "en": "trade-union membership (bare word)"},
    category=Category.SPECIAL,
    pattern="|".join(dict.fromkeys(form for word in sorted(BARE, key=len, reverse=True) for form in (word, word.capitalize(), word.upper()))),
    normalise=(Lower(),),
    needs=Needs.CONTEXT,
    headers=(
    "syndicat", "appartenance syndicale", "adhesion syndicale", "affiliation syndicale", "etiquette syndicale", "union", "trade union",
    "union membership", "syndique", "mandat syndical",
    ),
    context=(
    "syndicat", "appartenance syndicale", "étiquette syndicale", "affiliation syndicale", "syndiqué", "syndiquée", "union membership", "adhérent",
    ),
    fake=fake,
    in_text=(
        ("Appartenance syndicale : CFDT", ("CFDT",)),
        ("Syndicat : Force ouvrière", ("Force ouvrière",)),
        ("La CFDT publie un communiqué.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#TradeUnionMembership",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
