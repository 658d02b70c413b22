"""Text searched for every kind at every offset: occurrences with exact places, normal values and verdicts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.catalogue import Catalogue
from tocsin.kinds.kind import Kind, Needs, fold
from tocsin.scan import anchors, reach
from tocsin.scan.arrays import Bytes, Places
from tocsin.scan.automaton import Automaton, Ends
from tocsin.scan.boundary import Neighbours
from tocsin.scan.context import Context, Matches, announcements, spelled
from tocsin.scan.evidence import Seen, judge
from tocsin.scan.gate import Gate, Hits, Meaning, within
from tocsin.scan.overlaps import apart, longest, outer
from tocsin.scan.values import cut, normal, valid

REACH = 64
LONGEST_NUMBER = 40
MANY = 20
OCCURRENCES = pl.Schema(
    {
        "kind": pl.UInt16(),
        "start": pl.Int64(),
        "end": pl.Int64(),
        "value": pl.String(),
        "valid": pl.Boolean(),
        "announced": pl.Boolean(),
    }
)
Breaks = npt.NDArray[np.int64]


class Searcher:
    """The kinds of a catalogue, ready to search; `kinds[i]` is number i in every table it gives."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.kinds: tuple[Kind, ...] = tuple(catalogue.values())
        names = {kind.name: number for number, kind in enumerate(self.kinds)}
        self.bears = [names.get(kind.face_of or kind.name, number) for number, kind in enumerate(self.kinds)]
        self._shaped = [
            number
            for number, kind in enumerate(self.kinds)
            if kind.pattern is not None and kind.needs is not Needs.HEADER
        ]
        self._automaton = Automaton(
            [self.kinds[number].pattern or "" for number in self._shaped], closed=True
        )
        self.bare_lengths = self._automaton.lengths(reach.DIGIT_BYTES, LONGEST_NUMBER)
        self._everywhere = False
        self._beyond: set[int] = set()
        self._gate = self._built_gate()
        self._telling = np.array(
            [not meaning.announces.isdisjoint(self._beyond) for meaning in self._gate.meanings],
            dtype=np.bool_,
        )
        self._announcing = [announcements(kind) for kind in self.kinds]

    def search(
        self, text: bytes, announced: frozenset[int] = frozenset(), breaks: Breaks | None = None
    ) -> pl.DataFrame:
        """The occurrences in `text` (UTF-8, special spaces already plain), by kind and place.

        `announced` are kinds that a column header announces for the whole text; `breaks` the places at
        which cells begin, which no context crosses. A kind that needs a context and has none is left out.
        """
        data = np.frombuffer(text, dtype=np.uint8)
        if not len(data):
            return OCCURRENCES.to_frame()
        hits = self._gate.find(data)
        ends = self._automaton.run(data, self._starts(data, hits, announced))
        context = Context(data, breaks, self._spoken(hits))
        tables = [
            self._occurrences(number, matches, data, announced, context)
            for number, matches in self._matches(ends, data)
        ]
        tables += self._vocabulary(hits, data)
        tables = [table for table in tables if len(table)]
        return outer(pl.concat(tables), self.kinds) if tables else OCCURRENCES.to_frame()

    def _built_gate(self) -> Gate:
        """The phrases worth a pass over all text: vocabularies, literal beginnings, announcements that a kind
        without a digit of its own depends on."""
        meanings: dict[str, tuple[set[int], set[int]]] = {}
        spellings: set[str] = set()
        literals: set[str] = set()

        def note(phrase: str, *, word: int | None = None, announces: int | None = None) -> None:
            words, kinds = meanings.setdefault(fold(phrase), (set(), set()))
            words |= {word} if word is not None else set()
            kinds |= {announces} if announces is not None else set()
            spellings.add(phrase)

        for number, kind in enumerate(self.kinds):
            for word in kind.words:
                note(word, word=number)
            if number not in self._shaped or kind.pattern is None:
                continue
            if kind.needs is Needs.CONTEXT:
                for phrase in spelled(kind):
                    note(phrase, announces=number)
            if not reached(kind.pattern):
                beginnings = reach.prefixes(kind.pattern)
                if beginnings is not None:
                    literals |= beginnings
                elif kind.needs is Needs.CONTEXT:
                    self._beyond |= {number}
                else:
                    self._everywhere = True
        for phrase in meanings:
            for inner in within(phrase):
                meanings[phrase][1].update(meanings.get(inner, (set(), set()))[1])
        phrases = {
            phrase: Meaning(frozenset(words), frozenset(kinds)) for phrase, (words, kinds) in meanings.items()
        }
        return Gate(phrases, spellings, literals)

    def _starts(self, data: Bytes, hits: Hits, announced: frozenset[int]) -> Places:
        """Every place at which a kind could begin."""
        if self._everywhere or not announced.isdisjoint(self._beyond):
            everything = np.zeros(1, dtype=np.int64)
            return anchors.tokens_between(data, everything, everything + len(data))
        ends = hits.ends[self._telling[hits.numbers]]
        return anchors.distinct(
            np.concatenate(
                [
                    anchors.around_digits(data),
                    anchors.around_at(data),
                    anchors.around_colons(data),
                    hits.literals,
                    anchors.tokens_between(data, ends, ends + REACH),
                ]
            )
        )

    def _spoken(self, hits: Hits) -> dict[int, Matches]:
        """For each kind the places of the words that announce it."""
        places: dict[int, list[Places]] = {}
        for number in np.unique(hits.numbers).tolist():
            for kind in self._gate.meanings[number].announces:
                places.setdefault(kind, []).append(np.flatnonzero(hits.numbers == number))
        found = {kind: np.sort(np.concatenate(parts)) for kind, parts in places.items()}
        return {kind: Matches(hits.starts[rows], hits.ends[rows]) for kind, rows in found.items()}

    def _matches(self, ends: Ends, data: Bytes) -> list[tuple[int, Matches]]:
        """For each kind the longest match from each start that its boundary rule allows."""
        if not len(ends.starts):
            return []
        neighbours = Neighbours(data, ends.starts, ends.ends)
        found = []
        for place in np.flatnonzero(self._automaton.accepts[np.unique(ends.states)].any(axis=0)).tolist():
            number = self._shaped[place]
            rows = np.flatnonzero(self._automaton.accepts[:, place].take(ends.states))
            rows = rows[neighbours.allow(self.kinds[number].boundary, rows)]
            if len(rows):
                found.append((number, longest(ends.starts.take(rows), ends.ends.take(rows))))
        return found

    def _occurrences(
        self, number: int, matches: Matches, data: Bytes, announced: frozenset[int], context: Context
    ) -> pl.DataFrame:
        """One kind's matches as a table: normalised, checked, with what announces them."""
        kind = self.kinds[number]
        if kind.needs is Needs.CONTEXT and number not in announced:
            near = context.spoken(number, matches)
            matches = Matches(matches.starts[near], matches.ends[near])
        values = normal(kind, cut(data, matches.starts, matches.ends))
        passed = valid(kind, values)
        if kind.needs is Needs.CONTEXT or number in announced or kind.face_of is not None:
            known = np.ones(len(values), dtype=np.bool_)
        else:
            known = self._announced(kind, number, matches, passed, context)
        keep = apart(matches, passed)
        if len(keep) == len(values):
            keep = np.arange(len(values))
        return pl.DataFrame(
            {
                "kind": np.full(len(keep), self.bears[number], dtype=np.uint16),
                "start": matches.starts[keep],
                "end": matches.ends[keep],
                "value": values.gather(keep),
                "valid": passed[keep],
                "announced": known[keep],
            },
            schema=OCCURRENCES,
        )

    def _announced(
        self, kind: Kind, number: int, matches: Matches, passed: npt.NDArray[np.bool_], context: Context
    ) -> npt.NDArray[np.bool_]:
        """Whether a word that announces the kind stands near each match, in the same cell.

        Not asked where shape alone is proof, nor where so many pass that chance is out of the question.
        """
        seen = Seen(candidates=len(passed), valid=int(passed.sum()))
        known = np.zeros(len(passed), dtype=np.bool_)
        if not seen.valid or kind.chance >= 1.0 or (seen.valid >= MANY and judge(kind, seen).accepted):
            return known
        rows = np.flatnonzero(passed)
        known[rows] = context.near(self._announcing[number], matches.starts[rows], matches.ends[rows])
        return known

    def _vocabulary(self, hits: Hits, data: Bytes) -> list[pl.DataFrame]:
        """Phrases that are themselves findings."""
        found: dict[int, list[Places]] = {}
        for phrase in np.unique(hits.numbers).tolist():
            for number in self._gate.meanings[phrase].words:
                found.setdefault(number, []).append(np.flatnonzero(hits.numbers == phrase))
        tables = []
        for number, parts in sorted(found.items()):
            places = np.sort(np.concatenate(parts))
            columns = {
                "kind": np.full(len(places), number, dtype=np.uint16),
                "start": hits.starts[places],
                "end": hits.ends[places],
                "value": [self._gate.phrases[phrase] for phrase in hits.numbers[places].tolist()],
                "valid": np.ones(len(places), dtype=np.bool_),
                "announced": np.zeros(len(places), dtype=np.bool_),
            }
            tables.append(pl.DataFrame(columns, schema=OCCURRENCES))
        return tables


def reached(pattern: str) -> bool:
    """Whether the anchors that are always looked for meet every beginning of `pattern`."""
    return (automaton := Automaton([pattern])).requires(1 << ord("@")) or reach.reached_by_digits(automaton)
