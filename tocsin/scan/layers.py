"""A pattern over values of one form (a digit here, a full stop there), run over all values at once.

The form says which bytes each place may hold. A pattern over it becomes a chain of small tables, a layer a place,
with equal states made one: places that the form alone settles need no look at the values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tocsin.scan.arrays import Bools
from tocsin.scan.graph import Graph

Matrix = npt.NDArray[np.uint8]
Form = tuple[tuple[int, int], ...]
"""The first and the last byte that each place may hold, at most 26 of them."""
States = frozenset[int]
DONE = -1
MOST_STATES = 120


@dataclass(frozen=True, slots=True)
class Layer:
    """The step over one place: `table[state × width + byte − low]` is the next state, 0 for no match any more.

    `settled`: every byte that the form allows leads from the one state before to the one after.
    """

    low: int
    width: int
    table: npt.NDArray[np.uint8]
    states: int
    after: int
    settled: bool


@dataclass(frozen=True, slots=True)
class Layers:
    """What a pattern says of values of one form. `always`, `never`: of all of them."""

    layers: tuple[Layer, ...]
    always: bool
    never: bool

    def match(self, matrix: Matrix) -> Bools:
        """Which columns of `matrix` [length, n] match; of one that has another form the answer means nothing."""
        count = matrix.shape[1]
        if self.always or self.never:
            return np.full(count, self.always)
        alive = np.ones(count, dtype=np.bool_)
        state: npt.NDArray[np.uint8] | None = None
        for layer, row in zip(self.layers, matrix, strict=True):
            if layer.settled:
                continue
            at: npt.NDArray[Any] = row - np.uint8(layer.low)
            if layer.states > 1 and state is not None:
                small = (layer.states + 1) * layer.width <= 256
                at = state.astype(np.uint8 if small else np.uint16) * layer.width + at
            else:
                at = at + np.uint8(layer.width)
            state = layer.table.take(at, mode="clip")
            if layer.after == 1:
                alive &= state.view(np.bool_)
                state = None
        return alive


def layers(pattern: Graph, form: Form, *, anchored: bool, closed: bool) -> Layers | None:
    """The layers of a pattern over a form; None where they would be too many.

    `anchored`: a match begins at the first place; `closed`: it ends after the last.
    """
    sets = _forward(pattern, form, anchored=anchored, closed=closed)
    if sets is None:
        return None
    finals = [any(pattern.final(state) for state in states) or DONE in states for states in sets[-1][0]]
    names = [int(final) for final in finals]
    found: list[Layer] = []
    for (low, high), (states, moves) in zip(reversed(form), reversed(sets[:-1]), strict=True):
        rows: dict[tuple[int, ...], int] = {}
        before = []
        for number in range(len(states)):
            row = tuple(names[after] if after >= 0 else 0 for after in moves[number])
            before.append(rows.setdefault(row, len(rows) + 1) if any(row) else 0)
        table = np.zeros((len(rows) + 1, high - low + 1), dtype=np.uint8)
        for row, number in rows.items():
            table[number] = row
        settled = len(rows) == 1 and bool((table[1] == 1).all())
        found.append(Layer(low, high - low + 1, table.ravel(), len(rows), max(names, default=0), settled))
        names = before
    found.reverse()
    return Layers(
        tuple(found), always=names[0] == 1 and all(one.settled for one in found), never=names[0] == 0
    )


Moves = list[list[int]]


def _forward(
    pattern: Graph, form: Form, *, anchored: bool, closed: bool
) -> list[tuple[list[States], Moves]] | None:
    """For each place the sets of states that the form can reach, and where each byte leads from them (−1: nowhere)."""
    begin = pattern.closure({0})
    here, found = [begin], []
    for low, high in form:
        known: dict[States, int] = {}
        moves: Moves = []
        for states in here:
            row: list[int] = []
            for byte in range(low, high + 1):
                after = _after(pattern, states, byte, begin, anchored=anchored, closed=closed)
                row.append(known.setdefault(after, len(known)) if after else -1)
            moves.append(row)
        found.append((here, moves))
        if len(known) > MOST_STATES:
            return None
        here = list(known)
    return [*found, (here, [])]


def _after(
    pattern: Graph, states: States, byte: int, begin: States, *, anchored: bool, closed: bool
) -> States:
    """The states after one more byte; one that holds `DONE` matches whatever follows."""
    if DONE in states or (not closed and any(pattern.final(state) for state in states)):
        return frozenset({DONE})
    bit = 1 << byte
    after = pattern.closure({to for state in states for chars, to in pattern.moves(state) if chars & bit})
    if not anchored:
        after |= begin
    return after


@cache
def graph(pattern: str) -> Graph:
    """The states of one pattern without anchors."""
    return Graph([pattern])
