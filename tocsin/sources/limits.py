"""The limits of `limits.toml`: how much an archive or a document may make of a few bytes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def limit(table: str, name: str) -> int:
    """One whole number of `limits.toml`."""
    return int(_limits()[table][name])


@cache
def _limits() -> dict[str, dict[str, int]]:
    return tomllib.loads(files(__package__).joinpath("limits.toml").read_text(encoding="utf-8"))
