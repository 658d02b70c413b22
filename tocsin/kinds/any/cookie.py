"""A cookie that opens a session or follows a visitor: the name of a known one and its value."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind

NAMES = (
    "PHPSESSID", "JSESSIONID", "ASP.NET_SessionId", "connect.sid", "laravel_session", "sessionId", "wordpress_logged_in_[0-9a-f]{32}", "sessionid",
    "session_id", "sid", "SSID", "_ga", "_gid", "_fbp", "__utma", "_pk_id", "IDE", "NID", "datr", "c_user", "xs", "li_at", "auth_token",
    "csrftoken", "remember_token", "XSRF-TOKEN", "_shibsession", "CFID", "CFTOKEN", "SSESS[0-9a-f]{32}", "SERVERID",
)
LONG = tuple(name for name in NAMES if len(name) > 4)
NAMED = "|".join(name.replace(".", "[.]") for name in LONG)
VALUE = "[0-9A-Za-z%._~+/-]{7,199}[0-9A-Za-z]"


def fake(rng: random.Random) -> str:
    """A session cookie with an invented value."""
    return f"{rng.choice(('PHPSESSID', 'JSESSIONID', 'sessionid', 'connect.sid'))}={rng.getrandbits(128):032x}"


KIND = Kind(
    name="any.cookie",
    label={"fr": "cookie de session ou de suivi", "en": "session or tracking cookie"},
    category=Category.CREDENTIAL,
    pattern=f"(?:{NAMED})={VALUE}",
    headers=("cookie", "cookies", "set cookie", "http cookie", "session cookie", "cookie session"),
    fake=fake,
    valid=examples("MDN Web Docs, Cookie and Set-Cookie", "PHPSESSID=298zf09hf012fh2", "csrftoken=u32t4o3tb3gg43", "sessionId=38afes7a8"),
    invalid=("PHPSESSID=", "couleur=rouge", "PHPSESSID"),
    in_text=(
        ("Cookie: PHPSESSID=298zf09hf012fh2; theme=dark", ("PHPSESSID=298zf09hf012fh2",)),
        ("Set-Cookie: sessionId=38afes7a8; HttpOnly", ("sessionId=38afes7a8",)),
        ("Ce site utilise des cookies pour mesurer son audience.", ()),
    ),
    citations=(
        remembered("RFC 6265: HTTP State Management Mechanism", "https://www.rfc-editor.org/rfc/rfc6265"),
        remembered("CNIL, délibération 2020-091: lignes directrices sur les cookies et autres traceurs"),
    ),
    dpv="https://w3id.org/dpv/pd#DeviceBased",
    note={
        "fr": "Les noms connus sont une liste choisie ; un cookie au nom propre à un site n'est pas reconnu.",
        "en": "The known names are a chosen list; a cookie named by its own site is not recognised.",
    },
)
