"""The French number of a foreigner (AGDREF), on the residence permit: ten digits, or nine characters of the document itself."""

from __future__ import annotations

import random

from tocsin.kinds.cited import read, remembered
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import digits


def fake(rng: random.Random) -> str:
    """A number of either form, of nobody in particular."""
    if rng.random() < 0.7:
        return f"{rng.choice(('75', '99', '13', '69', '93', '77'))}{digits(rng, 8)}"
    return f"{''.join(rng.choice('ABCDEFGHJKLMNPRTVWXYZ') for _ in range(2))}{rng.choice('0123456789X')}{digits(rng, 6)}"


KIND = Kind(
    name="fr.residence_permit",
    label={"fr": "numéro de titre de séjour (AGDREF)", "en": "French residence-permit number (AGDREF)"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern="[0-9]{9,10}|[A-Z]{2}[0-9A-Z][0-9]{6}",
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "titre sejour", "titre de sejour", "num titre sejour", "numero titre sejour", "no titre sejour", "carte sejour",
        "numero carte sejour", "num carte sejour", "agdref", "numero agdref", "num agdref", "numero etranger", "num etranger",
        "no etranger", "id etranger", "carte de resident", "residence permit", "residence permit number", "recepisse",
    ),
    context=(
        "titre de séjour", "agdref", "carte de séjour", "carte de résident", "numéro étranger", "n° étranger", "récépissé de demande",
        "residence permit",
    ),
    fake=fake,
    invalid=("12345678", "12345678901", "ABCDEFGHI"),
    in_text=(
        ("Titre de séjour, numéro étranger 7503123456.", ("7503123456",)),
        ("AGDREF 9912345678, préfecture de Lyon", ("9912345678",)),
        ("Le titre de séjour est à renouveler deux mois avant.", ()),
    ),
    citations=(
        read(
            "Rennes Métropole, Trouver son numéro étranger AGDREF",
            "https://rennesmetropole.dokit.app/wiki/Trouver_son_num%C3%A9ro_%C3%A9tranger_AGDREF",
            "Le numéro AGDREF est composé de 9 ou 10 chiffres",
        ),
        remembered("the document number of a residence permit has nine characters (European format)"),
    ),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    show=(2, 0),
    note={
        "fr": "Aucune clé publique ni spécimen trouvé : l'en-tête ou le contexte est nécessaire. Révèle la situation d'étranger.",
        "en": "Neither public key nor specimen found: a header or context is needed. Reveals that its bearer is a foreigner.",
    },
)
