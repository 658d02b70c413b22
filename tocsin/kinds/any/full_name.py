"""A given name and a surname in one value, in either order, with or without a title."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.any import given_name, surname
from tocsin.kinds.kind import Category, Kind, Needs

TITLES = ("M.", "Mme", "Mr", "Dr")


def fake(rng: random.Random) -> str:
    """A given name and a surname drawn apart from each other: a pair of nobody in particular."""
    given, family = given_name.fake(rng), surname.fake(rng)
    order = rng.random()
    if order < 0.35:
        return f"{family.upper()} {given}"
    name = f"{given} {family}"
    return f"{rng.choice(TITLES)} {name}" if order > 0.85 else name


KIND = Kind(
    name="any.full_name",
    label={"fr": "prénom et nom", "en": "full name"},
    category=Category.IDENTITY,
    lexicon="given_names surnames",
    needs=Needs.HEADER,
    headers=(
        "nom prenom",
        "prenom nom",
        "nom et prenom",
        "nom complet",
        "nom prenoms",
        "full name",
        "name",
        "display name",
        "patient",
        "client",
        "beneficiaire",
        "titulaire",
        "assure",
        "adherent",
        "salarie",
        "contact",
        "medecin",
        "praticien",
        "usager",
        "locataire",
        "souscripteur",
        "destinataire",
        "identite",
        "denomination",
        "common name",
        "cn",
        "civilite nom prenom",
        "employee",
        "customer name",
        "interlocuteur",
        "responsable",
    ),
    fake=fake,
    citations=(
        Citation(
            title="INSEE, Fichier des prénoms ; liste de patronymes tirée de SIRENE (data.gouv.fr)",
            url="https://www.insee.fr/fr/statistiques/2540004",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    show=(1, 0),
)
