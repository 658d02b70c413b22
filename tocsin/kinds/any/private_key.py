"""A private key: the opening of a PEM, OpenSSH, PGP, PuTTY or .NET file, with the first line of what follows."""

from __future__ import annotations

import random
from base64 import b64encode
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.any.password import clear
from tocsin.kinds.kind import Category, Example, Kind

SEEN = date(2026, 11, 21)
NAMES = "(?:RSA |DSA |EC |ENCRYPTED |OPENSSH |ANY |SSH2 ENCRYPTED )?PRIVATE KEY|PGP PRIVATE KEY BLOCK"
# The dashes may be left out, for the engine looks for what begins with a letter. `InverseQ` is an element that
# .NET writes for private keys only. Line breaks come as they are, as one blank (in a cell), or written `\\n` (in JSON and settings).
BREAK = "(?:[ \r\n]{1,3}|[\\\\]n)"
BODY = f"(?:{BREAK}{{1,2}}[A-Za-z0-9+/=]{{16,}})?"
TYPES = ("RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "PRIVATE KEY")


def fake(rng: random.Random) -> str:
    """The opening of a file and 48 random bytes, which are no key."""
    body = b64encode(rng.randbytes(48)).decode()
    return f"-----BEGIN {rng.choice(TYPES)}-----\\n{body}"


KIND = Kind(
    name="any.private_key",
    label={"fr": "clé privée", "en": "private key"},
    category=Category.CREDENTIAL,
    pattern="|".join(
        (
            *(f"{dashes}BEGIN (?:{NAMES})-----{BODY}" for dashes in ("-----", "")),
            *(f"{dashes}BEGIN SSH2 ENCRYPTED PRIVATE KEY ----" for dashes in ("---- ", "")),
            "PuTTY-User-Key-File-[1-4]",
            "InverseQ>[A-Za-z0-9+/=]{16,}",
        )
    ),
    fake=fake,
    headers=("private key", "cle privee", "privkey", "priv key", "ssh key", "pem", "secret key pem", "rsa private key"),
    valid=(
        Example(value="-----BEGIN PRIVATE KEY-----", source="RFC 7468, section 10"),
        Example(value="-----BEGIN ENCRYPTED PRIVATE KEY-----", source="RFC 7468, section 11"),
        Example(value="-----BEGIN PGP PRIVATE KEY BLOCK-----", source="RFC 9580, section 6.2.1"),
        Example(value="PuTTY-User-Key-File-3", source="PuTTY user manual, appendix C"),
    ),
    invalid=(
        "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", "BEGIN PRIVATE KEY", "-----END PRIVATE KEY-----",
    ),
    in_text=(
        (
            "Voici la clé : -----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\nà garder.",
            ("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==",),
        ),
        ("KEY=\"-----BEGIN EC PRIVATE KEY-----\" and nothing more", ("-----BEGIN EC PRIVATE KEY-----",)),
        ("-----BEGIN CERTIFICATE-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END CERTIFICATE-----", ()),
    ),
    citations=(
        Citation(
            title="RFC 7468, Textual Encodings of PKIX, PKCS and CMS Structures, sections 10 and 11",
            url="https://www.rfc-editor.org/rfc/rfc7468#section-10",
        ),
        Citation(
            title="detect-secrets 1.5.0, private_key",
            url="https://github.com/Yelp/detect-secrets",
            verification=Verification.PRIMARY,
            checked_on=SEEN,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#SecretText",
    grade=clear,
)
