"""Where the elements of a long JSON array begin and end, found by looking at whole blocks at once.

Only quotes, backslashes, brackets and commas are looked at, nothing is parsed. Two checks notice damage
soon after it: a quote that opens stands after one of `{[,:` or a blank, one that closes before one of
`,:]}` or a blank; and a bracket closes the last one of its sort.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.sources.json_layout import ARRAY, MAPPING, VALUES

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Depth = npt.NDArray[np.int32]

QUOTE, BACKSLASH, COMMA = 0x22, 0x5C, 0x2C


def _table(characters: bytes) -> npt.NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[list(characters)] = True
    return table


_SIGNS = _table(b'"\\{}[],')
_BEFORE = _table(b"{[,: \t\r\n")
_AFTER = _table(b",:]} \t\r\n")
_BRACES, _SQUARES = np.zeros(256, np.int32), np.zeros(256, np.int32)
_BRACES[list(b"{}")] = 1, -1
_SQUARES[list(b"[]")] = 1, -1


@dataclass(frozen=True, slots=True)
class State:
    """Between two blocks: whether a string is open, and how many brackets of each sort inside the array."""

    string: bool = False
    braces: int = 0
    squares: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What a block holds: where elements stop, and `end`, the bracket that closes the array.

    `doubt` is the first place that a sound document does not have; stops and end before it only.
    An element stops at its comma; of values in a row each stops after its last bracket.
    `state` is that after the block, where there is neither end nor doubt.
    """

    stops: Places
    end: int | None
    doubt: int | None
    state: State


def usable(block: bytes) -> int:
    """How much of `block` to look at, so that no backslash is cut from what it escapes."""
    return len(block.rstrip(b"\\")) or len(block)


def split(block: bytes, state: State, shape: str) -> Split:
    """The elements' stops in `block`, which goes on from `state`, of a document of this `shape`."""
    data = np.frombuffer(block, np.uint8)
    places = np.flatnonzero(_SIGNS[data])
    signs = data[places]
    quotes = signs == QUOTE
    if (signs == BACKSLASH).any():
        quotes &= ~_escaped(data, places, signs)
    parity = np.cumsum(quotes, dtype=np.int32) + np.int32(state.string)
    outside = (parity & 1 == 0) & ~quotes
    braces = np.cumsum(np.where(outside, _BRACES[signs], 0), dtype=np.int32) + np.int32(state.braces)
    squares = np.cumsum(np.where(outside, _SQUARES[signs], 0), dtype=np.int32) + np.int32(state.squares)
    end, wrong = _end(places, braces, squares, shape)
    doubts = [place for place in (wrong, _doubt(data, places[quotes], state.string)) if place is not None]
    doubt = min(doubts, default=None)
    if doubt is not None and end is not None and doubt <= end:
        end = None
    flat = outside & (braces == 0) & (squares == 0)
    closes = _BRACES[signs] + _SQUARES[signs] < 0
    stops = places[flat & closes] + 1 if shape == VALUES else places[flat & (signs == COMMA)]
    limit = doubt if doubt is not None else end
    if limit is not None:
        stops = stops[stops <= limit]
    after = State(bool(parity[-1] & 1), int(braces[-1]), int(squares[-1])) if len(places) else state
    return Split(stops=stops, end=end, doubt=doubt, state=after)


def _end(places: Places, braces: Depth, squares: Depth, shape: str) -> tuple[int | None, int | None]:
    """Where a bracket closes more than was opened: the end if it is the array's own, else a doubt."""
    below = np.flatnonzero((braces < 0) | (squares < 0))
    if len(below) == 0:
        return None, None
    at = below[0]
    own = {ARRAY: (0, -1), MAPPING: (-1, 0)}.get(shape)
    place = int(places[at])
    return (place, None) if own == (int(braces[at]), int(squares[at])) else (None, place)


def _escaped(data: Bytes, places: Places, signs: Bytes) -> npt.NDArray[np.bool_]:
    """Which signs stand after an odd number of backslashes."""
    slashes = places[signs == BACKSLASH]
    starts = np.ones(len(slashes), np.bool_)
    starts[1:] = np.diff(slashes) != 1
    begin = np.maximum.accumulate(np.where(starts, slashes, 0))
    before = np.searchsorted(slashes, places) - 1
    near = (before >= 0) & (slashes[np.maximum(before, 0)] == places - 1)
    length = slashes - begin + 1
    escaped: npt.NDArray[np.bool_] = near & (length[np.maximum(before, 0)] % 2 == 1)
    return escaped


def _doubt(data: Bytes, quotes: Places, open_before: bool) -> int | None:
    """The first quote whose neighbour cannot stand there; the block's own ends are not judged."""
    if len(quotes) == 0:
        return None
    first = 1 if open_before else 0
    opens, closes = quotes[first::2], quotes[1 - first :: 2]
    opens = opens[1:] if len(opens) and opens[0] == 0 else opens
    closes = closes[:-1] if len(closes) and closes[-1] == len(data) - 1 else closes
    wrong = [
        int(found[0])
        for found in (opens[~_BEFORE[data[opens - 1]]], closes[~_AFTER[data[closes + 1]]])
        if len(found)
    ]
    return min(wrong, default=None)
