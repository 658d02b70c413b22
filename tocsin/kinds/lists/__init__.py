"""The bundled lists of names, places and words with their weights, and where each comes from."""

from __future__ import annotations

import gzip
import math
import random
import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from tocsin.kinds.kind import fold

_SEPARATORS = re.compile(r"[\s'’ʼ`´‐‑–—_.-]+")


def key(text: str) -> str:
    """`text` as the lists are looked up: folded, and every hyphen, apostrophe, dot or blank one space."""
    return _SEPARATORS.sub(" ", fold(text)).strip()


@cache
def facts() -> list[dict[str, Any]]:
    """What lists.toml says of every list: file, title, source, url, licence, dates, digest, rows, reduction."""
    text = files(__package__).joinpath("lists.toml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = tomllib.loads(text)["list"]
    return entries


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of the list `name` as they stand in its file, taken apart at tabs."""
    return tuple(tuple(line.split("\t")) for line in text_of(name).splitlines() if line[:1] != "#")


@cache
def load(name: str) -> dict[str, int]:
    """The list `name` (given_names, surnames, words, communes, …): folded entry → weight.

    Weights are births (given_names), bearers among the self-employed (surnames), occurrences in 100
    million words (words), inhabitants (communes), the level (regions), else 1. Entries that fold to one key
    add up. Raises KeyError for a name that lists.toml does not have.
    """
    shape = entry(name)["shape"]
    if shape == "folded":
        fields = text_of(name).split()
        return dict(zip(fields[::2], map(int, fields[1::2]), strict=True))
    loaded: dict[str, int] = {}
    for row in rows(name):
        for cell in row[:1] if shape == "weighted" else row:
            folded = key(cell)
            loaded[folded] = loaded.get(folded, 0) + (int(row[1]) if shape == "weighted" else 1)
    loaded.pop("", None)
    return loaded


def entry(name: str) -> dict[str, Any]:
    """What lists.toml says of one list. Raises KeyError for a name that it does not have."""
    return {found["name"]: found for found in facts()}[name]


def text_of(name: str) -> str:
    """The text of the list's file."""
    data = files(__package__).joinpath(entry(name)["file"]).read_bytes()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")


def draw(name: str, rng: random.Random) -> str:
    """One entry of the list as it is written in its file, drawn by the square root of its weight."""
    written, cumulated = _urn(name)
    return rng.choices(written, cum_weights=cumulated)[0]


@cache
def _urn(name: str) -> tuple[list[str], list[float]]:
    """The entries of a weighted list and their cumulated chances."""
    pairs = rows(name)
    return [pair[0] for pair in pairs], list(accumulate(math.sqrt(int(pair[1])) for pair in pairs))
