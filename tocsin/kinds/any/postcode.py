"""A postcode of any country, known by its header."""

from __future__ import annotations

import random

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind, Needs, Upper

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def fake(rng: random.Random) -> str:
    """Five digits, four digits, or the British form."""
    form = rng.randrange(3)
    if form == 0:
        return f"{rng.randrange(1000, 99999):05d}"
    if form == 1:
        return str(rng.randrange(1000, 9999))
    outward = f"{rng.choice(LETTERS)}{rng.choice(LETTERS)}{rng.randrange(1, 20)}"
    return f"{outward} {rng.randrange(10)}{rng.choice(LETTERS)}{rng.choice(LETTERS)}"


KIND = Kind(
    name="any.postcode",
    label={"fr": "code postal (étranger ou indéterminé)", "en": "postcode (foreign or undetermined)"},
    category=Category.CONTACT,
    pattern=(
        "(?:[A-Z]{1,2}-)?[0-9]{4,6}|[0-9]{4} ?[A-Za-z]{2}|[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}"
        "|[0-9]{5}-[0-9]{4}|[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}|[A-Za-z][0-9][A-Za-z] ?[0-9][A-Za-z][0-9]"
    ),
    normalise=(Upper(),),
    needs=Needs.HEADER,
    prior=-0.5,
    headers=(
        "code postal",
        "cp",
        "codepostal",
        "postal code",
        "post code",
        "postcode",
        "zip",
        "zip code",
        "plz",
        "code postal etranger",
        "codigo postal",
        "cap",
        "code postal naissance",
        "cpostal",
    ),
    fake=fake,
    citations=(
        Citation(
            title="Union postale universelle, norme S42 (formes d'adresses par pays)",
            url="https://www.upu.int/en/activities/addressing",
            verification=Verification.MEMORY,
        ),
    ),
    in_text=(("Le code postal est sur la facture 12345", ()),),
    note={
        "fr": "Formes de mémoire : un en-tête est exigé, et le code postal français est jugé à part.",
        "en": "Forms from memory: a header is required, and the French postcode is judged apart.",
    },
    show=(2, 0),
)
