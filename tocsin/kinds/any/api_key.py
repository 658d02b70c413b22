"""A key or token that opens a service: by the issuer's published form, or after `api_key=` and its like."""

from __future__ import annotations

import random
import tomllib
from datetime import date
from importlib.resources import files

from tocsin.citation import Citation, Verification
from tocsin.kinds import lists
from tocsin.kinds.any.password import clear
from tocsin.kinds.kind import Category, Example, Kind, Swap

SEEN = date(2026, 11, 21)
ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
WORDS = (
    "api_key", "api-key", "apikey", "apiKey", "access_token", "access-token", "accessToken", "auth_token",
    "auth-token", "authToken", "secret_key", "secret-key", "secretKey", "client_secret", "clientSecret",
    "secret_access_key", "SecretAccessKey", "private_token", "API_KEY", "APIKEY", "ACCESS_TOKEN", "AUTH_TOKEN",
    "SECRET_KEY", "CLIENT_SECRET", "SECRET_ACCESS_KEY",
)
SAID = f"(?:{'|'.join(WORDS)})[\"']? ?(?:=>|:=|:|=) ?[\"']?"


def _published() -> str:
    """The forms of keys.toml as one flat alternation, so that each keeps the literal beginning that anchors it."""
    entries = tomllib.loads(files(lists).joinpath("keys.toml").read_text(encoding="utf-8"))["key"]
    forms = ((opening.replace(".", "[.]"), entry["rest"]) for entry in entries for opening in entry["openings"])
    return "|".join(opening + rest for opening, rest in forms)


def _text(rng: random.Random, size: int, alphabet: str = ALNUM) -> str:
    return "".join(rng.choice(alphabet) for _ in range(size))


def fake(rng: random.Random) -> str:
    """Random characters behind an issuer's letters, or behind `api_key=`."""
    ways = (
        f"AKIA{_text(rng, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}", f"ghp_{_text(rng, 36)}",
        f"glpat-{_text(rng, 20)}", f"sk_live_{_text(rng, 24)}", f"AIza{_text(rng, 35)}", f"npm_{_text(rng, 36)}",
        f"api_key={_text(rng, 32)}",
    )
    return rng.choice(ways)


KIND = Kind(
    name="any.api_key",
    label={"fr": "clé ou jeton d’accès à un service", "en": "key or token to a service"},
    category=Category.CREDENTIAL,
    pattern=f"{_published()}|{SAID}[A-Za-z0-9_./+=-]{{15,127}}[A-Za-z0-9_=]",
    normalise=(Swap(f"^{SAID}", ""),),
    headers=(
        "api key", "apikey", "api token", "access token", "auth token", "api secret", "client secret", "secret key",
        "access key", "refresh token", "bearer token", "jeton acces", "cle api", "jeton api", "secret access key",
        "private token", "webhook", "token api", "oauth token",
    ),
    context=("api key", "apikey", "api_key", "token", "jeton", "secret", "clé", "key", "bearer"),
    fake=fake,
    valid=(
        Example(value="AKIAIOSFODNN7EXAMPLE", source="AWS, IAM User Guide: the access key of its examples"),
        Example(value="AKIAI44QH8DHBEXAMPLE", source="AWS, IAM User Guide: the second access key of its examples"),
        Example(value="ASIAIOSFODNN7EXAMPLE", source="AWS, STS reference: temporary credentials of its examples"),
    ),
    invalid=("AKIAIOSFODNN7", "ghp_tropcourt", "sk_live_", "token", "api_key=abc", "SG.a.b", "AIzaSy"),
    in_text=(
        ("aws_access_key_id = AKIAIOSFODNN7EXAMPLE", ("AKIAIOSFODNN7EXAMPLE",)),
        (
            "Dans le fichier : api_key: 'lilas0123456789colline', à révoquer.",
            ("api_key: 'lilas0123456789colline",),
        ),
        ("Ask the service for an API key, then set api_key=YOUR_KEY.", ()),
    ),
    citations=(
        Citation(
            title="detect-secrets 1.5.0, its detectors",
            url="https://github.com/Yelp/detect-secrets",
            verification=Verification.PRIMARY,
            checked_on=SEEN,
        ),
        Citation(
            title="gitleaks, config/gitleaks.toml (in part)",
            url="https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml",
            verification=Verification.PRIMARY,
            checked_on=SEEN,
        ),
        Citation(
            title="AWS, IAM User Guide: AKIA and ASIA",
            url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#SecretText",
    grade=clear,
    show=(4, 0),
)
