"""One linear-time pass for words: vocabularies, literal beginnings, and the words that announce a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import re2

from tocsin.kinds.kind import Boundary, fold
from tocsin.scan.arrays import Bytes, Places
from tocsin.scan.boundary import Neighbours

OPENS, CLOSES = "(?:\\b|_)", "(?:s?\\b|s?_)"  # an underscore is no letter here
UNDERSCORE = 95
SAFE = 4  # a shorter word without its accents is often another one: `né`, `ne`


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: the kinds whose vocabulary holds it, and the kinds that it announces."""

    words: frozenset[int]
    announces: frozenset[int]
    literal: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """Phrases met in a text, in order: their places, and the number of each phrase in the gate's list."""

    starts: Places
    ends: Places
    numbers: Places


class Gate:
    """Finds every phrase of a list in a text, whatever the case, with its accents or with none."""

    def __init__(self, phrases: dict[str, Meaning], spellings: Iterable[str]) -> None:
        """`phrases` by their folded form; `spellings` are the forms with accents."""
        self.phrases = tuple(phrases)
        self.meanings = tuple(phrases.values())
        self.literal = np.array([meaning.literal for meaning in self.meanings], dtype=np.bool_)
        literal = {phrase for phrase, meaning in phrases.items() if meaning.literal}
        words = {*spellings, *(phrase for phrase in phrases if len(phrase) >= SAFE)} - literal
        literals = {spelling for spelling in spellings if fold(spelling) in literal}
        self._expression = re2.compile(_expression(words, literals), _options())
        self._numbers = {phrase: number for number, phrase in enumerate(phrases)}
        self._known: dict[bytes, int] = {}

    def find(self, text: bytes, data: Bytes) -> Hits:
        """The phrases of `text` (and `data`, the same bytes) that stand as whole words; literals anywhere."""
        spans = [match.span() for match in self._expression.finditer(text)]
        places = np.array(spans, dtype=np.int64).reshape(-1, 2)
        starts, ends = np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1])
        known = self._known
        opened, closed = data.take(starts) == UNDERSCORE, data.take(np.maximum(ends - 1, 0)) == UNDERSCORE
        starts, ends = starts + opened, ends - closed
        numbers = np.array(
            [known[found] if (found := text[a:b]) in known else self._number(found) for a, b in spans],
            dtype=np.int64,
        )
        everywhere = np.arange(len(starts))
        keep = Neighbours(data, starts, ends).allow(Boundary.WORD, everywhere)
        kept = np.flatnonzero((keep | self.literal[numbers]) & (numbers >= 0))
        return Hits(starts[kept], ends[kept], numbers[kept])

    def _number(self, found: bytes) -> int:
        """The number of the phrase that was found, a plural too; remembered, as few forms come often."""
        whole = fold(found.decode("utf-8", "replace"))
        phrase = whole.strip("_")
        forms = (whole, phrase, phrase.removesuffix("s"))
        number = next((self._numbers[form] for form in forms if form in self._numbers), -1)
        self._known[found] = number
        return number


def _expression(words: set[str], literals: set[str]) -> str:
    """Whole words, with a plural where they end in ASCII, and beginnings in their own case."""
    choices = []
    for ascii_first in (True, False):
        for ascii_last in (True, False):
            chosen = sorted(
                w for w in words if w and w[0].isascii() is ascii_first and w[-1].isascii() is ascii_last
            )
            if chosen:
                inner = f"(?:{'|'.join(map(re2.escape, chosen))})"
                choices.append((OPENS if ascii_first else "") + inner + (CLOSES if ascii_last else ""))
    if literals:
        choices.append(f"(?-i:{'|'.join(_opened(literal) for literal in sorted(literals))})")
    return "|".join(choices) or "[^\\x00-\\x{10FFFF}]"


def _opened(literal: str) -> str:
    """A literal beginning, at the beginning of a word where it begins with a letter or digit."""
    return ("\\b" if literal[0].isascii() and literal[0].isalnum() else "") + str(re2.escape(literal))


def _options() -> re2.Options:
    options = re2.Options()
    options.longest_match = True
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = 64 << 20
    return options


def within(phrase: str) -> list[str]:
    """The shorter phrases of whole words that stand in a phrase."""
    words = phrase.split()
    spans = [(a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1) if b - a < len(words)]
    return [" ".join(words[a:b]) for a, b in spans]
