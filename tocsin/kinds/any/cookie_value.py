"""The value of a cookie alone, under a header that says what it is."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs


def fake(rng: random.Random) -> str:
    """An invented value."""
    return f"{rng.getrandbits(128):032x}"


KIND = Kind(
    name="any.cookie_value",
    face_of="any.cookie",
    label={"fr": "valeur de cookie", "en": "value of a cookie"},
    category=Category.CREDENTIAL,
    pattern="[!-~]{8,80}|[A-Za-z0-9_.-]{1,40}=[!-~]{1,200}",
    needs=Needs.HEADER,
    headers=("cookie", "cookies", "set cookie", "http cookie", "session cookie", "cookie session", "session id", "sessionid", "phpsessid", "jsessionid", "session token", "jeton session"),
    fake=fake,
    valid=examples("RFC 6265, section 3.1 (SID)", "31d4d96e407aad42", "SID=31d4d96e407aad42", "38afes7a8"),
    invalid=("court", "deux mots"),
    in_text=(("Le cookie a été mangé.", ()),),
    citations=(remembered("RFC 6265: HTTP State Management Mechanism", "https://www.rfc-editor.org/rfc/rfc6265"),),
    dpv="https://w3id.org/dpv/pd#DeviceBased",
)
