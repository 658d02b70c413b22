"""The Lithuanian personal code (asmens kodas), made like the Estonian one."""

from __future__ import annotations

from tocsin.kinds.checks import All, Number, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.eu.ee_ik import KEY, numbered
from tocsin.kinds.kind import Category, Kind, Needs

KIND = Kind(
    name="lt.asmens",
    label={"fr": "code personnel lituanien", "en": "Lithuanian personal code"},
    category=Category.NATIONAL_ID,
    pattern="[1-69][0-9]{10}",
    check=All((Within(Number(3, 5), 0, 12), Within(Number(5, 7), 0, 31), KEY)),
    chance=0.0042,
    prior=-1.5,
    needs=Needs.CONTEXT,
    headers=("asmens kodas", "asmenskodas", "lithuanian personal code"),
    context=("asmens kodas", "asmens kodo", "lithuanian"),
    fake=numbered,
    valid=(
        *examples("lt.asmens", "33309240064"),
        *examples("tin_valid (GitHub), README, Lithuania", "10101010005"),
        *examples("tests of idnumbers (GitHub)", "39001010077"),
    ),
    invalid=("33309240164", "33313240064"),
    in_text=(
        ("Asmens kodas 33309240064", ("33309240064",)),
        ("Asmens kodas: 39001010077, Vilnius", ("39001010077",)),
        ("Asmens kodas 33309240164 neteisingas.", ()),
    ),
    citations=(stdnum("lt.asmens"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    note={
        "fr": "Même forme et même clé que le code estonien : seul l'en-tête ou le contexte les distingue.",
        "en": "Same form and key as the Estonian code: only the header or context tells them apart.",
    },
)
