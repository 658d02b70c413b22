"""A JSON Web Token: what somebody carries to prove who they are, often with their name inside."""

from __future__ import annotations

import json
import random
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.any.password import clear
from tocsin.kinds.checks import Called
from tocsin.kinds.kind import Category, Example, Kind

LONGEST_HEADER = 4096


def names_algorithm(value: str) -> bool:
    """Whether the first part decodes to a JSON object with a member `alg` (RFC 7515, section 4.1.1)."""
    first = value.partition(".")[0][:LONGEST_HEADER]
    try:
        header = json.loads(urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and isinstance(header.get("alg"), str)


def _part(content: Mapping[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).rstrip(b"=").decode()


def fake(rng: random.Random) -> str:
    """A token of nobody whose signature is 32 random bytes."""
    signature = urlsafe_b64encode(rng.randbytes(32)).rstrip(b"=").decode()
    header = {"alg": rng.choice(("HS256", "RS256", "ES256")), "typ": "JWT"}
    return f"{_part(header)}.{_part({'sub': str(rng.randrange(10**6)), 'exp': 1900000000})}.{signature}"


KIND = Kind(
    name="any.jwt",
    label={"fr": "jeton JWT", "en": "JSON Web Token"},
    category=Category.CREDENTIAL,
    pattern="eyJ[A-Za-z0-9_-]{7,}[.][A-Za-z0-9_-]{2,}[.][A-Za-z0-9_-]*(?:[.][A-Za-z0-9_-]{2,}[.][A-Za-z0-9_-]{2,})?",
    check=Called(names_algorithm),
    chance=0.000001,
    headers=("jwt", "jwt token", "id token", "access token", "bearer token", "session token", "jeton jwt", "auth token"),
    context=("jwt", "bearer", "token", "jeton", "authorization"),
    fake=fake,
    valid=(
        Example(
            value="eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            source="RFC 7519, section 3.1",
        ),
        Example(
            value="eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
            source="RFC 7519, section 6.1 (unsecured)",
        ),
        Example(
            value="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
            source="jwt.io, the token shown at first",
        ),
    ),
    invalid=("eyJub3RoaW5n.e30.x", "eyJ0eXAiOiJKV1QifQ.e30.", "abc.def.ghi", "eyJhbGciOiJub25lIn0"),
    in_text=(
        ("En-tête : Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9.abc, à révoquer", ("eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9.abc",)),
        ("token=eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl&page=2", ("eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl",)),
        ("The prefix eyJ alone, as in eyJub3RoaW5n.e30.x, proves nothing.", ()),
    ),
    citations=(
        Citation(
            title="RFC 7519, JSON Web Token (its examples' signatures recomputed with the key of RFC 7515, A.1)",
            url="https://www.rfc-editor.org/rfc/rfc7519#section-3.1",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    dpv="https://w3id.org/dpv/pd#SecretText",
    grade=clear,
    show=(3, 0),
)
