"""All kinds' patterns as one automaton that numpy runs over many starting places of a text at once.

The patterns' parse trees become one nondeterministic automaton; deterministic states are made the first
time a text reaches them, so only what occurs costs anything. A run is anchored: each start is followed
byte by byte until its state is dead, which is linear in what could belong to a match.
"""

from __future__ import annotations

import re._constants as op  # type: ignore[import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.scan.arrays import Bytes, Places

UNKNOWN, DEAD = -1, 0
LONGEST = 4096
MERGE_EVERY = 64
BLOCK = 1 << 13  # starts followed together at first, so that what is known of them stays in the cache
FIRST_STEPS = 24
ALNUM_BYTES = sum(1 << byte for byte in range(128) if chr(byte).isalnum())


@dataclass(frozen=True, slots=True)
class Ends:
    """Where anchored runs could end: one row for each (start, end) at which at least one pattern matches.

    Of automata that are `closed` only the ends that no ASCII letter or digit follows.
    """

    starts: Places
    ends: Places
    states: Places


class Automaton:
    """Lazily determinised union of patterns; pattern number i of the sequence is i in every answer."""

    def __init__(self, patterns: Sequence[str], *, closed: bool = False) -> None:
        """`closed`: matches that an ASCII letter or digit follows are left out; every match must then be two
        bytes long at least."""
        self._moves: list[list[tuple[int, int]]] = [[]]  # state -> [(byte set as 256-bit number, next)]
        self._skips: list[list[int]] = [[]]
        self._final: dict[int, int] = {}
        self._seen: dict[int, tuple[int, Any]] = {}
        begin = 0
        for number, pattern in enumerate(patterns):
            first = self._state()
            self._skips[begin].append(first)
            last = self._sequence(parser.parse(pattern), first)
            self._final[last] = number
        self.width = len(patterns)
        self.classes, self._samples = self._byte_classes()
        self._sets: list[frozenset[int]] = [frozenset(), self._closure({begin})]
        self._numbers = {self._sets[1]: 1} | {self._sets[DEAD]: DEAD}
        self._wide = len(self._samples)
        self._follows = np.array([closed and chr(byte).isalnum() and byte < 128 for byte in self._samples])
        self._pairs = np.full(1 << 16, UNKNOWN, dtype=np.int64) if closed else None
        self.table = np.full(64 * self._wide, UNKNOWN, dtype=np.int64)
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
        for step in steps:
            if not len(at):
                break
            places = states + self.classes.take(data.take(at))
            ended = np.flatnonzero(self._ending.take(places))
            if len(ended) and at[0] > origin[0]:  # nothing is no match
                found.append((origin.take(ended), at.take(ended), states.take(ended) // self._wide))
            states = self._step(places)
            alive = np.flatnonzero(states)
            if len(alive) < len(states):
                origin, at, states = origin.take(alive), at.take(alive), states.take(alive)
            at = at + 1
            if step % MERGE_EVERY == 0:
                origin, at, states = _merged(origin, at, states, step)
        return origin, at, states

    def moves(self, state: int) -> list[tuple[int, int]]:
        """The nondeterministic moves out of a state: sets of bytes (as bits) and where they lead; 0 begins."""
        return self._moves[state]

    def skips(self, state: int) -> list[int]:
        """The states reached without a byte."""
        return self._skips[state]

    def final(self, state: int) -> bool:
        """Whether a pattern ends in this state."""
        return state in self._final

    def follows(self, beginning: bytes, *, whole: bool) -> bool:
        """Whether a match can begin with these bytes; with `whole`, whether they are one."""
        states = self._closure({0})
        for byte in beginning:
            after = {to for state in states for chars, to in self._moves[state] if chars >> byte & 1}
            states = self._closure(after)
        return any(state in self._final for state in states) if whole else bool(states)

    def lengths(self, chars: int, longest: int) -> list[int]:
        """The lengths, up to `longest`, of the matches that these bytes alone can make; `longest` stands for more."""
        states, found = self._closure({0}), []
        for length in range(1, longest + 1):
            states = self._closure(
                {to for state in states for allowed, to in self._moves[state] if allowed & chars}
            )
            if any(state in self._final for state in states) or length == longest and states:
                found.append(length)
        return found

    def requires(self, chars: int) -> bool:
        """Whether no pattern can match without one of these bytes (a set, as the bits of a number)."""
        without = ~chars
        seen, todo = {0}, [0]
        while todo:
            state = todo.pop()
            if state in self._final:
                return False
            after = {*self._skips[state], *(to for allowed, to in self._moves[state] if allowed & without)}
            todo += after - seen
            seen |= after
        return True

    def _step(self, places: Places) -> Places:
        """What stands at places of the flat table: next states (their rows' places); missing ones are made first."""
        after = self.table.take(places)
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
        states = self._closure(reached)
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
            if state in self._final:
                self.accepts[number, self._final[state]] = True
                self._ending[number * self._wide : (number + 1) * self._wide] = ~self._follows

    def _closure(self, states: set[int]) -> frozenset[int]:
        seen, todo = set(states), list(states)
        while todo:
            for after in self._skips[todo.pop()]:
                if after not in seen:
                    seen.add(after)
                    todo.append(after)
        return frozenset(state for state in seen if self._moves[state] or state in self._final)

    def _state(self) -> int:
        self._moves.append([])
        self._skips.append([])
        return len(self._moves) - 1

    def _sequence(self, tree: Any, state: int) -> int:
        for kind, detail in tree:
            state = self._node(kind, detail, state)
        return state

    def _node(self, kind: Any, detail: Any, state: int) -> int:
        """Append one parse-tree node after `state`; the state after it."""
        if kind is op.LITERAL and detail > 127:
            for byte in chr(detail).encode():
                state = self._byte(byte, state)
            return state
        if kind in (op.LITERAL, op.IN):
            after = self._state()
            self._moves[state].append((self._set(kind, detail), after))
            return after
        if kind is op.SUBPATTERN:
            return self._sequence(detail[3], state)
        if kind is op.BRANCH:
            after = self._state()
            for branch in detail[1]:
                self._skips[self._sequence(branch, state)].append(after)
            return after
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self._repeat(detail, state)
        raise AssertionError(f"a pattern may not use {kind}")

    def _set(self, kind: Any, detail: Any) -> int:
        """The bytes of a node; repeats come back to the same node, which is looked at once."""
        if kind is op.LITERAL:
            return 1 << int(detail)
        known = self._seen.get(id(detail))
        if known is None:
            known = self._seen[id(detail)] = (byte_set(kind, detail), detail)
        return known[0]

    def _byte(self, byte: int, state: int) -> int:
        """One byte of a character beyond ASCII after `state`."""
        after = self._state()
        self._moves[state].append((1 << byte, after))
        return after

    def _repeat(self, detail: Any, state: int) -> int:
        low, high, inner = detail
        for _ in range(low):
            state = self._sequence(inner, state)
        if high == op.MAXREPEAT:
            loop = self._state()
            self._skips[state].append(loop)
            self._skips[self._sequence(inner, loop)].append(loop)
            after = self._state()
            self._skips[loop].append(after)
            return after
        after = self._state()
        self._skips[state].append(after)
        for _ in range(high - low):
            state = self._sequence(inner, state)
            self._skips[state].append(after)
        return after

    def _byte_classes(self) -> tuple[Places, list[int]]:
        """Bytes that no pattern tells apart share a class; class 0 is what no pattern has."""
        sets = sorted({chars for moves in self._moves for chars, _ in moves})
        sets.append(ALNUM_BYTES)
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


def byte_set(kind: Any, detail: Any) -> int:
    """The bytes of a literal or a class, as the bits of a number."""
    if kind is op.LITERAL:
        return 1 << int(detail)
    chars = 0
    for inner, value in detail:
        if inner is op.LITERAL:
            chars |= 1 << int(value)
        elif inner is op.RANGE:
            for byte in range(value[0], value[1] + 1):
                chars |= 1 << byte
        else:
            raise AssertionError("a class holds characters and ranges only")
    return chars
