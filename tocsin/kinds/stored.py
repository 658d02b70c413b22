"""How stored passwords are written, read from `lists/hashes.toml`: family, grade and candidates of a value."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tocsin.kinds import lists

# From the worst to the best; `findings.parquet` holds these words.
GRADES = ("clear", "fast_unsalted", "fast_salted", "slow")
# Families whose form says by itself what it is and opens with a digit after a sign or a few letters, as the
# search wants it: they form `any.signed_hash`, the others `any.password_hash`.
SIGNED = frozenset(
    """argon2 django_argon2 bcrypt django_pbkdf2 pbkdf2_md5 pbkdf2_sha1 pbkdf2_sha256 scram_sha256 sha512crypt
    sha256crypt md5crypt cisco_ios_8_9 sha1crypt apr1 django_sha1 django_md5 ssha512 ssha256 mssql2000 mssql2005
    mssql2012 dcc2 mysql41""".split()
)
HEXADECIMAL = re.compile("[0-9A-Fa-f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way of writing a stored password; the fields are those of hashes.toml."""

    family: str
    name: str
    pattern: str
    grade: str
    modes: tuple[int, ...]
    example: str
    example_by: str
    bare: bool = False
    cost: str | None = None
    slow_from: int = 0


@cache
def formats() -> tuple[Format, ...]:
    """Every known format, the most telling first."""
    text = files(lists).joinpath("hashes.toml").read_text(encoding="utf-8")
    return tuple(
        Format(**{**entry, "modes": tuple(entry["modes"])}) for entry in tomllib.loads(text)["format"]
    )


def _of_shape(hexadecimal: bool) -> tuple[Format, ...]:
    """The formats that a value of hexadecimal digits alone can have (no letter or sign opens them); else all."""
    return tuple(each for each in formats() if not hexadecimal or each.pattern.startswith(("[0-9", "[./")))


@cache
def _expression(hexadecimal: bool) -> re.Pattern[str]:
    """The formats of a shape as one expression whose group number tells which one matched."""
    return re.compile("|".join(f"({each.pattern})" for each in _of_shape(hexadecimal)), re.ASCII)


@cache
def _shapes() -> tuple[tuple[Format, ...], tuple[Format, ...]]:
    return _of_shape(False), _of_shape(True)


def format_of(value: str) -> Format | None:
    """The first format whose pattern is the whole of `value`; None for what is no stored password."""
    value = value.strip()
    hexadecimal = HEXADECIMAL.fullmatch(value) is not None
    found = _expression(hexadecimal).fullmatch(value)
    return None if found is None else _shapes()[hexadecimal][(found.lastindex or 1) - 1]


def family(value: str) -> str | None:
    """The family of `value` (`bcrypt`, `md5`…); None for what is no stored password.

    32 hexadecimal digits say `md5` though they may be an NT hash: see `candidates`.
    """
    found = format_of(value)
    return None if found is None else found.family


def candidates(value: str) -> tuple[str, ...]:
    """Every family whose shape `value` has, the likeliest first: what a known password can tell apart."""
    matching = (each.family for each in formats() if re.fullmatch(each.pattern, value.strip(), re.ASCII))
    return tuple(dict.fromkeys(matching))


def grade(value: str) -> str | None:
    """How well `value` resists: one of `GRADES`; too few rounds make a slow format `fast_salted`."""
    found = format_of(value)
    if found is None:
        return None
    written = re.search(found.cost, value, re.ASCII) if found.cost else None
    return "fast_salted" if written and int(written.group(1)) < found.slow_from else found.grade


def plausible(value: str) -> bool:
    """Whether a value that only has a common shape looks drawn at random: no number, no word."""
    found = format_of(value)
    if found is None or not found.bare:
        return found is not None
    digest = value.partition(":")[0]
    digits = sum("0" <= char <= "9" for char in digest)
    letters = sum("a" <= char.lower() <= "z" for char in digest)
    if found.family not in ("descrypt", "bsdicrypt"):
        return digits > 0 and letters > 0
    small = sum("a" <= char <= "z" for char in digest)
    return 0 < small < letters and len(digest) > letters


@cache
def signed() -> tuple[Format, ...]:
    """The formats that need neither header nor context."""
    return tuple(each for each in formats() if each.family in SIGNED and "[{]CRYPT" not in each.pattern)


def is_signed(value: str) -> bool:
    """Whether the form of `value` says by itself what it is."""
    return format_of(value) in signed()
