"""Where in a text a kind could begin: places found by numpy before any pattern is tried."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tocsin.scan.arrays import Bools, Bytes, Places

CACHED = 1 << 18
AHEAD = 128
BLOCK = 1 << 14
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


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ALNUM = _table(LETTERS + "0123456789")
LETTER = _table(LETTERS)
WORD = ALNUM.copy()
WORD[128:] = True
LOCAL_PART = _table(LETTERS + "0123456789.!#$%&'*+/=?^_`{|}~-")
JOINT = _table(" -./:_")
SYMBOL = _table("$+({*#[<")
TOUCHING = _table(LETTERS + "-./:_$+*{@")


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


def around_digits(data: Bytes, runs: Places, dense: Bools) -> Places:
    """Every place at which a value that holds a digit near its beginning could begin, behind no letter or digit.

    `runs` are all `numbers`, `dense` says which are no lone ones.

    The token that the digit stands in, a symbol before the token, and the short token before a joint
    (`AB-123-CD`). Of a lone number (it touches no letter or joint, and with what follows within CLUSTER
    bytes it has fewer than FEWEST digits) only itself (`12 rue …`) and a very short token before it (`AB 123 CD`).
    """
    held = runs[dense]
    found = [with_neighbours(data, held[at : at + BLOCK]) for at in range(0, len(held), BLOCK)]
    return np.concatenate([_lone(data, runs[~dense]), *found])


def numbers(data: Bytes) -> tuple[Places, Bools]:
    """The places at which runs of digits begin, and which of them are no lone numbers."""
    runs, dense = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.bool_)]
    for begin in range(0, len(data), CACHED):
        piece = data[begin : begin + CACHED + AHEAD]
        digit = (piece - np.uint8(48)) <= 9
        marks = np.flatnonzero(digit | (piece == BREAK))
        number = digit.take(marks)
        joined = (np.diff(marks, prepend=-2) == 1) & number & np.append(False, number[:-1])
        first = np.flatnonzero(number & ~joined)
        if not len(first):
            continue
        lasts = marks[np.flatnonzero(number & ~np.append(joined[1:], False))] + begin
        at = marks[first]
        fresh = at < CACHED
        fresh[0] &= at[0] > 0 or begin == 0 or not 48 <= int(data[begin - 1]) <= 57
        at += begin
        before, behind = data[np.maximum(at - 1, 0)], data[np.minimum(lasts + 1, len(data) - 1)]
        many = _enough(marks, number)[first] | TOUCHING[before] | TOUCHING[behind]
        runs.append(at[fresh])
        dense.append(many[fresh])
    return np.concatenate(runs), np.concatenate(dense)


def _enough(marks: Places, number: Bools) -> Bools:
    """Of marks (digits and line breaks): from which FEWEST digits follow, within CLUSTER bytes each of the other."""
    goes_on = (np.diff(marks, append=1 << 40) <= CLUSTER) & np.append(number[1:], False)
    padded = np.append(goes_on, np.zeros(FEWEST, dtype=np.bool_))
    answer: Bools = np.logical_and.reduce([padded[step : step + len(marks)] for step in range(FEWEST - 1)])
    return answer


def _lone(data: Bytes, runs: Places) -> Places:
    """`runs` and the tokens of LONE letters at most that a blank ties to them."""
    tied = runs[runs > 1]
    tied = tied[(data[tied - 1] == 32) & LETTER[data[tied - 2]]] - 1
    tokens = back(data, tied, WORD, LONE + 1)
    return np.concatenate([runs, tokens[tied - tokens <= LONE]])


def with_neighbours(data: Bytes, runs: Places) -> Places:
    """The tokens around `runs` (ascending), and what may stand before these tokens."""
    tokens = back(data, runs, ALNUM, TOKEN)
    if len(tokens):
        tokens = tokens[np.append(True, tokens[1:] != tokens[:-1])]
    once = symbols(data, tokens)
    earlier = _earlier(data, tokens)
    return np.concatenate([tokens, once, symbols(data, once), earlier, _earlier(data, earlier)])


def symbols(data: Bytes, at: Places) -> Places:
    """The places of the symbols that stand right before some of the places `at`."""
    before = at[at > 0] - 1
    return before[SYMBOL[data[before]]]


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
    inner = back(data, signs, _table(LETTERS + "0123456789._%+-"), LOCAL)
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
    at = np.sort(at, kind="stable")  # they come as a few ascending runs
    keep = np.ones(len(at), dtype=np.bool_)
    keep[1:] = at[1:] != at[:-1]
    return at[keep]


def inside(at: Places, begin: Places, end: Places) -> Places:
    """Those of the places `at` that lie in one of the stretches [begin, end), both ascending."""
    if not len(begin):
        return at[:0]
    last = np.searchsorted(begin, at, side="right") - 1
    kept: Places = at[(last >= 0) & (np.maximum.accumulate(end)[np.maximum(last, 0)] > at)]
    return kept
