"""All kinds' patterns as one automaton that numpy runs over many starting places of a text at once.

The patterns' parse trees become one nondeterministic automaton; deterministic states are made the first
time a text reaches them, so only what occurs costs anything. A run is anchored: each start is followed
byte by byte until its state is dead, which is linear in what could belong to a match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tocsin.scan.arrays import Bytes, Places
from tocsin.scan.graph import Graph

UNKNOWN, DEAD = -1, 0
LONGEST = 4096
MERGE_EVERY = 64
BLOCK = 1 << 16  # starts followed together at first, so that what is known of them stays in the cache
FIRST_STEPS = 24
SPARSE = 0.8
ALNUM_BYTES = sum(1 << byte for byte in range(128) if chr(byte).isalnum())


@dataclass(frozen=True, slots=True)
class Ends:
    """Where anchored runs could end: one row for each (start, end) at which at least one pattern matches.

    Of automata that are `closed` only the ends that no ASCII letter or digit follows.
    """

    starts: Places
    ends: Places
    states: Places


class Automaton(Graph):
    """Lazily determinised union of patterns; pattern number i of the sequence is i in every answer."""

    def __init__(self, patterns: Sequence[str], *, closed: bool = False) -> None:
        """`closed`: matches that an ASCII letter or digit follows are left out."""
        super().__init__(patterns)
        self.width = len(patterns)
        self.classes, self._samples = self._byte_classes()
        self._sets: list[frozenset[int]] = [frozenset(), self.closure({0})]
        self._numbers = {self._sets[1]: 1} | {self._sets[DEAD]: DEAD}
        self._wide = len(self._samples)
        self._follows = np.array([closed and chr(byte).isalnum() and byte < 128 for byte in self._samples])
        self._pairs = np.full(1 << 16, UNKNOWN, dtype=np.int32) if self._long() else None
        self.table: npt.NDArray[Any] = np.full(64 * self._wide, UNKNOWN, dtype=np.int32)
        self.table[: self._wide] = DEAD
        self.accepts = np.zeros((64, self.width), dtype=np.bool_)
        self._ending = np.zeros(64 * self._wide, dtype=np.bool_)
        self._note(1)

    def run(self, data: Bytes, starts: Places) -> Ends:
        """Follow every start to its end; `starts` are places in `data`."""
        edge = len(data) - LONGEST - 2
        tail = starts >= edge
        parts: list[tuple[Places, Places, Places]] = []
        if not tail.all():
            self._followed(data, starts[~tail], parts)
        if tail.any():  # a byte that belongs to nothing ends the text
            base = max(edge, 0)
            last = np.concatenate([data[base:], np.zeros(2, dtype=np.uint8)])
            ended: list[tuple[Places, Places, Places]] = []
            self._followed(last, starts[tail] - base, ended)
            parts += [(begin + base, end + base, states) for begin, end, states in ended]
        if not parts:
            empty = np.zeros(0, dtype=np.int64)
            return Ends(empty, empty, empty)
        return Ends(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    def _followed(self, data: Bytes, starts: Places, found: list[tuple[Places, Places, Places]]) -> None:
        """Follow starts whose runs end before `data` does: the first steps by blocks, what is left together."""
        left = []
        for begin in range(0, len(starts), BLOCK):
            some = starts[begin : begin + BLOCK]
            origin, at, states = self._begun(data, some)
            left.append(self._steps(data, origin, at, states, range(1, FIRST_STEPS), found))
        if left:
            origin, at, states = (np.concatenate(part) for part in zip(*left, strict=True))
            self._steps(data, origin, at, states, range(FIRST_STEPS, LONGEST + 2), found)

    def _long(self) -> bool:
        """Whether every match is two bytes long at least, so that runs can begin with two bytes at once."""
        begin = self.closure({0})
        after = self.closure({to for state in begin for _, to in self.moves(state)})
        return self.ends.keys().isdisjoint(begin | after)

    def _begun(self, data: Bytes, starts: Places) -> tuple[Places, Places, Places]:
        """The starts, the places after the bytes that were looked at, and the states there."""
        if self._pairs is None:
            return starts, starts, np.full(len(starts), self._wide, dtype=np.int64)
        pairs = np.ndarray((len(data) - 1,), dtype="<u2", buffer=data, strides=(1,))[starts]
        states = self._pairs[pairs]
        if (unknown := np.flatnonzero(states == UNKNOWN)).size:
            for pair in np.unique(pairs[unknown]).tolist():
                self._pairs[pair] = self._after(pair & 255, pair >> 8)
            states = self._pairs[pairs]
        alive = np.flatnonzero(states)
        starts = starts.take(alive)
        return starts, starts + 2, states.take(alive)

    def _after(self, *bytes_: int) -> int:
        """The state after the first bytes of a run."""
        state = np.full(1, self._wide, dtype=np.int64)
        for byte in bytes_:
            state = self._step(state + self.classes[byte])
        return int(state[0])

    def _steps(
        self,
        data: Bytes,
        origin: Places,
        at: Places,
        states: Places,
        steps: range,
        found: list[tuple[Places, Places, Places]],
    ) -> tuple[Places, Places, Places]:
        """Take the `steps` of some runs; what is alive afterwards."""
        at = at.copy()
        for step in steps:
            if not len(at):
                break
            places = self.classes.take(data.take(at, mode="clip"))
            places += states
            ended = self._ending.take(places)
            if ended.any() and at[0] > origin[0]:  # nothing is no match
                rows = np.flatnonzero(ended)
                found.append((origin.take(rows), at.take(rows), states.take(rows) // self._wide))
            states = self._step(places)
            at += 1
            if np.count_nonzero(states) < SPARSE * len(states):  # dead runs stay dead: they go in numbers
                alive = np.flatnonzero(states)
                origin, at, states = origin.take(alive), at.take(alive), states.take(alive)
            if step % MERGE_EVERY == 0:
                origin, at, states = _merged(origin, at, states, step)
        return origin, at, states

    def _step(self, places: Places) -> Places:
        """What stands at places of the flat table: next states (their rows' places); missing ones are made first."""
        after: Places = self.table.take(places)
        if len(after) and after.min() < 0:
            for place in np.unique(places[after < 0]).tolist():
                self._determine(*divmod(place, self._wide))
            after = self.table.take(places)
        return after

    def _determine(self, state: int, kind: int) -> None:
        byte = 1 << self._samples[kind]
        reached = {
            after for before in self._sets[state] for chars, after in self._moves[before] if chars & byte
        }
        states = self.closure(reached)
        number = self._numbers.get(states)
        if number is None:
            number = len(self._sets)
            self._sets.append(states)
            self._numbers[states] = number
            self._note(number)
        self.table[state * self._wide + kind] = number * self._wide

    def _note(self, number: int) -> None:
        """Room for a new deterministic state, and what it accepts."""
        if number >= len(self.accepts):
            self.table = np.concatenate([self.table, np.full_like(self.table, UNKNOWN)])
            self.accepts = np.vstack([self.accepts, np.zeros_like(self.accepts)])
            self._ending = np.concatenate([self._ending, np.zeros_like(self._ending)])
        for state in self._sets[number]:
            if state in self.ends:
                self.accepts[number, self.ends[state]] = True
                self._ending[number * self._wide : (number + 1) * self._wide] = ~self._follows

    def _byte_classes(self) -> tuple[Places, list[int]]:
        """Bytes that no pattern tells apart share a class; class 0 is what no pattern has."""
        sets = [*self.sets(), ALNUM_BYTES]
        signatures: dict[tuple[bool, ...], int] = {(False,) * len(sets): 0}
        samples = [0]
        classes = np.zeros(256, dtype=np.int64)
        for byte in range(256):
            signature = tuple(bool(chars >> byte & 1) for chars in sets)
            if signature not in signatures:
                signatures[signature] = len(samples)
                samples.append(byte)
            classes[byte] = signatures[signature]
        return classes, samples


def _merged(origin: Places, at: Places, states: Places, step: int) -> tuple[Places, Places, Places]:
    """Of runs in one state that began within the same `step` bytes keep the first: all have gone `step` bytes, so
    the others began inside it and could end nothing but the patterns that it can end (long tokens stay linear)."""
    block = origin // step
    order = np.lexsort((origin, states, block))
    block, origin, at, states = block[order], origin[order], at[order], states[order]
    fresh = np.ones(len(at), dtype=np.bool_)
    fresh[1:] = (block[1:] != block[:-1]) | (states[1:] != states[:-1])
    return origin[fresh], at[fresh], states[fresh]
