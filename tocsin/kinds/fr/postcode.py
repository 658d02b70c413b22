"""The French postcode: five digits that La Poste's table holds."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import OneOf
from tocsin.kinds.kind import Category, Example, Kind, Needs
from tocsin.kinds.lists import load, rows

CODES = frozenset(load("postcodes"))


def fake(rng: random.Random) -> str:
    """A postcode of some commune."""
    return rng.choice(rows("postcodes"))[0]


KIND = Kind(
    name="fr.postcode",
    label={"fr": "code postal français", "en": "French postcode"},
    category=Category.CONTACT,
    pattern="[0-9]{5}",
    check=OneOf(0, 5, CODES),
    chance=len(CODES) / 100_000,
    needs=Needs.CONTEXT,
    headers=(
        "code postal",
        "cp",
        "codepostal",
        "postal code",
        "post code",
        "postcode",
        "zip",
        "zip code",
        "cpostal",
        "adresse code postal",
        "cp naissance",
        "code postal naissance",
        "cp ville",
        "code post",
        "cod post",
    ),
    context=(
        "code postal",
        "cp",
        "adresse",
        "domicilié",
        "domiciliée",
        "demeurant",
        "habite",
        "rue",
        "avenue",
        "boulevard",
    ),
    fake=fake,
    valid=tuple(
        Example(value=code, source="La Poste, base officielle des codes postaux (dataset laposte-hexasmal)")
        for code in ("01400", "01640", "54360")
    ),
    invalid=("00000", "99999", "96123", "20000-"),
    citations=(
        Citation(
            title="La Poste, Base officielle des codes postaux",
            url="https://www.data.gouv.fr/fr/datasets/base-officielle-des-codes-postaux/",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    in_text=(
        ("Code postal : 75001 Paris", ("75001",)),
        ("Elle habite au 97400 Saint-Denis", ("97400",)),
        ("la facture de 75001 euros", ()),
    ),
    note={
        "fr": "Les codes CEDEX ne sont pas dans la table publique : ils comptent comme candidats, non comme valides.",
        "en": "CEDEX codes are not in the public table: they count as candidates, not as valid.",
    },
    show=(2, 0),
)
