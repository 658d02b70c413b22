"""The French pupil's or student's national number (INE): eleven characters in several generations."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Either, Equal, Letter, OneOf, Residue
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs, Upper
from tocsin.kinds.making import digits

KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ"
ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
BEA = Equal(Letter(-1, KEYS), Residue(((0, 10),), 23))
RNIE = All((OneOf(9, 10, ALPHABET), OneOf(10, 11, ALPHABET)))
APPRENTICE = All((OneOf(4, 5, frozenset("A")), OneOf(10, 11, ALPHABET)))


def fake(rng: random.Random) -> str:
    """A number of the current form (nine digits, two letters) or of the older one with its key letter."""
    if rng.random() < 0.6:
        return digits(rng, 9) + rng.choice(KEYS) + rng.choice(KEYS)
    body = f"{rng.randrange(1, 29):02d}{rng.choice('90')}{digits(rng, 7)}"
    return body + KEYS[int(body) % 23]


CATALOGUE = "mission-apprentissage, constants of the learners' data flow (public code): "
KIND = Kind(
    name="fr.ine",
    label={
        "fr": "identifiant national élève ou étudiant (INE)",
        "en": "French student's national number (INE)",
    },
    category=Category.NATIONAL_ID,
    pattern=(
        "[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9A-Za-z][A-Za-z]"
        "|[0-9][0-9][0-9][0-9][Aa][0-9][0-9][0-9][0-9][0-9][A-Za-z]"
    ),
    normalise=(Drop(" .-"), Upper()),
    check=Either((BEA, RNIE, APPRENTICE)),
    chance=0.92,
    prior=-0.3,
    needs=Needs.CONTEXT,
    headers=(
        "ine",
        "num ine",
        "numero ine",
        "no ine",
        "n ine",
        "code ine",
        "ine bea",
        "ine rnie",
        "bea",
        "numero bea",
        "num bea",
        "ine eleve",
        "ine etudiant",
        "ine apprenant",
        "nne",
        "numero national etudiant",
        "identifiant national eleve",
        "identifiant national etudiant",
        "id national",
        "elenoet ine",
        "national student number",
        "student national id",
    ),
    context=(
        "ine",
        "bea",
        "rnie",
        "élève",
        "étudiant",
        "étudiante",
        "identifiant national",
        "parcoursup",
        "student",
    ),
    fake=fake,
    valid=(
        Example(value="123456789FF", source=CATALOGUE + "INE_RNIE_REGEX_PATTERN, commented example"),
        Example(value="1234A12345F", source=CATALOGUE + "INE_APPRENTISSAGE_REGEX_PATTERN, commented example"),
    ),
    invalid=("12345678901", "1234567890A", "1234567890I", "1234B12345F"),
    in_text=(
        ("Élève inscrit sur Parcoursup, INE 123456789FF.", ("123456789FF",)),
        ("The student's national number (INE) is 070123456AB on the transcript.", ("070123456AB",)),
        ("Son INE n'a pas encore été attribué.", ()),
    ),
    citations=(
        Citation(
            title="Wikipédia, Numéro BEA (copie de septembre 2022)",
            url="https://fr.wikipedia.org/wiki/Num%C3%A9ro_BEA",
            quote="Ce numéro est composé de neuf chiffres et deux lettres depuis la rentrée 2018",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="BohwaZ, check_ine (public domain): AA academy, BB year, NNNNNN number, M modulo 23",
            url="https://gist.github.com/bohwaz/e14df1e88e9e06aa3857e8b6f1181bf9",
            quote="format AABBNNNNNNM",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#UID",
    show=(2, 0),
    note={
        "fr": "La clé modulo 23 de l'ancien numéro (dix chiffres et une lettre) est de source secondaire, sans numéro "
        "public pour l'éprouver ; la clé éventuelle des deux lettres du numéro actuel est inconnue et n'est pas "
        "vérifiée. Les numéros universitaires d'avant 2018 en chiffres et lettres mêlés ne sont pas reconnus.",
        "en": "The modulo 23 key of the older number (ten digits and a letter) is from a secondary source, without a "
        "public number to try it on; whether the two letters of the current number are a key is unknown and not "
        "verified. University numbers from before 2018 that mix digits and letters are not recognised.",
    },
)
