"""What the tests of kinds share: random look-alikes of a pattern, and a slow exact finder to compare with."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from tocsin.kinds.kind import Boundary, Kind, Needs, fold

LONGEST = 80
LookAlikes = Callable[[str, int, random.Random], list[str]]
Finder = Callable[[Kind, str], list[str]]
Maker = Callable[[random.Random], str]


def compiled(items: Any) -> Maker:
    """A maker of random strings of a parsed pattern: every class, branch and count uniform."""
    makers = [_maker(code, argument) for code, argument in items]
    return lambda rng: "".join(make(rng) for make in makers)


def _maker(code: Any, argument: Any) -> Maker:
    if code is op.LITERAL:
        return lambda rng: chr(argument)
    if code is op.IN:
        characters = [char for item in argument for char in _characters(*item)]
        return lambda rng: characters[int(rng.random() * len(characters))]
    if code is op.BRANCH:
        branches = [compiled(branch) for branch in argument[1]]
        return lambda rng: branches[int(rng.random() * len(branches))](rng)
    if code is op.SUBPATTERN:
        return compiled(argument[3])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        low, high, inner = argument
        make = compiled(inner)
        top = low + 20 if high is op.MAXREPEAT else high
        return lambda rng: "".join(make(rng) for _ in range(low + int(rng.random() * (top - low + 1))))
    raise AssertionError("a construct that a pattern may not hold")


def _characters(code: Any, argument: Any) -> list[str]:
    if code is op.LITERAL:
        return [chr(argument)]
    assert code is op.RANGE
    return [chr(number) for number in range(argument[0], argument[1] + 1)]


def free(text: str, start: int, end: int, boundary: Boundary) -> bool:
    """Whether the neighbours of text[start:end] allow an occurrence there, as `Boundary` says."""
    before, after = text[:start][-1:], text[end : end + 1]
    if boundary is Boundary.LINE:
        return before in ("", "\n") and after in ("", "\n")
    if boundary is Boundary.DIGIT:
        return not before.isdigit() and not after.isdigit()
    if before.isalnum() or after.isalnum():
        return False
    beyond = text[end + 1 : end + 2]
    if boundary is Boundary.ADDRESS:
        goes_on = after in tuple("-_@") or (after == "." and beyond.isalnum())
        return before not in tuple(".-_+@%") and not goes_on
    if boundary is Boundary.NUMBER:
        further = after in (".", ",") and beyond.isdigit()
        earlier = before in (".", ",") and text[: start - 1][-1:].isdigit()
        return not further and not earlier
    return True


def announced(kind: Kind, text: str) -> bool:
    """Whether a context word (or, without any, a header) of the kind stands in the text as whole words."""
    words = " ".join(re.findall("[a-z0-9]+", fold(text)))
    wanted = [" ".join(re.findall("[a-z0-9]+", fold(word))) for word in kind.context or kind.headers]
    return any(f" {word} " in f" {words} " for word in wanted if word)


def found(kind: Kind, text: str) -> list[str]:
    """The values of `kind` in `text`: leftmost, then longest, tried at every offset; slow and exact."""
    if kind.needs is Needs.HEADER or (kind.needs is Needs.CONTEXT and not announced(kind, text)):
        return []
    values: list[str] = []
    at = 0
    while at < len(text):
        ends = range(min(len(text), at + LONGEST), at, -1)
        hit = next((end for end in ends if _stands(kind, text, at, end)), None)
        if hit is None:
            at += 1
        else:
            values.append(text[at:hit])
            at = hit
    return values


def _stands(kind: Kind, text: str, start: int, end: int) -> bool:
    value = text[start:end]
    return value == value.strip() and free(text, start, end, kind.boundary) and kind.accepts(value)


@pytest.fixture(scope="session")
def look_alikes() -> LookAlikes:
    """`count` random strings of a pattern."""

    def make(pattern: str, count: int, rng: random.Random) -> list[str]:
        one = compiled(parser.parse(pattern))
        return [one(rng) for _ in range(count)]

    return make


@pytest.fixture(scope="session")
def finder() -> Finder:
    """The slow exact finder."""
    return found
