"""A written full name in two: the surname and the given names, in the order that its column holds to."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from tocsin.kinds.lists import key, load
from tocsin.people.folding import PARTICLES, TITLES, folded

_SPACES = re.compile(r"[ \t\u00a0]+")


@cache
def _shares(name: str) -> tuple[dict[str, int], int]:
    """A list of names and the sum of its weights."""
    weights = load(name)
    return weights, sum(weights.values())


def split(names: pl.Series, sources: pl.Series) -> pl.DataFrame:
    """Columns `family` and `given` (null where there is none) of full names; `sources` says which belong together.

    A comma or capitals decide by themselves. Otherwise the lists of names vote over all names of one source, and
    the others of that source follow.
    """
    frame = pl.DataFrame({"source": sources, "text": names})
    distinct = frame.drop_nulls("text").unique(maintain_order=True)
    if not distinct.height:
        return pl.DataFrame({"family": names, "given": names})
    texts = distinct["text"].to_list()
    parts = [_parts(text) for text in texts]
    votes = pl.DataFrame({"source": distinct["source"], "vote": [_vote(*part) for part in parts]})
    lean = dict(votes.group_by("source").agg(pl.col("vote").sum()).iter_rows())
    pairs = [
        _ordered(tokens, order, lean[source])
        for (tokens, order), source in zip(parts, distinct["source"].to_list(), strict=True)
    ]
    known = distinct.with_columns(
        family=pl.Series([pair[0] for pair in pairs], dtype=pl.String),
        given=pl.Series([pair[1] for pair in pairs], dtype=pl.String),
    )
    return frame.join(known, on=["source", "text"], how="left", maintain_order="left").select(
        "family", "given"
    )


def _parts(text: str) -> tuple[list[str], int]:
    """The words without titles, and where the surname ends or begins: its number of words, negative from the end.

    0 where the writing does not say.
    """
    head, comma, tail = text.partition(",")
    if comma and tail.strip():
        first = _words(head)
        return first + _words(tail), len(first)
    found = _words(text)
    capital = [len(word) > 1 and word.isupper() for word in found]
    if any(capital) and not all(capital):
        if capital[0]:
            return found, next(at for at, high in enumerate(capital) if not high)
        if capital[-1]:
            return found, -next(at for at, high in enumerate(reversed(capital)) if not high)
    return found, 0


def _words(text: str) -> list[str]:
    found = [word for word in _SPACES.split(text.strip()) if word]
    return [word for word in found if folded(word) not in TITLES] or found


def _vote(tokens: list[str], order: int) -> int:
    """Above 0: surname first; below 0: given name first; by which list knows which end better."""
    if order:
        return 3 if order > 0 else -3
    if len(tokens) < 2:
        return 0
    first, last = _leaning(tokens[0]), _leaning(tokens[-1])
    return (last > first) - (first > last)


@cache
def _leaning(token: str) -> float:
    """How much rather a given name than a surname (0 to 1): by its share in each list."""
    name = key(token)
    given, family = (
        (weights.get(name, 0) + 1) / total for weights, total in (_shares("given_names"), _shares("surnames"))
    )
    return given / (given + family)


def _ordered(tokens: list[str], order: int, lean: int) -> tuple[str | None, str | None]:
    """(surname, given names)."""
    if len(tokens) < 2:
        return (tokens[0] if tokens else None), None
    if order == 0:
        order = 1 if (lean or _vote(tokens, 0)) > 0 else -1
        if order < 0 and len(tokens) > 2 and _particle(tokens):
            return " ".join(tokens[_particle(tokens) :]), " ".join(tokens[: _particle(tokens)])
        if order > 0 and len(tokens) > 2:
            order = len(tokens) - 1
    if order < 0:
        return " ".join(tokens[order:]), " ".join(tokens[:order])
    return " ".join(tokens[:order]), " ".join(tokens[order:])


def _particle(tokens: list[str]) -> int:
    """Where a surname with a particle begins ("Jean de La Tour": 1), 0 where there is none."""
    return next((at for at, word in enumerate(tokens[1:-1], 1) if word.lower() in PARTICLES), 0)
