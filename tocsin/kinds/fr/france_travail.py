"""The number of a French job seeker (France Travail, formerly Pôle emploi): seven digits and a letter, or eleven digits."""

from __future__ import annotations

import random

from tocsin.kinds.cited import read
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper
from tocsin.kinds.making import digits


def fake(rng: random.Random) -> str:
    """A number of either form, of nobody in particular."""
    return digits(rng, 11) if rng.random() < 0.4 else f"{digits(rng, 7)}{rng.choice('ABCDEFGHJKLMNPRSTVWXYZ')}"


KIND = Kind(
    name="fr.france_travail",
    label={"fr": "identifiant France Travail (demandeur d'emploi)", "en": "French job seeker's number (France Travail)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{6,7} ?[0-9A-Za-z]|[0-9]{11}",
    normalise=(Drop(" "), Upper()),
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "identifiant france travail", "id france travail", "numero france travail", "france travail", "identifiant pole emploi",
        "id pole emploi", "numero pole emploi", "num pole emploi", "pole emploi", "numero de", "numero demandeur emploi",
        "identifiant demandeur emploi", "num de", "identifiant regional", "ide", "job seeker number",
    ),
    context=("france travail", "pôle emploi", "demandeur d'emploi", "identifiant régional", "job seeker"),
    fake=fake,
    invalid=("30000", "ABCDEFGH", "123456789012"),
    in_text=(
        ("Identifiant France Travail : 3000001L", ("3000001L",)),
        ("Inscrite à Pôle emploi sous le numéro 12345678901.", ("12345678901",)),
        ("Le demandeur d'emploi doit actualiser sa situation.", ()),
    ),
    citations=(
        read(
            "bilan-competence.fr, Nom d'utilisateur Pôle emploi",
            "https://www.bilan-competence.fr/nom-d-utilisateur-pole-emploi-exemple-et-regles-a-suivre",
            "Ce numéro unique de 11 chiffres remplace progressivement les anciens identifiants régionaux depuis mars 2025",
        ),
        read("betagouv, import template (identifiant 300000L)"),
    ),
    dpv="https://w3id.org/dpv/pd#UnemploymentStatus",
    show=(0, 2),
    note={
        "fr": "Formes dites par des sites et des modèles d'import, non par France Travail : l'en-tête ou le contexte est "
        "nécessaire. Révèle la situation de demandeur d'emploi.",
        "en": "Forms said by web sites and import templates, not by France Travail: a header or context is needed. Reveals "
        "that the person looks for work.",
    },
)
