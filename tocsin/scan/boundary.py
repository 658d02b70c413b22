"""Whether a match may stand where it stands: the boundary rules, on the Unicode neighbours of the match."""

from __future__ import annotations

import numpy as np

from tocsin.kinds.kind import Boundary
from tocsin.scan.anchors import ALNUM
from tocsin.scan.arrays import Bools, Bytes, Places

LATIN = 0xC3
TIMES, DIVIDED = 0x97, 0xB7


def _in(characters: str) -> Bools:
    table = np.zeros(256, dtype=np.bool_)
    table[[ord(char) for char in characters]] = True
    return table


_DIGIT = _in("0123456789")
_HOLDS_ADDRESS = _in(".-_+@%")
_GOES_ON = _in("-_@")
_DECIMAL = _in(".,")
_BREAK = _in("\n\r\x00")


class Neighbours:
    """What stands before and after many matches, looked at once for all rules."""

    def __init__(self, data: Bytes, starts: Places, ends: Places) -> None:
        self._data, self._starts, self._ends = data, starts, ends
        self._before = _at(data, starts - 1)
        self._after = _at(data, ends)
        self._free_before = ~(ALNUM.take(self._before) | _letter_before(data, starts, self._before))
        self._free_after = ~(ALNUM.take(self._after) | _letter_after(data, ends, self._after))

    def allow(self, boundary: Boundary, rows: Places) -> Bools:
        """Whether each of the matches `rows` may stand where it does."""
        before, after = self._before.take(rows), self._after.take(rows)
        if boundary is Boundary.LINE:
            answer: Bools = _BREAK[before] & _BREAK[after]
            return answer
        if boundary is Boundary.DIGIT:
            return ~(_DIGIT[before] | _DIGIT[after])
        free = self._free_before.take(rows) & self._free_after.take(rows)
        if boundary is Boundary.WORD:
            return free
        beyond = _at(self._data, self._ends.take(rows) + 1)
        if boundary is Boundary.ADDRESS:
            goes_on = _GOES_ON[after] | (after == 46) & ALNUM[beyond]
            alone: Bools = free & ~_HOLDS_ADDRESS[before] & ~goes_on
            return alone
        earlier = _at(self._data, self._starts.take(rows) - 2)
        return free & ~(_DECIMAL[before] & _DIGIT[earlier]) & ~(_DECIMAL[after] & _DIGIT[beyond])


def _at(data: Bytes, places: Places) -> Bytes:
    """The bytes at `places`, 0 beyond either end."""
    inside = (places >= 0) & (places < len(data))
    return np.where(inside, data.take(places, mode="clip"), np.uint8(0))


def _letter_after(data: Bytes, ends: Places, after: Bytes) -> Bools:
    """Whether a letter or digit beyond ASCII follows."""
    second = _at(data, ends + 1)
    answer: Bools = (after == LATIN) & (second != TIMES) & (second != DIVIDED)
    for row in np.flatnonzero((after > 127) & (after != LATIN)).tolist():
        place = int(ends[row])
        answer[row] = bytes(data[place : place + 4]).decode("utf-8", "ignore")[:1].isalnum()
    return answer


def _letter_before(data: Bytes, starts: Places, before: Bytes) -> Bools:
    """Whether a letter or digit beyond ASCII stands before."""
    lead = _at(data, starts - 2)
    foreign = before > 127
    answer: Bools = foreign & (lead == LATIN) & (before != TIMES) & (before != DIVIDED)
    for row in np.flatnonzero(foreign & (lead != LATIN)).tolist():
        place = int(starts[row])
        answer[row] = bytes(data[max(place - 4, 0) : place]).decode("utf-8", "ignore")[-1:].isalnum()
    return answer
