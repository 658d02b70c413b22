"""Patterns as one nondeterministic automaton over bytes, made from their parse trees."""

from __future__ import annotations

import re._constants as op  # type: ignore[import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from collections.abc import Sequence
from typing import Any


class Graph:
    """The union of patterns; number i of the sequence ends in the states whose `ends` says i. State 0 begins."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._moves: list[list[tuple[int, int]]] = [[]]  # state -> [(byte set as 256-bit number, next)]
        self._skips: list[list[int]] = [[]]
        self._seen: dict[int, tuple[int, Any]] = {}
        self.ends: dict[int, int] = {}
        for number, pattern in enumerate(patterns):
            first = self._state()
            self._skips[0].append(first)
            self.ends[self._sequence(parser.parse(pattern), first)] = number

    def moves(self, state: int) -> list[tuple[int, int]]:
        """The nondeterministic moves out of a state: sets of bytes (as bits) and where they lead; 0 begins."""
        return self._moves[state]

    def skips(self, state: int) -> list[int]:
        """The states reached without a byte."""
        return self._skips[state]

    def final(self, state: int) -> bool:
        """Whether a pattern ends in this state."""
        return state in self.ends

    def follows(self, beginning: bytes, *, whole: bool) -> bool:
        """Whether a match can begin with these bytes; with `whole`, whether they are one."""
        states = self.closure({0})
        for byte in beginning:
            after = {to for state in states for chars, to in self._moves[state] if chars >> byte & 1}
            states = self.closure(after)
        return any(state in self.ends for state in states) if whole else bool(states)

    def lengths(self, chars: int, longest: int) -> list[int]:
        """The lengths, up to `longest`, of the matches that these bytes alone can make; `longest` stands for more."""
        states, found = self.closure({0}), []
        for length in range(1, longest + 1):
            states = self.closure(
                {to for state in states for allowed, to in self._moves[state] if allowed & chars}
            )
            if any(state in self.ends for state in states) or length == longest and states:
                found.append(length)
        return found

    def requires(self, chars: int) -> bool:
        """Whether no pattern can match without one of these bytes (a set, as the bits of a number)."""
        without = ~chars
        seen, todo = {0}, [0]
        while todo:
            state = todo.pop()
            if state in self.ends:
                return False
            after = {*self._skips[state], *(to for allowed, to in self._moves[state] if allowed & without)}
            todo += after - seen
            seen |= after
        return True

    def closure(self, states: set[int]) -> frozenset[int]:
        """The states that are reached from some without a byte and that lead on or end a pattern."""
        seen, todo = set(states), list(states)
        while todo:
            for after in self._skips[todo.pop()]:
                if after not in seen:
                    seen.add(after)
                    todo.append(after)
        return frozenset(state for state in seen if self._moves[state] or state in self.ends)

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

    def sets(self) -> list[int]:
        """The different sets of bytes of all moves."""
        return sorted({chars for moves in self._moves for chars, _ in moves})


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
