"""Values of nobody, one of every kind, that must not come out anywhere in clear."""

from __future__ import annotations

import random
import re
from functools import cache

from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Kind

# Places, codes, words and plain dates are nobody's by themselves; a BIC names a bank.
NOBODYS = frozenset(
    "any.sex any.nationality any.date any.city any.region any.street any.postcode any.bic any.health any.laboratory"
    " fr.commune fr.postcode fr.cim10 fr.ccam any.atc any.loinc any.salary any.card_expiry".split()
)
SHORTEST = 6
DRAWN = 80


@cache
def canaries(seed: int = 20261121, each: int = 2) -> dict[str, tuple[str, ...]]:
    """For every kind of persons, `each` values of at least six letters or digits."""
    made: dict[str, tuple[str, ...]] = {}
    for name, kind in bundled().items():
        if name in NOBODYS:
            continue
        generator = random.Random(f"{seed} {name}")
        drawn = [kind.fake(generator) for _ in range(DRAWN)]
        values = [
            value
            for value in {value[:100]: value for value in drawn}.values()
            if len(solid(value)) >= SHORTEST and "\n" not in value and not public(name, value)
        ]
        # A word of a vocabulary, an age, a code of a few: nobody's by itself, and met in any sentence.
        if len(set(drawn)) > DRAWN // 2 and len(values) >= each:
            made[name] = tuple(values[:each])
    return made


def public(name: str, value: str) -> bool:
    """Whether everybody knows the value: a password that is a word or one of the commonest."""
    return name == "any.password" and (len(value) < 8 or value.isalpha() or value.isdigit())


def solid(value: str) -> str:
    """The letters and digits of a value."""
    return re.sub(r"[^0-9A-Za-z]", "", value)


def forms(kind: Kind, value: str) -> set[str]:
    """How a value could be met: as written, normal, or as letters and digits alone."""
    found = {value, kind.normal(value), solid(value), solid(kind.normal(value))}
    return {form for form in found if len(solid(form)) >= SHORTEST}


def shown(text: str, only: frozenset[str] | None = None) -> list[str]:
    """The kinds of which a canary stands in `text` (a kind's name is no value: a failing test may print it)."""
    kinds = bundled()
    return sorted(
        name
        for name, values in canaries().items()
        if (only is None or name in only)
        and any(form in text for value in values for form in forms(kinds[name], value))
    )
