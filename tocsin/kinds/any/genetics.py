"""Words that say what somebody inherited or passes on (GDPR, articles 4(13) and 9)."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "test génétique", "tests génétiques", "analyse génétique", "caryotype", "séquençage du génome", "séquençage de l'exome", "séquençage ADN",
    "profil ADN", "empreinte génétique", "test ADN", "mutation BRCA1", "mutation BRCA2", "BRCA1", "BRCA2", "porteur sain", "porteuse saine",
    "porteur de la mutation", "porteuse de la mutation", "variant pathogène", "mutation du gène", "gène CFTR", "hétérozygote composite",
    "homozygote muté", "hétérozygote muté", "conseil génétique", "consultation d'oncogénétique", "diagnostic préimplantatoire", "diagnostic prénatal",
    "syndrome de Lynch", "chorée de Huntington", "maladie de Huntington", "X fragile", "test de paternité", "filiation par ADN", "genetic test",
    "whole genome sequencing", "exome sequencing", "dna profile", "carrier of the mutation", "pathogenic variant", "paternity test",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.genetics",
    label={"fr": "donnée génétique", "en": "genetic data"},
    category=Category.SPECIAL,
    words=WORDS,
    headers=(
    "genotype", "caryotype", "mutation", "mutations", "test genetique", "adn", "profil adn", "genetic test", "genome", "variant", "dna profile",
    "empreinte genetique",
    ),
    fake=fake,
    in_text=(
        ("Porteuse de la mutation BRCA1, suivi annuel.", ("Porteuse de la mutation", "BRCA1")),
        ("L'ADN de l'entreprise est l'innovation.", ()),
    ),
    citations=(remembered("Règlement (UE) 2016/679, article 9", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),),
    dpv="https://w3id.org/dpv/pd#Genetic",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
