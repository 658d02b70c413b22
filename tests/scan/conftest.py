"""What the tests of the scan share: the searcher of the bundled kinds, and sentences made of fakes."""

from __future__ import annotations

import random

import pytest

from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Kind, Needs
from tocsin.scan.search import Searcher


@pytest.fixture(scope="session")
def searcher() -> Searcher:
    """All bundled kinds, ready to search."""
    return Searcher(bundled())


def served() -> list[Kind]:
    """The kinds that a search in text serves."""
    return [
        kind for kind in bundled().values() if kind.needs is not Needs.HEADER and (kind.pattern or kind.words)
    ]


def announced(kind: Kind) -> str:
    """The word to say before a fake of `kind`, nothing where it needs none."""
    return (kind.context or kind.headers)[0] if kind.needs is Needs.CONTEXT else ""


def bears(kind: Kind) -> str:
    """The name under which findings of `kind` stand."""
    return kind.face_of or kind.name


def fakes(kind: Kind, count: int, seed: int = 7) -> list[str]:
    """The same fakes at every run."""
    rng = random.Random(f"{kind.name} {seed}")
    return [kind.fake(rng) for _ in range(count)]
