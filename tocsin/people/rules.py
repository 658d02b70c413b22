"""The merge rules of `rules.toml`: classes of identifiers, exact keys, blocks, limits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Key:
    """Traits that, all equal, make two mentions one person. `id` is what `explain` names."""

    id: str
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything that decides a merge; `limits` are the numbers of the tables `generic` and `chance`."""

    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    tertiary: tuple[str, ...]
    keys: tuple[Key, ...]
    blocks: tuple[Key, ...]
    limits: dict[str, float]


@cache
def bundled() -> Rules:
    """The rules of this version."""
    table = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
    return Rules(
        primary=tuple(table["classes"]["primary"]),
        secondary=tuple(table["classes"]["secondary"]),
        tertiary=tuple(table["classes"]["tertiary"]),
        keys=tuple(Key(entry["id"], tuple(entry["traits"])) for entry in table["key"]),
        blocks=tuple(Key("_".join(entry["traits"]), tuple(entry["traits"])) for entry in table["block"]),
        limits={**table["generic"], **table["chance"]},
    )
