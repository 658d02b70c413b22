"""Words that reveal what somebody believes (GDPR, article 9)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "catholique pratiquant", "catholique pratiquante", "de confession catholique", "de confession musulmane", "de confession juive",
    "de confession protestante", "de confession israélite", "de religion catholique", "de religion musulmane", "de religion juive",
    "de religion protestante", "de foi musulmane", "musulman pratiquant", "musulmane pratiquante", "juif pratiquant", "juive pratiquante",
    "protestant pratiquant", "chrétien pratiquant", "chrétienne pratiquante", "témoin de Jéhovah", "témoins de Jéhovah", "converti à l'islam",
    "convertie à l'islam", "conversion à l'islam", "converti au judaïsme", "convertie au judaïsme", "refuse la transfusion pour motif religieux",
    "pratique religieuse", "convictions religieuses", "appartenance religieuse", "jeûne du ramadan", "observe le ramadan", "fait le ramadan",
    "mange casher", "mange halal", "repas casher", "repas halal", "régime casher", "régime halal", "menu halal", "menu casher",
    "certificat de baptême", "acte de baptême", "libre penseur", "athée convaincu", "athée convaincue", "franc-maçon", "franc-maçonne",
    "practising catholic", "practicing catholic", "practising muslim", "practicing muslim", "muslim patient", "jewish patient", "jehovah's witness",
    "religious beliefs", "religious affiliation", "kosher meal", "halal meal",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.religion",
    label={"fr": "religion ou conviction", "en": "religion or belief"},
    category=Category.SPECIAL,
    words=WORDS,
    headers=(
    "religion", "confession", "culte", "croyance", "appartenance religieuse", "convictions religieuses", "conviction religieuse",
    "religious affiliation", "faith", "belief", "pratique religieuse",
    ),
    fake=fake,
    in_text=(
        ("Patiente de confession musulmane, repas sans porc.", ("de confession musulmane",)),
        ("La confession du coupable a surpris tout le monde.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#Religion",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
