"""A stored password that is not in clear: its family, and how well it resists, read from the value alone."""

from __future__ import annotations

import hashlib
import random
from base64 import b64encode
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import Called
from tocsin.kinds.kind import Category, Example, Kind, Needs
from tocsin.kinds.stored import family, formats, grade, is_signed, plausible, signed

SEEN = date(2026, 11, 21)
CRYPT64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _text(rng: random.Random, alphabet: str, size: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(size))


def _digest(algorithm: str, secret: bytes) -> bytes:
    return hashlib.new(algorithm, secret, usedforsecurity=False).digest()


def _crypt64(rng: random.Random, size: int) -> str:
    return _text(rng, CRYPT64, size)


def any_hash(rng: random.Random) -> str:
    """The digest of random characters where Python can compute it; else random characters in the right form."""
    secret, salt = _text(rng, CRYPT64, 12).encode(), _text(rng, CRYPT64[2:], 12)
    shape = rng.randrange(10)
    if shape < 4:
        return _digest(("md5", "sha1", "sha256", "sha512")[shape], secret).hex()
    if shape == 4:
        return "*" + _digest("sha1", _digest("sha1", secret)).hex().upper()
    if shape == 5:
        raw = salt[:4].encode()
        return "{SSHA}" + b64encode(_digest("sha1", secret + raw) + raw).decode()
    if shape == 6:
        derived = hashlib.pbkdf2_hmac("sha256", secret, salt.encode(), 1)
        return f"pbkdf2_sha256${rng.choice((260000, 600000))}${salt}${b64encode(derived).decode()}"
    if shape == 7:
        return f"sha1${salt}${_digest('sha1', salt.encode() + secret).hex()}"
    if shape == 8:
        return f"$6${_crypt64(rng, 16)}${_crypt64(rng, 86)}"
    return f"$2y${rng.randrange(10, 13)}${_crypt64(rng, 53)}"


def fake(rng: random.Random) -> str:
    """A digest whose form needs a header or context."""
    while True:
        value = any_hash(rng)
        if not is_signed(value):
            return value


OTHERS = tuple(each for each in formats() if each not in signed())


KIND = Kind(
    name="any.password_hash",
    label={"fr": "empreinte de mot de passe", "en": "password hash"},
    category=Category.CREDENTIAL,
    pattern="|".join(dict.fromkeys(each.pattern for each in OTHERS)),
    check=Called(plausible),
    prior=2.0,
    needs=Needs.CONTEXT,
    headers=(
        "password hash", "hash password", "passwordhash", "pwd hash", "hashed password", "password digest",
        "encrypted password", "password encrypted", "crypted password", "password crypt", "password", "passwd", "pwd",
        "mot de passe", "mdp", "motdepasse", "user pass", "user password", "userpassword", "pass hash", "password md5",
        "password sha1", "md5 password", "mdp hash", "hash mdp", "empreinte mot de passe", "mot de passe chiffre",
        "mot de passe hache", "secret hash", "nt hash", "lm hash", "ntlm", "password salted", "passwrd",
        "user passwd", "pass", "shadow", "authentication string", "rolpassword",
    ),
    context=(
        "hash", "hashes", "empreinte", "password", "passwd", "mot de passe", "mdp", "pwd", "md5", "sha1", "ntlm",
        "shadow", "htpasswd", "pwdump",
        "apr1", "ssha", "scram", "bcrypt",
    ),
    fake=fake,
    valid=tuple(
        Example(value=each.example, source=f"hashcat, example hashes, mode {each.modes[0]} (password: hashcat)")
        for each in OTHERS
        if each.example_by == "hashcat" and each.modes
    ),
    invalid=(
        "00000000000000000000000000000000", "4970100000000014", "communication", "d41d8cd98f00b204e9800998ecf8427",
        "$P$tropcourt", "{SSHA}", "*abc",
    ),
    in_text=(
        (
            "Le hash du mot de passe est 8743b52063cd84097a65d1633f5c74f5.",
            ("8743b52063cd84097a65d1633f5c74f5",),
        ),
        ("Password hash (WordPress): $P$984478476IagS59wHZvyQMArzfx58u.", ("$P$984478476IagS59wHZvyQMArzfx58u.",)),
        ("La pièce jointe porte le numéro 8743b52063cd84097a65d1633f5c74f5.", ()),
    ),
    citations=(
        Citation(
            title="hashcat, example hashes (read in hashcat's sources and in Name-That-Hash's tests)",
            url="https://hashcat.net/wiki/doku.php?id=example_hashes",
            verification=Verification.SECONDARY,
            checked_on=SEEN,
        ),
        Citation(
            title="passlib 1.7.4: formats and test vectors",
            url="https://passlib.readthedocs.io/en/stable/lib/passlib.hash.html",
            verification=Verification.PRIMARY,
            checked_on=SEEN,
        ),
        Citation(
            title="CNIL, délibération n° 2022-100 du 21 juillet 2022, recommandation sur les mots de passe",
            url="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046432885",
            verification=Verification.SECONDARY,
            checked_on=SEEN,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#Password",
    grade=grade,
    family=family,
    show=(0, 0),
)
