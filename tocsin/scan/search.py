"""Text searched for every kind at every offset: occurrences with exact places, normal values and verdicts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.catalogue import Catalogue
from tocsin.kinds.kind import Boundary, Kind, Needs
from tocsin.scan import anchors, reach
from tocsin.scan.arrays import Bools, Bytes, Places
from tocsin.scan.automaton import Automaton
from tocsin.scan.candidates import Candidates, candidates, joined
from tocsin.scan.context import BEFORE, Context, announcements
from tocsin.scan.evidence import Seen, judge
from tocsin.scan.gate import Hits
from tocsin.scan.overlaps import apart, outer
from tocsin.scan.verdicts import judged
from tocsin.scan.vocabulary import Vocabulary, needing

REACH = 64
AHEAD = 512  # how far before a word a value that it announces may begin
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


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The patterns of some kinds, searched for together."""

    automaton: Automaton
    kinds: tuple[int, ...]
    boundaries: tuple[Boundary, ...]

    def find(self, data: Bytes, starts: Places) -> Candidates:
        """What has the shape of one of the kinds and begins at one of `starts`."""
        if not self.kinds:
            return joined([])
        ends = self.automaton.run(data, starts)
        return candidates(data, ends, self.automaton.accepts, self.kinds, self.boundaries)


class Searcher:
    """The kinds of a catalogue, ready to search; `kinds[i]` is number i in every table it gives."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.kinds: tuple[Kind, ...] = tuple(catalogue.values())
        names = {kind.name: number for number, kind in enumerate(self.kinds)}
        self.bears = [names.get(kind.face_of or kind.name, number) for number, kind in enumerate(self.kinds)]
        shaped = [
            number
            for number, kind in enumerate(self.kinds)
            if kind.pattern is not None and kind.needs is not Needs.HEADER
        ]
        self._vocabulary = Vocabulary(self.kinds, shaped)
        beyond = self._vocabulary.beyond
        touching = {number for number in shaped if self.kinds[number].boundary is Boundary.DIGIT} - beyond
        self._near = self._shapes([number for number in shaped if number not in beyond | touching])
        self._beyond = self._shapes(sorted(beyond))
        self._touching = self._shapes(sorted(touching))
        lengths = [
            shapes.automaton.lengths(reach.DIGIT_BYTES, LONGEST_NUMBER)
            for shapes in (self._near, self._beyond)
        ]
        self.bare_lengths = sorted({length for each in lengths for length in each})
        self._announcing = [announcements(kind) for kind in self.kinds]
        self._asks = needing(self.kinds, Needs.CONTEXT)

    def _shapes(self, numbers: list[int]) -> _Shapes:
        patterns = [self.kinds[number].pattern or "" for number in numbers]
        boundaries = tuple(self.kinds[number].boundary for number in numbers)
        closed = Boundary.DIGIT not in boundaries
        return _Shapes(Automaton(patterns, closed=closed), tuple(numbers), boundaries)

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
        hits = self._vocabulary.find(data)
        context = Context(data, breaks, self._vocabulary.announcements(hits))
        found = self._spoken(self._found(data, hits, announced), announced, context)
        values, passed = judged(self.kinds, data, found)
        kept = apart(found, passed)
        if not kept.all():
            found, passed, values = found.at(kept), passed[kept], values.filter(pl.Series(kept))
        known = self._known(found, passed, announced, context)
        words, phrases = self._vocabulary.findings(hits)
        table = self._table(found, values, passed, known)
        if len(words):
            sure = np.ones(len(words), dtype=np.bool_)
            table = pl.concat([table, self._table(words, phrases, sure, ~sure)])
        return outer(table, self.kinds)

    def _found(self, data: Bytes, hits: Hits, announced: frozenset[int]) -> Candidates:
        """What has a kind's shape, by kind and place."""
        runs, dense = anchors.numbers(data)
        signs = [
            anchors.around_digits(data, runs, dense),
            anchors.around_at(data),
            anchors.around_colons(data),
        ]
        begins = anchors.distinct(np.concatenate([*signs, hits.literals]))
        if self._vocabulary.everywhere or not announced.isdisjoint(self._vocabulary.beyond):
            every = np.zeros(1, dtype=np.int64)
            behind = anchors.tokens_between(data, every, every + len(data))
            begins = behind if self._vocabulary.everywhere else begins
        else:
            behind = self._behind(data, hits, anchors.distinct(np.concatenate(signs)))
        touching = anchors.distinct(np.concatenate([begins, runs[dense]]))
        return joined(
            [
                self._near.find(data, begins),
                self._beyond.find(data, behind),
                self._touching.find(data, touching),
            ]
        )

    def _behind(self, data: Bytes, hits: Hits, around: Places) -> Places:
        """Where a kind could begin that is looked for behind its words only: a word there, or one of the places
        `around` numbers and signs."""
        telling = self._vocabulary.telling(hits)
        begin, end = hits.starts[telling], hits.ends[telling]
        near = anchors.inside(around, np.maximum(begin - AHEAD, 0), end + BEFORE)
        return anchors.distinct(
            np.concatenate(
                [anchors.symbols(data, begin), anchors.tokens_between(data, end, end + REACH), near]
            )
        )

    def _spoken(self, found: Candidates, announced: frozenset[int], context: Context) -> Candidates:
        """The candidates without those of kinds that need a context and have none."""
        asks = self._asks.copy()
        asks[list(announced)] = False
        asked = asks[found.kinds]
        if not asked.any():
            return found
        kept = ~asked
        kept[asked] = context.spoken(found.at(asked))
        return found.at(kept)

    def _known(self, found: Candidates, passed: Bools, announced: frozenset[int], context: Context) -> Bools:
        """Whether a word or a header that announces its kind stands near each candidate, in the same cell.

        Not asked where shape alone is proof, nor where so many pass that chance is out of the question.
        """
        known = np.zeros(len(found), dtype=np.bool_)
        for number, part in found.parts():
            kind = self.kinds[number]
            if kind.needs is Needs.CONTEXT or number in announced or kind.face_of is not None:
                known[part] = True
                continue
            rows = part.start + np.flatnonzero(passed[part])
            seen = Seen(candidates=part.stop - part.start, valid=len(rows))
            if not seen.valid or kind.chance >= 1.0 or (seen.valid >= MANY and judge(kind, seen).accepted):
                continue
            known[rows] = context.near(self._announcing[number], found.starts[rows], found.ends[rows])
        return known

    def _table(self, found: Candidates, values: pl.Series, passed: Bools, known: Bools) -> pl.DataFrame:
        """Occurrences under the names that their kinds bear."""
        return pl.DataFrame(
            {
                "kind": np.asarray(self.bears, dtype=np.uint16)[found.kinds],
                "start": found.starts,
                "end": found.ends,
                "value": values,
                "valid": passed,
                "announced": known,
            },
            schema=OCCURRENCES,
        )
