"""The number of a French establishment (SIRET): a SIREN and five digits more."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Constant, Either, Equal, Modulo, OneOf, Weighted, luhn
from tocsin.kinds.kind import Category, Drop, Example, Kind
from tocsin.kinds.making import digits, sometimes, with_luhn

LA_POSTE = All((OneOf(0, 9, frozenset({"356000000"})), Equal(Modulo(Weighted((1,)), 5), Constant(0))))


def fake(rng: random.Random) -> str:
    """A number of the right form and keys, never of La Poste, about one in three written in groups."""
    siren = with_luhn(rng.choice("456789") + digits(rng, 7))
    return sometimes(rng, with_luhn(f"{siren}000{rng.randrange(10)}"), 3, 3, 3, 5)


DOCTEST = "python-stdnum (GitHub), tests/test_fr_siret.doctest"
KIND = Kind(
    name="fr.siret",
    label={"fr": "numéro SIRET", "en": "French establishment number (SIRET)"},
    category=Category.PROFESSIONAL,
    pattern=("[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][0-9][0-9]"),
    normalise=(Drop(" .-"),),
    check=Either((All((luhn(), luhn(0, 9))), LA_POSTE)),
    keyed=True,
    chance=0.01,
    headers=(
        "siret",
        "num siret",
        "numero siret",
        "no siret",
        "n siret",
        "code siret",
        "siret etablissement",
        "siret employeur",
        "siret entreprise",
        "siret client",
        "siret fournisseur",
        "siret siege",
        "identifiant siret",
        "siret number",
        "establishment siret",
    ),
    context=("siret", "établissement", "employeur", "sirene", "establishment"),
    fake=fake,
    valid=(
        Example(value="73282932000074", source="python-stdnum 2.2, documentation of stdnum.fr.siret"),
        Example(value="732 829 320 00074", source="python-stdnum 2.2, documentation of stdnum.fr.siret"),
        Example(value="356 000 000 09075", source=DOCTEST),
        Example(value="35600000000048", source=DOCTEST),
        Example(value="35600000049837", source=DOCTEST),
    ),
    invalid=("73282932000079", "35600000049838", "732 829 321 00073"),
    in_text=(
        ("Employeur : SIRET 732 829 320 00074, code APE 6201Z.", ("732 829 320 00074",)),
        ("Post office establishment number: 35600000049837.", ("35600000049837",)),
        ("SIRET erroné 73282932000079 dans la facture.", ()),
    ),
    citations=(
        Citation(
            title="python-stdnum, tests/test_fr_siret.doctest",
            url="https://github.com/arthurdejong/python-stdnum/blob/master/tests/test_fr_siret.doctest",
            quote="La Poste SIRET does not use the Luhn checksum but the sum of digits must be a multiple of 5.",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    show=(3, 0),
    note={
        "fr": "Deux clés de Luhn (SIREN et SIRET), sauf les établissements de La Poste (SIREN 356000000) : somme des "
        "chiffres multiple de 5, qui laisse passer un chiffre changé de 5.",
        "en": "Two Luhn keys (SIREN and SIRET), but for the establishments of La Poste (SIREN 356000000): sum of digits "
        "a multiple of 5, which a digit changed by 5 passes.",
    },
)
