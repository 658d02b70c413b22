"""The words around a match: whether one that announces its kind stands near it."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.kind import Kind, fold
from tocsin.scan.anchors import ALNUM
from tocsin.scan.arrays import Bools, Bytes, Places
from tocsin.scan.candidates import PLACE_BITS, Candidates
from tocsin.scan.values import FEW, gathered, split

BEFORE, AFTER = 80, 40
LATIN = 0xC3


def announcements(kind: Kind) -> tuple[str, ...]:
    """The words that announce a kind as they stand in a `Context`: small, blanks around and between."""
    forms = {form for word in (*kind.context, *kind.headers) for form in (word.lower(), fold(word))}
    spaced = {" ".join("".join(char if char.isalnum() else " " for char in form).split()) for form in forms}
    return tuple(sorted(f" {form}{end} " for form in spaced if form for end in ("", "s")))


def spelled(kind: Kind) -> set[str]:
    """The words that announce a kind as one may meet them: with their accents, blanks or underscores between."""
    words = {word.lower() for word in (*kind.context, *kind.headers)}
    return words | {word.replace(" ", "_") for word in words}


class Context:
    """A text, the places at which its cells begin (which no announcement crosses), and the words that announce
    kinds (the kind's number for each) where they stand, by kind and end."""

    def __init__(self, data: Bytes, breaks: Places | None, words: Candidates) -> None:
        self._data = data
        self._breaks = breaks
        self._words = words
        self._keys = words.kinds << PLACE_BITS | words.ends

    def spoken(self, asked: Candidates) -> Bools:
        """Whether a word that announces its kind stands near each candidate, or in it."""
        words = self._words
        if not len(words):
            return np.zeros(len(asked), dtype=np.bool_)
        low, high = self._reach(asked.starts, asked.ends)
        following = np.searchsorted(self._keys, asked.kinds << PLACE_BITS | asked.starts, side="right")
        last = np.maximum(following - 1, 0)
        before = (following > 0) & (words.kinds[last] == asked.kinds) & (words.starts[last] >= low)
        next_ = np.minimum(following, len(words) - 1)
        behind = (words.kinds[next_] == asked.kinds) & (words.ends[next_] <= high) & (following < len(words))
        answer: Bools = before | behind
        return answer

    def _reach(self, starts: Places, ends: Places) -> tuple[Places, Places]:
        """How far the surroundings of matches go, within their cells."""
        low, high = np.maximum(starts - BEFORE, 0), np.minimum(ends + AFTER, len(self._data))
        if self._breaks is not None:
            cell = np.searchsorted(self._breaks, starts, side="right") - 1
            low = np.maximum(low, self._breaks[cell])
            high = np.minimum(high, np.append(self._breaks, len(self._data) + 1)[cell + 1] - 1)
        return low, high

    def near(self, words: tuple[str, ...], starts: Places, ends: Places) -> npt.NDArray[np.bool_]:
        """Whether one of `words` stands within BEFORE bytes before or AFTER bytes behind each match."""
        if not words or not len(starts):
            return np.zeros(len(starts), dtype=np.bool_)
        low, high = self._reach(starts, ends)
        if len(starts) < FEW:
            return np.array([self._few(words, *place) for place in zip(low, starts, ends, high, strict=True)])
        around = pl.DataFrame(
            {
                "before": _words(self._data, low, starts),
                "after": _words(self._data, ends, np.maximum(high, ends)),
            }
        ).select(pl.concat_str(pl.lit(" "), "before", pl.lit("  "), "after", pl.lit(" ")))
        return around.to_series().str.contains_any(list(words)).to_numpy()

    def _few(self, words: tuple[str, ...], low: int, start: int, end: int, high: int) -> bool:
        """The same for one match."""
        before, after = bytes(self._data[low:start]), bytes(self._data[end : max(high, end)])
        around = f" {_spelled(before)}  {_spelled(after)} "
        return any(word in around for word in words)


def _spelled(stretch: bytes) -> str:
    """One stretch as `_words` gives it."""
    text = stretch.decode("utf-8", "ignore").lower()
    return text.encode().translate(_small()).decode()


def _words(data: Bytes, starts: Places, ends: Places) -> pl.Series:
    """Stretches in small letters, French capitals with accents too, their punctuation as blanks."""
    taken, stops = gathered(data, starts, ends)
    leads = np.flatnonzero(taken[:-1] == LATIN)
    capitals = leads[(taken[leads + 1] >= 0x80) & (taken[leads + 1] <= 0x9E)] + 1
    taken[capitals] += 32
    return split(np.frombuffer(taken.tobytes().translate(_small()), dtype=np.uint8).copy(), stops)


@cache
def _small() -> bytes:
    """ASCII letters small, digits as they are, all else a blank; bytes beyond ASCII stay."""
    table = np.arange(256, dtype=np.uint8)
    table[:128][~ALNUM[:128]] = 32
    table[65:91] += 32
    return table.tobytes()
