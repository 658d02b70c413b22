"""The words of a catalogue: those that are findings themselves, and those that announce a kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from tocsin.kinds.kind import Kind, Needs, fold
from tocsin.scan.arrays import Bools, Bytes, Places
from tocsin.scan.candidates import LENGTH_BITS, PLACE_BITS, Candidates
from tocsin.scan.context import spelled
from tocsin.scan.gate import Gate, Hits, Meaning, within
from tocsin.scan.overlaps import leftmost
from tocsin.scan.reach import prefixes, reached


class Vocabulary:
    """All words worth a pass over a text, and what each stands for.

    `beyond` are the kinds that begin with nothing recognisable and are looked for behind their words only;
    `everywhere` says that some kind must be looked for at every place.
    """

    def __init__(self, kinds: Sequence[Kind], shaped: Sequence[int]) -> None:
        """`shaped` are the numbers of the kinds whose pattern is searched for."""
        self.beyond: set[int] = set()
        self.everywhere = False
        meanings: dict[str, tuple[set[int], set[int]]] = {}
        spellings: set[str] = set()
        for number, kind in enumerate(kinds):
            spoken = spelled(kind) if kind.needs is Needs.CONTEXT and number in set(shaped) else set()
            for phrase, place in (*((word, 0) for word in kind.words), *((word, 1) for word in spoken)):
                meanings.setdefault(fold(phrase), (set(), set()))[place].add(number)
                spellings.add(phrase)
        for phrase in meanings:
            for inner in within(phrase):
                meanings[phrase][1].update(meanings.get(inner, (set(), set()))[1])
        found = {phrase: Meaning(frozenset(a), frozenset(b)) for phrase, (a, b) in meanings.items()}
        self._gate = Gate(found, spellings, self._literals(kinds, shaped))
        self._phrases = pl.Series(self._gate.phrases, dtype=pl.String)
        self._finds = _Many([meaning.words for meaning in self._gate.meanings])
        self._announces = _Many([meaning.announces for meaning in self._gate.meanings])
        self._telling = np.array(
            [not meaning.announces.isdisjoint(self.beyond) for meaning in self._gate.meanings],
            dtype=np.bool_,
        )

    def _literals(self, kinds: Sequence[Kind], shaped: Sequence[int]) -> set[str]:
        """The literal beginnings of the kinds that no anchor meets; of the others, notes how they are met."""
        literals: set[str] = set()
        for number in shaped:
            pattern = kinds[number].pattern
            if pattern is None or reached(pattern):
                continue
            beginnings = prefixes(pattern)
            if beginnings is not None and all(any(map(str.isalnum, one)) for one in beginnings):
                literals |= beginnings
            elif kinds[number].needs is Needs.CONTEXT:
                self.beyond |= {number}
            else:
                self.everywhere = True
        return literals

    def find(self, data: Bytes) -> Hits:
        """The words of a text."""
        return self._gate.find(data)

    def telling(self, hits: Hits) -> Places:
        """Which of the words announce a kind that is looked for behind its words only."""
        return np.flatnonzero(self._telling[hits.numbers])

    def announcements(self, hits: Hits) -> Candidates:
        """For each word the kinds that it announces, by kind and end."""
        rows, kinds = self._announces.of(hits.numbers)
        keys = (kinds << PLACE_BITS | hits.ends[rows]) << LENGTH_BITS | (hits.ends - hits.starts)[rows]
        keys.sort()
        lengths = keys & ((1 << LENGTH_BITS) - 1)
        ends = keys >> LENGTH_BITS & ((1 << PLACE_BITS) - 1)
        return Candidates(keys >> LENGTH_BITS + PLACE_BITS, ends - lengths, ends)

    def findings(self, hits: Hits) -> tuple[Candidates, pl.Series]:
        """The words that are findings themselves, by kind and place, and the word for each."""
        rows, kinds = self._finds.of(hits.numbers)
        order = np.lexsort((hits.starts[rows], kinds))
        rows, kinds = rows[order], kinds[order]
        found = Candidates(kinds, hits.starts[rows], hits.ends[rows])
        kept = np.ones(len(found), dtype=np.bool_)
        for _, part in found.parts():
            kept[part] = leftmost(found.starts[part], found.ends[part])
        return found.at(kept), self._phrases.gather(hits.numbers[rows][kept])


class _Many:
    """For each phrase several kinds."""

    def __init__(self, kinds: Sequence[frozenset[int]]) -> None:
        self._counts = np.array([len(each) for each in kinds], dtype=np.int64)
        self._kinds = np.array([number for each in kinds for number in sorted(each)], dtype=np.int64)
        self._first = np.cumsum(self._counts) - self._counts

    def of(self, phrases: Places) -> tuple[Places, Places]:
        """One row for each of `phrases` and each of its kinds: the place in `phrases`, the kind."""
        times = self._counts[phrases]
        rows = np.repeat(np.arange(len(phrases)), times)
        inner = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
        return rows, self._kinds[self._first[phrases][rows] + inner]


def needing(kinds: Sequence[Kind], needs: Needs) -> Bools:
    """Which kinds need this."""
    return np.array([kind.needs is needs for kind in kinds], dtype=np.bool_)
