"""A surname, judged by column against the surnames of the self-employed in France."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.lists import draw


def fake(rng: random.Random) -> str:
    """A name drawn from the list, commoner ones more often, in capitals one time in two; one in twelve is double."""
    name = draw("surnames", rng)
    if rng.random() < 0.08:
        name = f"{name}-{draw('surnames', rng)}"
    return name.upper() if rng.random() < 0.5 else name.title()


KIND = Kind(
    name="any.surname",
    label={"fr": "nom de famille", "en": "surname"},
    category=Category.IDENTITY,
    lexicon="surnames",
    needs=Needs.HEADER,
    headers=(
        "nom",
        "nom de famille",
        "nom de naissance",
        "nom usage",
        "nom usuel",
        "nom marital",
        "nom patronymique",
        "nom de jeune fille",
        "patronyme",
        "nom patient",
        "nom epouse",
        "nom naissance",
        "surname",
        "last name",
        "family name",
        "maiden name",
        "birth name",
        "lname",
        "nomf",
        "nom fam",
        "nachname",
        "apellido",
    ),
    fake=fake,
    citations=(
        Citation(
            title="Liste de prénoms et de patronymes, data.gouv.fr, 14 octobre 2018",
            url="https://static.data.gouv.fr/resources/liste-de-prenoms-et-patronymes/20181014-162921/patronymes.csv",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    show=(1, 0),
)
