"""A stored password whose form says by itself what it is, so that neither header nor context is needed."""

from __future__ import annotations

import random

from tocsin.kinds.any.password_hash import KIND as HASH
from tocsin.kinds.any.password_hash import any_hash
from tocsin.kinds.kind import Category, Example, Kind
from tocsin.kinds.stored import family, grade, is_signed, signed


def fake(rng: random.Random) -> str:
    """A digest whose form is one of these."""
    while True:
        value = any_hash(rng)
        if is_signed(value):
            return value


KIND = Kind(
    name="any.signed_hash",
    face_of="any.password_hash",
    label={"fr": "empreinte de mot de passe à la forme reconnaissable", "en": "password hash of a telling form"},
    category=Category.CREDENTIAL,
    pattern="|".join(dict.fromkeys(each.pattern for each in signed())),
    prior=2.0,
    headers=HASH.headers,
    context=HASH.context,
    fake=fake,
    valid=tuple(
        Example(value=each.example, source=f"hashcat, example hashes, mode {each.modes[0]} (password: hashcat)")
        for each in signed()
        if each.example_by == "hashcat" and each.modes
    ),
    invalid=("8743b52063cd84097a65d1633f5c74f5", "$2y$10$tropcourt", "$argon2id$", "pbkdf2_sha256$abc$sel$YWJj"),
    in_text=(
        (
            "root:$2a$05$LhayLxezLhK1LhWvKxCyLOj0j1u.Kj0jZ0pEmm134uzrQlFvQJLF6:19000:0:99999",
            ("$2a$05$LhayLxezLhK1LhWvKxCyLOj0j1u.Kj0jZ0pEmm134uzrQlFvQJLF6",),
        ),
        ("lilas = sha1$fe76b$02d5916550edf7fc8c886f044887f4b1abf9b013", ("sha1$fe76b$02d5916550edf7fc8c886f044887f4b1abf9b013",)),
        ("Il a payé 2$ puis 10$ ; 8743b52063cd84097a65d1633f5c74f5 n’est qu’un nombre.", ()),
    ),
    citations=HASH.citations,
    dpv=HASH.dpv,
    grade=grade,
    family=family,
)
