"""The bundled lists that are text under a head of `#` lines: top-level domains, passwords, calling codes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def entries(file: str) -> tuple[str, ...]:
    """The lines of the bundled text `file` in its order, without its head and blank lines."""
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def top_level_domains() -> frozenset[str]:
    """The top-level domains of IANA's root zone, small letters, A-labels (`xn--…`) for other scripts."""
    return frozenset(entries("tlds.txt"))


def common_passwords() -> tuple[str, ...]:
    """The commonest passwords, commonest first; some 120, all ASCII."""
    return entries("common_passwords.txt")


@cache
def calling_codes() -> dict[str, tuple[int, ...]]:
    """Country calling code (`33`) → how many digits follow it in fixed and mobile numbers."""
    text = files(__package__).joinpath("calling_codes.toml").read_text(encoding="utf-8")
    groups = tomllib.loads(text)["numbers"]
    return {code: tuple(group["digits"]) for group in groups for code in group["codes"]}
