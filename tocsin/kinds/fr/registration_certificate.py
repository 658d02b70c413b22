"""The form number of a French vehicle registration certificate (carte grise): year, two letters, five digits."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Number, Within
from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Drop, Kind, Needs
from tocsin.kinds.making import digits


def fake(rng: random.Random) -> str:
    """A number of the right form, of no vehicle in particular."""
    letters = "ABCDEFGHJKLMNPQRSTVWXYZ"
    return f"{rng.randrange(2009, 2027)}{rng.choice(letters)}{rng.choice(letters)}{digits(rng, 5)}"


KIND = Kind(
    name="fr.registration_certificate",
    label={"fr": "numéro de formule de carte grise", "en": "form number of a French vehicle certificate"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern="20[0-9]{2} ?[A-Z]{2} ?[0-9]{5}",
    normalise=(Drop(" "),),
    check=Within(Number(0, 4), 2009, 2040),
    chance=0.32,
    needs=Needs.CONTEXT,
    headers=(
        "numero formule", "num formule", "no formule", "formule carte grise", "numero de formule", "carte grise", "numero carte grise",
        "certificat immatriculation", "numero certificat immatriculation", "registration certificate",
    ),
    context=("carte grise", "numéro de formule", "n° de formule", "certificat d'immatriculation", "registration certificate"),
    fake=fake,
    invalid=("2008AB12345", "2019AB1234", "19AB12345"),
    in_text=(
        ("Carte grise, numéro de formule 2019AB12345.", ("2019AB12345",)),
        ("Certificat d'immatriculation 2021 FR 04567", ("2021 FR 04567",)),
        ("La carte grise sera envoyée sous huit jours.", ()),
    ),
    citations=(remembered("Arrêté du 9 février 2009 relatif aux modalités d'immatriculation des véhicules"),),
    dpv="https://w3id.org/dpv/pd#VehicleRegistrationNumber",
    show=(4, 0),
    note={
        "fr": "Forme citée de mémoire, sans clé : l'en-tête ou le contexte est nécessaire.",
        "en": "Form from memory, without a key: a header or context is needed.",
    },
)
