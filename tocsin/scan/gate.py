"""One linear-time pass for words: vocabularies, literal beginnings, and the words that announce a kind.

The beginnings of a text's words are compared by their first four bytes with those of the list (`openings`); what is
left is followed byte by byte through a tree of all phrases, many places at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tocsin.kinds.kind import Boundary, fold
from tocsin.scan.arrays import Bytes, Places
from tocsin.scan.boundary import Neighbours
from tocsin.scan.openings import WIDTH, Openings
from tocsin.scan.phrases import Tree

SAFE = 4  # a shorter word without its accents is often another one: `né`, `ne`
PHRASE, BEGINNING, FRAMED = 1, 2, 4
BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: the kinds whose vocabulary holds it, and the kinds that it announces."""

    words: frozenset[int]
    announces: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hits:
    """Phrases met in a text, in order: their places, and the number of each phrase in the gate's list; and the
    places at which a literal beginning may stand."""

    starts: Places
    ends: Places
    numbers: Places
    literals: Places


class Gate:
    """Finds every phrase of a list in a text, whatever the case, with its accents or with none."""

    def __init__(
        self, phrases: dict[str, Meaning], spellings: Iterable[str], literals: Iterable[str] = ()
    ) -> None:
        """`phrases` by their folded form; `spellings` are the forms with accents; `literals` the beginnings of
        patterns, of which the places where they may stand are enough."""
        self.phrases = tuple(phrases)
        self.meanings = tuple(phrases.values())
        numbers = {phrase: number for number, phrase in enumerate(phrases)}
        words = {phrase: numbers[phrase] for phrase in phrases if len(phrase) >= SAFE}
        words |= {spelling.lower(): numbers[fold(spelling)] for spelling in spellings}
        self._tree = Tree(words)
        marks: dict[bytes, int] = {}
        for word in self._tree.words:
            note(marks, word, PHRASE)
            if not word[:WIDTH].isascii():
                note(marks, word.upper(), PHRASE)
        exact: dict[bytes, int] = {}
        self._frames: set[int] = set()
        for literal in literals:
            skipped = opening(literal)
            self._frames |= {skipped} - {0}
            for known in (marks, exact):
                note(known, literal[skipped:], FRAMED if skipped else BEGINNING)
        self._openings = Openings(marks, whole=PHRASE)
        self._literals = Openings(exact, exact=True)

    def find(self, data: Bytes) -> Hits:
        """The phrases of `data` that stand as whole words, the longest at each place and none inside another."""
        places, marks = self._openings.find(data)
        tokens = places[(marks & PHRASE) > 0]
        found = [self._tree.follow(data, tokens[at : at + BLOCK]) for at in range(0, len(tokens), BLOCK)]
        empty = np.zeros(0, dtype=np.int64)
        starts, ends, numbers = (
            np.concatenate([empty, *part]) for part in (zip(*found, strict=True) if found else ((), (), ()))
        )
        kept = np.flatnonzero(Neighbours(data, starts, ends).allow(Boundary.WORD, np.arange(len(starts))))
        kept = kept[_outermost(starts[kept], ends[kept])]
        literals = self._begun(data, places[(marks & (BEGINNING | FRAMED)) > 0])
        return Hits(starts[kept], ends[kept], numbers[kept], literals)

    def _begun(self, data: Bytes, places: Places) -> Places:
        """Where literal beginnings may stand, the signs before their first letter or digit included."""
        marks = self._literals.at(data, places)
        framed = places[(marks & FRAMED) > 0]
        signs = [framed - number for number in sorted(self._frames)]
        begun = np.concatenate([places[(marks & BEGINNING) > 0], *signs])
        return begun[begun >= 0]


def note(marks: dict[bytes, int], beginning: str, mark: int) -> None:
    """Add the first bytes of a word."""
    head = beginning.encode()[:WIDTH]
    marks[head] = marks.get(head, 0) | mark


def opening(literal: str) -> int:
    """How many signs stand before the first letter or digit of a literal beginning; it must have one."""
    return next(at for at, char in enumerate(literal) if char.isalnum())


def _outermost(starts: Places, ends: Places) -> Places:
    """Of stretches ordered by start and end: the longest at each start, without those inside an earlier one."""
    if not len(starts):
        return starts
    last = np.flatnonzero(np.append(starts[1:] != starts[:-1], True))
    reach = np.maximum.accumulate(ends[last])
    outermost: Places = last[np.append(True, ends[last][1:] > reach[:-1])]
    return outermost


def within(phrase: str) -> list[str]:
    """The shorter phrases of whole words that stand in a phrase."""
    words = phrase.split()
    spans = [(a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1) if b - a < len(words)]
    return [" ".join(words[a:b]) for a, b in spans]
