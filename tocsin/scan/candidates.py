"""Stretches of a text that have the shape of a kind: one row a stretch and kind, for all kinds at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.kinds.kind import Boundary
from tocsin.scan.arrays import Bools, Bytes, Places
from tocsin.scan.automaton import LONGEST, Ends
from tocsin.scan.boundary import Neighbours

LENGTH_BITS = (2 * LONGEST).bit_length()
PLACE_BITS = 36


@dataclass(frozen=True, slots=True)
class Candidates:
    """Stretches [start, end) of a text by kind and place; each kind's are together."""

    kinds: Places
    starts: Places
    ends: Places

    def __len__(self) -> int:
        return len(self.kinds)

    def at(self, rows: Places | Bools) -> Candidates:
        """Some of them."""
        return Candidates(self.kinds[rows], self.starts[rows], self.ends[rows])

    def parts(self) -> list[tuple[int, slice]]:
        """Each kind with its rows."""
        if not len(self.kinds):
            return []
        edges = np.flatnonzero(self.kinds[1:] != self.kinds[:-1]) + 1
        begins = [0, *edges.tolist()]
        stops = [*begins[1:], len(self.kinds)]
        return [(int(self.kinds[a]), slice(a, b)) for a, b in zip(begins, stops, strict=True)]


def candidates(
    data: Bytes, ends: Ends, accepts: Bools, kinds: Sequence[int], boundaries: Sequence[Boundary]
) -> Candidates:
    """For each kind the longest stretch from each start that its boundary rule allows.

    `accepts` [states, patterns] says which patterns end in a state, `kinds` and `boundaries` belong to the patterns.
    """
    if not len(ends.starts):
        return joined([])
    rows, patterns = _expanded(ends.states, accepts)
    rows, patterns = _allowed(data, ends, rows, patterns, boundaries)
    numbers = np.asarray(kinds, dtype=np.int64)[patterns]
    keys = numbers << PLACE_BITS | ends.starts[rows]
    keys = keys << LENGTH_BITS | (ends.ends[rows] - ends.starts[rows])
    keys.sort()
    places = keys >> LENGTH_BITS
    keys = keys[np.append(places[1:] != places[:-1], True)] if len(keys) else keys
    lengths = keys & ((1 << LENGTH_BITS) - 1)
    starts = keys >> LENGTH_BITS & ((1 << PLACE_BITS) - 1)
    return Candidates(keys >> LENGTH_BITS + PLACE_BITS, starts, starts + lengths)


def joined(parts: Sequence[Candidates]) -> Candidates:
    """Candidates of different kinds as one."""
    empty = np.zeros(0, dtype=np.int64)
    return Candidates(
        np.concatenate([empty, *(part.kinds for part in parts)]),
        np.concatenate([empty, *(part.starts for part in parts)]),
        np.concatenate([empty, *(part.ends for part in parts)]),
    )


def _expanded(states: Places, accepts: Bools) -> tuple[Places, Places]:
    """One row for each state met and each pattern that ends in it: the place in `states`, the pattern."""
    met = np.zeros(len(accepts), dtype=np.bool_)
    met[states] = True
    known = np.flatnonzero(met)
    whose, patterns = np.nonzero(accepts[known])
    counts = np.bincount(whose, minlength=len(known))
    place = np.zeros(len(accepts), dtype=np.int64)
    place[known] = np.arange(len(known))
    mine = place[states]
    times = counts[mine]
    rows = np.repeat(np.arange(len(states)), times)
    inner = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
    return rows, patterns[(np.cumsum(counts) - counts)[mine][rows] + inner]


def _allowed(
    data: Bytes, ends: Ends, rows: Places, patterns: Places, boundaries: Sequence[Boundary]
) -> tuple[Places, Places]:
    """The rows whose pattern may stand where it does."""
    neighbours = Neighbours(data, ends.starts, ends.ends)
    rules = list(Boundary)
    rule = np.array([rules.index(boundary) for boundary in boundaries], dtype=np.int64)[patterns]
    allowed = np.zeros(len(rows), dtype=np.bool_)
    for number in np.flatnonzero(np.bincount(rule, minlength=len(rules))).tolist():
        mine = np.flatnonzero(rule == number)
        allowed[mine] = neighbours.allow(rules[number], rows[mine])
    kept = np.flatnonzero(allowed)
    return rows[kept], patterns[kept]
