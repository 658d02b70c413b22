"""Whose each column of a table is: a row that names a patient and a doctor speaks of two persons."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from tocsin.scan.found import Emission
from tocsin.scan.headers import tokens

SUBJECT = ""


@cache
def _words() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """The role of each word, the subject's words, the words that can stand for a person."""
    table = tomllib.loads(files(__package__).joinpath("roles.toml").read_text(encoding="utf-8"))
    others = {word: role for role, words in table["other"].items() for word in words.split()}
    return others, frozenset(table["subject"].split()), frozenset(table["named"]["words"].split())


def role(field: str) -> str:
    """The role that a header names, SUBJECT where it names none or the record's own subject.

    Where it names both ("patient.medecin"), the last word decides.
    """
    others, subject, _ = _words()
    found = SUBJECT
    for word in tokens(field):
        for form in (word, _singular(word)):
            if form in subject:
                found = SUBJECT
            elif form in others:
                found = others[form]
    return found


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


@cache
def _mentions(fields: tuple[str, ...]) -> Mapping[str, int]:
    named = _words()[2]
    roles = {field: role(field) for field in fields}
    telling = {
        roles[field]
        for field in fields
        if {form for word in tokens(field) for form in (word, _singular(word))} & named
    }
    order = list(dict.fromkeys(found for found in roles.values() if found != SUBJECT))
    if SUBJECT not in telling and order:
        # Nobody is the subject by name: the first person that the table speaks of is.
        first = next((found for found in order if found in telling), order[0])
        order.remove(first)
        roles = {field: SUBJECT if found == first else found for field, found in roles.items()}
    numbers = {found: at for at, found in enumerate(order, 1)} | {SUBJECT: 0}
    return {field: numbers[found] for field, found in roles.items()}


def mentions(fields: Iterable[str]) -> Mapping[str, int]:
    """The number of the mention that each field of a table speaks of: 0 the subject, then in the order of fields."""
    return _mentions(tuple(fields))


def apart(emissions: Sequence[Emission], whose: Mapping[str, int]) -> dict[int, list[Emission]]:
    """The emissions of a block by mention; a field that is not in `whose` is the subject's."""
    found: dict[int, list[Emission]] = {0: []}
    for emission in emissions:
        number = whose.get(emission.field, 0) if emission.field is not None else 0
        found.setdefault(number, []).append(emission)
    return found


def renumbered(emissions: Sequence[Emission]) -> tuple[np.ndarray, list[Emission]]:
    """The rows (ascending) that the emissions of one mention have, and the emissions by place in these rows."""
    rows = np.unique(np.concatenate([emission.rows for emission in emissions]))
    moved = [
        Emission(one.column, one.field, np.searchsorted(rows, one.rows).astype(np.int64), one.values)
        for one in emissions
    ]
    return rows, moved
