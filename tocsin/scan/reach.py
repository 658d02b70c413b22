"""Which anchors meet every beginning of a pattern: read from the pattern once, before any text is searched."""

from __future__ import annotations

import re._constants as op  # type: ignore[import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from typing import Any

from tocsin.scan.anchors import LETTERS, SHORT
from tocsin.scan.automaton import Automaton

DIGIT_BYTES = sum(1 << byte for byte in range(48, 58))
_LETTER_BYTES = sum(1 << ord(char) for char in LETTERS) | sum(1 << byte for byte in range(128, 256))
_JOINT_BYTES = sum(1 << ord(char) for char in " -./:_")
_LATTICE_BYTES = 1 << 58 | 1 << 45
_SYMBOL_BYTES = sum(1 << ord(char) for char in "$+({*#[<")


def prefixes(pattern: str) -> set[str] | None:
    """Literal beginnings (three characters or more) one of which every match has; None where one has none."""
    return _prefixes(list(parser.parse(pattern)))


def _prefixes(nodes: list[tuple[Any, Any]]) -> set[str] | None:
    literal = ""
    for at, (kind, detail) in enumerate(nodes):
        if kind is op.LITERAL:
            literal += chr(detail)
            continue
        if kind is op.SUBPATTERN:
            return _prefixes([(op.LITERAL, ord(c)) for c in literal] + list(detail[3]) + nodes[at + 1 :])
        if kind is op.BRANCH and len(literal) < 3:
            found: set[str] = set()
            for branch in detail[1]:
                more = _prefixes([(op.LITERAL, ord(c)) for c in literal] + list(branch) + nodes[at + 1 :])
                if more is None:
                    return None
                found |= more
            return found
        break
    return {literal} if len(literal) >= 3 else None


LETTERS_ENOUGH = 12
Way = tuple[int, int, int, int]


def reached_by_digits(automaton: Automaton) -> bool:
    """Whether every match begins where `around_digits` or `around_colons` looks.

    That is: a digit, after at most two symbols and three tokens of letters (the first ones short) with a
    joint between; or four letters at most and then a colon or hyphen. Twelve letters on end count as met: what
    is written in hexadecimal has a digit among them but once in a hundred thousand.
    """
    begin: tuple[int, Way] = (0, (0, 0, 0, 0))
    seen, todo = {begin}, [begin]
    while todo:
        state, way = todo.pop()
        if automaton.final(state):
            return False
        after = [(to, way) for to in automaton.skips(state)]
        for chars, to in automaton.moves(state):
            ways = _ways(chars & ~DIGIT_BYTES, way)
            if ways is None:
                return False
            after += [(to, one) for one in ways]
        todo += [one for one in after if one not in seen]
        seen.update(after)
    return True


def _ways(chars: int, way: Way) -> list[Way] | None:
    """How a match can go on over these bytes that are no digit; None where it leaves the paths.

    A way counts symbols before, letters of this token, joints (two for each token passed, one more for a
    second joint in a row), letters in all.
    """
    symbols, letters, joints, total = way
    ways: list[Way] = []
    if chars & _LETTER_BYTES and total + 1 < LETTERS_ENOUGH:
        ways.append((symbols, letters + 1, joints, total + 1))
    rest = chars & ~_LETTER_BYTES
    if rest & _SYMBOL_BYTES:
        if total or joints or symbols == 2:
            return None
        ways.append((symbols + 1, 0, 0, 0))
    rest &= ~_SYMBOL_BYTES
    if rest:
        if rest & ~_JOINT_BYTES or symbols:
            return None
        if not rest & ~_LATTICE_BYTES and letters <= 4:
            return ways
        if letters > SHORT or not total or joints == 4:
            return None
        ways.append((0, 0, joints + (2 if letters else 1), total))
    return ways


def reached(pattern: str) -> bool:
    """Whether the anchors that are always looked for meet every beginning of `pattern`."""
    return (automaton := Automaton([pattern])).requires(1 << ord("@")) or reached_by_digits(automaton)
