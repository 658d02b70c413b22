"""The registration plate of a French vehicle: SIV since 2009 (AA-123-AA), FNI before (123 AB 45)."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Either, Length, Number, OneOf, Within
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs, Upper
from tocsin.kinds.making import groups

LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"
PAIRS = frozenset(a + b for a in LETTERS for b in LETTERS) - {"SS"}

ALPHABET = frozenset(LETTERS)
SIV = All((Length((7,)), OneOf(0, 2, PAIRS), Within(Number(2, 5), 1, 999), OneOf(5, 7, PAIRS)))
MAINLAND = All((OneOf(-3, -2, ALPHABET), Within(Number(-2, None), 1, 95)))
CORSICA = OneOf(-2, None, frozenset({"2A", "2B"}))
OVERSEAS = All((OneOf(-4, -3, ALPHABET), Within(Number(-3, None), 971, 976)))


def fake(rng: random.Random) -> str:
    """A plate of the current form, or one in four of the older one, with and without separators."""
    if rng.random() < 0.25:
        department = rng.choice([f"{number:02d}" for number in range(1, 96)] + ["2A", "2B", "974"])
        parts = (str(rng.randrange(11, 10000)), "".join(rng.choice(LETTERS) for _ in range(2)), department)
        return rng.choice((" ", "-", "")).join(parts)
    left, right = rng.choice(sorted(PAIRS - {"WW"})), rng.choice(sorted(PAIRS))
    return groups(f"{left}{rng.randrange(1, 1000):03d}{right}", 2, 3, 2, by=rng.choice(("-", "-", " ", "")))


LETTER = "[A-HJ-NP-TV-Za-hj-np-tv-z]"
KIND = Kind(
    name="fr.plate",
    label={"fr": "plaque d'immatriculation", "en": "French vehicle registration plate"},
    category=Category.DEVICE,
    pattern=(
        f"{LETTER}{LETTER}[ -]?[0-9][0-9][0-9][ -]?{LETTER}{LETTER}"
        f"|[1-9][0-9]{{0,3}}[ -]?{LETTER}{{1,3}}[ -]?(?:97[1-6]|[0-9][0-9]|2[ABab])"
    ),
    normalise=(Drop(" -"), Upper()),
    check=Either((SIV, MAINLAND, CORSICA, OVERSEAS)),
    chance=0.98,
    needs=Needs.CONTEXT,
    headers=(
        "immatriculation",
        "immat",
        "num immat",
        "numero immat",
        "num immatriculation",
        "numero immatriculation",
        "no immatriculation",
        "n immatriculation",
        "immatriculation vehicule",
        "immat vehicule",
        "plaque",
        "plaque immatriculation",
        "plaque d immatriculation",
        "plaque mineralogique",
        "numero plaque",
        "num plaque",
        "license plate",
        "licence plate",
        "plate number",
        "vehicle plate",
        "vehicle registration",
        "number plate",
        "registration plate",
    ),
    context=(
        "immatriculation",
        "immatriculé",
        "immatriculée",
        "plaque",
        "véhicule",
        "voiture",
        "carte grise",
        "plate",
        "vehicle",
        "car",
    ),
    fake=fake,
    valid=(
        Example(value="AA-001-AA", source="La Gazette des communes: « a débuté à AA-001-AA »"),
        Example(
            value="ZZ-999-ZZ", source="headtopics.com (actu.fr, France Titres): « se terminant à ZZ-999-ZZ »"
        ),
        Example(
            value="AA-123-BB", source="plaque-immat.fr, Plaque d'immatriculation : les lettres interdites"
        ),
        Example(value="123 AB 45", source="plaqueandgo.com, Les anciens numéros d'immatriculation FNI"),
        Example(value="1 A 33", source="plaqueandgo.com: « La première plaque porte le numéro : 1 A 33 »"),
    ),
    invalid=("SS-123-AA", "AA-123-SS", "AA-000-AA", "AI-123-AA", "123 AB 00", "123 AB 96", "AA-12-AA"),
    in_text=(
        ("Véhicule immatriculé AA-123-BB, stationné rue Haute.", ("AA-123-BB",)),
        ("The car with plate 123 AB 45 was sold in 2008.", ("123 AB 45",)),
        ("La voiture n'a pas encore de plaque.", ()),
    ),
    citations=(
        Citation(
            title="La Gazette des communes, Un automobiliste peut-il choisir les mentions de sa plaque ?",
            url="https://www.lagazettedescommunes.com/154001/",
            quote="2 lettres, 1 tiret, 3 chiffres, 1 tiret et 2 lettres",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="SIVpro, comment est attribué un numéro de plaque SIV",
            url="https://www.sivpro.fr/immatriculation-comment-est-attribue-un-numero-de-plaque-siv/",
            quote="Certains caractères sont exclus du système tels que les lettres I, O et U",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#VehicleLicense",
    show=(2, 0),
    note={
        "fr": "Aucune clé : l'en-tête ou le contexte est nécessaire. Les cyclomoteurs (A 11 A), les garages (W) et les "
        "plaques diplomatiques ne sont pas reconnus.",
        "en": "No key: a header or context is needed. Mopeds (A 11 A), garages (W) and diplomatic plates are not "
        "recognised.",
    },
)
