"""What somebody does for a living, as a column says it."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs

JOBS = (
    "infirmière", "comptable", "boulanger", "professeur des écoles", "aide-soignante", "ingénieur", "chauffeur routier", "agricultrice", "secrétaire médicale", "électricien",
    "vendeuse", "retraité", "étudiante", "sans emploi", "cadre commercial", "maçon", "avocate", "technicien de laboratoire",
)


def fake(rng: random.Random) -> str:
    """One of some trades."""
    return rng.choice(JOBS)


KIND = Kind(
    name="any.profession",
    label={"fr": "profession", "en": "profession"},
    category=Category.PROFESSIONAL,
    pattern=f"(?:[A-Za-z '/().-]|{'|'.join('àâäçèéêëîïôöùûüœÀÂÇÈÉÊÎÔÙÛŒ')}){{3,60}}",
    prior=-0.5,
    needs=Needs.HEADER,
    headers=(
        "profession", "metier", "emploi", "job", "job title", "jobtitle", "occupation", "intitule poste", "intitule emploi", "poste occupe", "fonction salarie",
        "profession pere", "profession mere", "profession conjoint", "csp", "categorie socioprofessionnelle",
    ),
    fake=fake,
    valid=examples("INSEE, nomenclature des professions et catégories socioprofessionnelles", "Boulanger", "Aide-soignant", "Cadre administratif"),
    invalid=("12", "", "@"),
    in_text=(("Sa profession est inconnue.", ()),),
    citations=(remembered("INSEE, nomenclature PCS 2020"),),
    dpv="https://w3id.org/dpv/pd#Profession",
)
