"""Where in a text a kind could begin: places found by numpy before any pattern is tried."""

from __future__ import annotations

import re._constants as op  # type: ignore[import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from typing import Any

import numpy as np
import numpy.typing as npt

from tocsin.scan.arrays import Bytes, Places
from tocsin.scan.automaton import Automaton

CACHED = 1 << 18
TOKEN = 64
SHORT = 12
LOCAL = 64
CLUSTER = 14
BREAK = 10
FEWEST = 5
LONE = 3


def _table(characters: str) -> npt.NDArray[np.bool_]:
    table = np.zeros(256, dtype=np.bool_)
    table[[ord(char) for char in characters]] = True
    return table


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ALNUM = _table(_LETTERS + "0123456789")
LETTER = _table(_LETTERS)
WORD = ALNUM.copy()
WORD[128:] = True
LOCAL_PART = _table(_LETTERS + "0123456789.!#$%&'*+/=?^_`{|}~-")
JOINT = _table(" -./:_")
SYMBOL = _table("$+({*#[<")
TOUCHING = _table(_LETTERS + "-./:_$+*{@")


def positions(data: Bytes, low: int, high: int) -> Places:
    """Places of the bytes in [low, high], piece by piece so that each piece stays in the cache."""
    found = []
    for begin in range(0, len(data), CACHED):
        piece = data[begin : begin + CACHED]
        hits = piece == low if low == high else (piece - np.uint8(low)) <= high - low
        found.append(np.flatnonzero(hits) + begin)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def back(data: Bytes, at: Places, member: npt.NDArray[np.bool_], limit: int) -> Places:
    """The first place of the stretch of `member` bytes that ends just before each `at`, at most `limit` back."""
    begin = at.copy()
    live = np.arange(len(at))
    for _ in range(limit):
        here = begin[live]
        live = live[(here > 0) & member[data[here - 1]]]
        if not len(live):
            break
        begin[live] -= 1
    return begin


def around_digits(data: Bytes) -> Places:
    """Every place at which a value that holds a digit near its beginning could begin.

    The digit run itself, the token it stands in, a symbol before the token, and the short token before a
    joint (`AB-123-CD`). Of a lone number (it touches no letter or joint, and with what follows within CLUSTER
    bytes it has fewer than FEWEST digits) only itself (`12 rue …`) and a very short token before it (`AB 123 CD`).
    """
    marks = _digits_and_breaks(data)
    if not len(marks):
        return marks
    broken = data.take(marks) == BREAK
    digits = np.flatnonzero(~broken)
    gaps = np.diff(marks)
    opens = ~broken
    opens[1:] &= (gaps > 1) | broken[:-1]
    stops = np.append(np.flatnonzero((gaps > CLUSTER) | broken[1:]), len(marks) - 1)
    first = np.flatnonzero(opens)
    if not len(first):
        return first
    before = np.cumsum(~broken)
    ends = stops[np.searchsorted(stops, first)]
    left = before[ends] - before[first] + 1
    runs = marks[first]
    lasts = marks[digits[np.append(np.searchsorted(digits, first[1:]) - 1, len(digits) - 1)]]
    previous, following = data[np.maximum(runs - 1, 0)], data[np.minimum(lasts + 1, len(data) - 1)]
    dense = (left >= FEWEST) | TOUCHING[previous] | TOUCHING[following]
    return distinct(np.concatenate([with_neighbours(data, runs[dense]), _lone(data, runs[~dense])]))


def _lone(data: Bytes, runs: Places) -> Places:
    """`runs` and the tokens of LONE letters at most that a blank ties to them."""
    tied = runs[runs > 1]
    tied = tied[(data[tied - 1] == 32) & LETTER[data[tied - 2]]] - 1
    tokens = back(data, tied, WORD, LONE + 1)
    return np.concatenate([runs, tokens[tied - tokens <= LONE]])


def _digits_and_breaks(data: Bytes) -> Places:
    """Places of digits and line breaks: no value goes on after a line break."""
    found = []
    for begin in range(0, len(data), CACHED):
        piece = data[begin : begin + CACHED]
        found.append(np.flatnonzero(((piece - np.uint8(48)) <= 9) | (piece == BREAK)) + begin)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def with_neighbours(data: Bytes, runs: Places) -> Places:
    """`runs`, the tokens around them, and what may stand before these tokens."""
    tokens = back(data, runs, ALNUM, TOKEN)
    inside = tokens[tokens > 0]
    symbols = inside[SYMBOL[data[inside - 1]]] - 1
    doubled = symbols[symbols > 0]
    doubled = doubled[SYMBOL[data[doubled - 1]]] - 1
    earlier = _earlier(data, tokens)
    return distinct(np.concatenate([runs, tokens, symbols, doubled, earlier, _earlier(data, earlier)]))


def _earlier(data: Bytes, tokens: Places) -> Places:
    """The short tokens of letters that a joint ties to these."""
    joined = tokens[tokens > 1]
    joined = joined[JOINT[data[joined - 1]]] - 1
    again = joined[joined > 1]
    again = again[JOINT[data[again - 1]]] - 1
    joined = np.concatenate([joined, again])
    return back(data, joined[WORD[data[joined - 1]]], WORD, SHORT)


def around_at(data: Bytes) -> Places:
    """Beginnings of the local parts before every `@`, and of their last tokens."""
    signs = positions(data, 64, 64)
    begin = back(data, signs, LOCAL_PART, LOCAL)
    inner = back(data, signs, _table(_LETTERS + "0123456789._%+-"), LOCAL)
    plain = back(data, signs, ALNUM, LOCAL)
    return distinct(np.concatenate([begin, inner, plain]))


def around_colons(data: Bytes) -> Places:
    """Beginnings of what is written with colons or hyphens every few letters (MAC and IPv6 without a digit)."""
    colons = positions(data, 58, 58)
    near = np.zeros(len(colons), dtype=np.bool_)
    near[:-1] = np.diff(colons) <= 5
    colons = colons[near]
    hyphens = positions(data, 45, 45)
    lattice = hyphens[hyphens + 6 < len(data)]
    lattice = lattice[(data[lattice + 3] == 45) & (data[lattice + 6] == 45)]
    return distinct(np.concatenate([colons, back(data, np.concatenate([colons, lattice]), ALNUM, 4)]))


def tokens_between(data: Bytes, begin: Places, end: Places) -> Places:
    """Every beginning of a run of non-blank bytes, and of a token within it, in the stretches [begin, end)."""
    if not len(begin):
        return begin
    end = np.minimum(end, len(data))
    lengths = np.maximum(end - begin, 0)
    total = int(lengths.sum())
    offsets = np.repeat(begin - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    at = np.arange(total) + offsets
    here = data[at]
    previous = data[np.maximum(at - 1, 0)]
    opens = (here > 32) & ((at == 0) | (previous <= 32) | (ALNUM[here] & ~ALNUM[previous]) | SYMBOL[here])
    return distinct(at[opens])


def distinct(at: Places) -> Places:
    """Sorted, each once."""
    if len(at) < 2:
        return at
    at = np.sort(at)
    keep = np.ones(len(at), dtype=np.bool_)
    keep[1:] = at[1:] != at[:-1]
    return at[keep]


DIGIT_BYTES = sum(1 << byte for byte in range(48, 58))
_LETTER_BYTES = sum(1 << ord(char) for char in _LETTERS) | sum(1 << byte for byte in range(128, 256))
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
