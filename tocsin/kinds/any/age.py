"""Somebody's age in years."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.cited import examples
from tocsin.kinds.kind import Category, Kind, Needs, Swap


def fake(rng: random.Random) -> str:
    """An age."""
    return f"{rng.randrange(0, 100)}{rng.choice(('', '', ' ans'))}"


KIND = Kind(
    name="any.age",
    label={"fr": "âge", "en": "age"},
    category=Category.BIRTH,
    pattern="1?[0-9]{1,2}(?: ?ans?| years?| yrs?)?",
    normalise=(Swap(" ?(?:ans?|years?|yrs?)$", ""),),
    needs=Needs.HEADER,
    headers=("age", "age patient", "age client", "age annees", "age ans", "age en annees", "age years", "age salarie", "age assure"),
    fake=fake,
    valid=examples("HL7 FHIR, data type Age, values of examples", "44", "7 ans", "101"),
    invalid=("quarante", "-3", "1985"),
    in_text=(("Il a 44 ans et toutes ses dents.", ()),),
    citations=(Citation(title="no rule: a number of years"),),
    dpv="https://w3id.org/dpv/pd#Age",
)
