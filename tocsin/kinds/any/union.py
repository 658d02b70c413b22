"""Words that reveal that somebody belongs to a trade union (GDPR, article 9)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "syndiqué à la", "syndiquée à la", "syndiqué CGT", "syndiquée CGT", "adhérent CGT", "adhérente CGT", "adhérent CFDT", "adhérente CFDT",
    "adhérent à la CGT", "adhérente à la CGT", "adhérent à la CFDT", "adhérente à la CFDT", "membre de la CGT", "membre de la CFDT", "membre de FO",
    "élu CGT", "élue CGT", "élu CFDT", "élue CFDT", "élu FO", "élue FO", "délégué syndical", "déléguée syndicale", "délégué CGT", "déléguée CGT",
    "délégué CFDT", "déléguée CFDT", "militant syndical", "militante syndicale", "responsable syndical", "responsable syndicale", "carte syndicale",
    "cotisation syndicale", "adhésion syndicale", "appartenance syndicale", "mandat syndical", "heures de délégation syndicale", "trade union member",
    "union membership", "union member", "shop steward", "union dues", "member of the union", "representative of the union",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.union",
    label={"fr": "appartenance syndicale", "en": "trade-union membership"},
    category=Category.SPECIAL,
    words=WORDS,
    headers=(
    "syndicat", "appartenance syndicale", "adhesion syndicale", "affiliation syndicale", "etiquette syndicale", "union", "trade union",
    "union membership", "syndique", "mandat syndical",
    ),
    fake=fake,
    in_text=(
        ("Mme L. est déléguée syndicale depuis 2018.", ("déléguée syndicale",)),
        ("Le syndicat de copropriété se réunit mardi.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#TradeUnionMembership",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
