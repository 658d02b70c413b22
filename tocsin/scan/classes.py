"""Classes of documents: a text is a prescription or a payslip when enough independent signs stand in it together.

Each sign weighs what its kind declares (log10 of a likelihood ratio); their sum starts from how rare such a document
is. A single sign never decides, and what the text would be otherwise (an article, an invoice) weighs against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log10

import numpy as np
import polars as pl
import re2

from tocsin.kinds.kind import Kind, Sign, fold
from tocsin.scan.distinct import hashes
from tocsin.scan.found import Emission
from tocsin.scan.tally import Spot, Tallies
from tocsin.tables import Text

RARE = -2.5  # a document of any one class among all documents, log10
DECIDED = 0.5
FEWEST = 4  # signs that must speak for the class, whatever they weigh
LONGEST = 200_000  # bytes; a longer document is of no class
PAGES = 8_000  # from here on length itself speaks against a class
BEFORE, AFTER = "(?:^|[^a-z0-9])(?:", ")(?:$|[^a-z0-9])"


@dataclass(frozen=True, slots=True)
class Judged:
    """A document's class: the kind's number, how sure (0 to 1), and the names of the signs that spoke for it."""

    kind: int
    confidence: float
    signs: tuple[str, ...]


class Classifier:
    """Judges texts against the classes of a catalogue."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds
        self._classes = [(number, kind.signs) for number, kind in enumerate(kinds) if kind.signs]
        patterns = {sign.pattern for _, signs in self._classes for sign in signs if sign.pattern}
        self._patterns = {pattern: place for place, pattern in enumerate(sorted(patterns))}
        self._set = re2.Set.SearchSet(_options())
        for pattern in self._patterns:
            self._set.Add(f"{BEFORE}{pattern}{AFTER}")
        if self._patterns:
            self._set.Compile()
        self._several = {
            sign.pattern: re2.compile(f"{BEFORE}{sign.pattern}{AFTER}", _options())
            for _, signs in self._classes
            for sign in signs
            if sign.pattern and sign.times > 1
        }

    @property
    def idle(self) -> bool:
        """Whether the catalogue has no class."""
        return not self._classes

    def judge(self, text: str, values: Mapping[str, int]) -> list[Judged]:
        """The classes of one text, surest first; `values` are how many different values of each kind stand in it."""
        folded = fold(text)
        matched = set(self._set.Match(folded) or ()) if self._patterns else set()
        found: list[Judged] = []
        for number, signs in self._classes:
            there = [sign for sign in signs if self._stands(sign, folded, matched, values)]
            spoken = [sign.name for sign in there if sign.weight > 0]
            total = RARE + sum(sign.weight if sign in there else sign.missing for sign in signs)
            total -= _length(len(folded))
            if total >= DECIDED and len(spoken) >= FEWEST:
                found.append(Judged(number, round(1 / (1 + 10**-total), 6), tuple(spoken)))
        return sorted(found, key=lambda one: (-one.confidence, one.kind))

    def _stands(self, sign: Sign, folded: str, matched: set[int], values: Mapping[str, int]) -> bool:
        if any(values.get(kind, 0) >= sign.times for kind in sign.kinds):
            return True
        if sign.pattern is None or self._patterns[sign.pattern] not in matched:
            return False
        if sign.times == 1:
            return True
        there = self._several[sign.pattern].finditer(folded)
        return sum(1 for _, _ in zip(there, range(sign.times), strict=False)) == sign.times


@dataclass(slots=True)
class _Paper:
    """One document on its way: its pieces so far, and what was found in each (kinds' names by how often)."""

    texts: list[Text] = field(default_factory=list)
    counts: list[Counter[str]] = field(default_factory=list)
    bytes: int = 0


class Papers:
    """The documents of a section, judged one by one as they end."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._open: dict[int, _Paper] = {}

    def add(
        self, texts: Sequence[Text], spans: Sequence[pl.DataFrame], tallies: Tallies
    ) -> dict[int, list[Emission]]:
        """Take pieces of documents and what was found in them (`found.SPANS`). With its last piece a document is
        judged: its class is counted in `tallies` (once, at the page that tells it) and given for its record."""
        given: dict[int, list[Emission]] = {}
        if self._classifier.idle:
            return given
        counts = self._counts([text for text in texts if text.field is None], spans)
        for text, count in counts:
            paper = self._open.setdefault(text.record, _Paper())
            paper.bytes += len(text.data)
            if paper.bytes <= LONGEST:
                paper.texts.append(text)
                paper.counts.append(count)
            if text.last:
                del self._open[text.record]
                given[text.record] = self._close(paper, tallies)
        return given

    def _counts(
        self, texts: Sequence[Text], spans: Sequence[pl.DataFrame]
    ) -> list[tuple[Text, Counter[str]]]:
        """For each piece how often each kind stands in it; pieces too long to be of a class are not looked at."""
        short = [text.record for text in texts if len(text.data) <= LONGEST]
        rows: dict[int, list[tuple[int, int]]] = {}
        for table in spans:
            mine = table.filter("valid", pl.col("record").is_in(short)).select("record", "start", "kind")
            for record, start, kind in mine.iter_rows():
                rows.setdefault(record, []).append((start, kind))
        kinds = self._classifier.kinds
        return [
            (
                text,
                Counter(
                    kinds[kind].name
                    for start, kind in rows.get(text.record, [])
                    if text.offset <= start < text.offset + len(text.data)
                ),
            )
            for text in texts
        ]

    def _close(self, paper: _Paper, tallies: Tallies) -> list[Emission]:
        if paper.bytes > LONGEST:
            return []
        best: dict[int, tuple[Judged, str | None]] = {}
        for place, text, count in _views(paper):
            for one in self._classifier.judge(text, count)[:1]:
                if one.kind not in best or best[one.kind][0].confidence < one.confidence:
                    best[one.kind] = one, place
        return [self._told(one, place, tallies) for _, (one, place) in sorted(best.items())]

    def _told(self, one: Judged, place: str | None, tallies: Tallies) -> Emission:
        """Count one document of a class; the record's column holds the class's name, nothing of anybody."""
        tally = tallies.at(Spot(None, place, one.kind))
        tally.candidates += 1
        tally.valid += 1
        tally.evidence = "class"
        tally.confidence = max(tally.confidence or 0.0, one.confidence)
        tally.samples = tally.samples or list(one.signs)
        name = self._classifier.kinds[one.kind].name
        values = pl.Series([name])
        tally.distinct.add(hashes(values))
        return Emission(name, None, np.zeros(1, dtype=np.int64), values)


def _views(paper: _Paper) -> list[tuple[str | None, str, Counter[str]]]:
    """A document as it is judged: each of its pages, or all of it where it has none."""
    pages: dict[str | None, tuple[list[bytes], Counter[str]]] = {}
    for text, count in zip(paper.texts, paper.counts, strict=True):
        parts, counts = pages.setdefault(text.place, ([], Counter()))
        parts.append(text.data)
        counts.update(count)
    return [
        (place, b"".join(parts).decode("utf-8", "replace"), count) for place, (parts, count) in pages.items()
    ]


def _length(characters: int) -> float:
    """What the length of a text weighs against its being a document of a class."""
    return max(0.0, 1.5 * log10(max(characters, 1) / PAGES))


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 64 << 20
    return options
