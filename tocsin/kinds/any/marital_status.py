"""Whether somebody is married, single, divorced, widowed or in a civil union."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Lower, Needs

WORDS = (
    "marié", "mariée", "célibataire", "divorcé", "divorcée", "veuf", "veuve", "pacsé", "pacsée", "concubin", "concubine", "concubinage", "séparé", "séparée",
    "union libre", "vie maritale", "en couple", "marié(e)", "divorcé(e)", "pacsé(e)", "veuf(ve)", "séparé(e)", "marie", "divorce", "celibataire", "pacse", "single", "married",
    "divorced", "widowed", "separated", "civil partnership", "cohabiting",
)


def fake(rng: random.Random) -> str:
    """One of the usual words, now and then with a capital."""
    word = rng.choice(WORDS[:17])
    return word.capitalize() if rng.random() < 0.4 else word


KIND = Kind(
    name="any.marital_status",
    label={"fr": "situation de famille", "en": "marital status"},
    category=Category.IDENTITY,
    pattern="|".join(form.replace("(", "[(]").replace(")", "[)]") for word in sorted(WORDS, key=len, reverse=True) for form in (word, word.capitalize(), word.upper())),
    normalise=(Lower(),),
    needs=Needs.HEADER,
    headers=(
        "situation familiale", "situation famille", "situation matrimoniale", "situation maritale", "etat civil", "statut marital", "statut matrimonial",
        "situation de famille", "marital status", "civil status", "sit fam", "situ fam",
    ),
    fake=fake,
    valid=examples("INSEE, modalités de l'état matrimonial légal", "Célibataire", "Marié", "Veuve", "Divorcée"),
    invalid=("heureux", "12", "M."),
    in_text=(("Un homme marié en vaut deux.", ()),),
    citations=(remembered("INSEE, état matrimonial légal: définition"),),
    dpv="https://w3id.org/dpv/pd#MaritalStatus",
)
