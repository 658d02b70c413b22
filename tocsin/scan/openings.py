"""Where words of a list could begin: the beginnings of a text's words whose first four bytes are those of one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import numpy.typing as npt

from tocsin.scan.arrays import Bytes, Places

CHUNK = 1 << 16
WIDTH = 4  # bytes looked at of each word
LOW = 31  # of a byte: the same for both cases of a letter, accents too
BITS = 19
SPREAD = np.uint32(0x9E3779B1)
LOWS = np.uint32(0x1F1F1F1F)
WIDEST = 4  # bytes of a character


class Openings:
    """Tells which word beginnings of a text are worth a closer look; it errs on the side of too many."""

    def __init__(self, beginnings: Mapping[bytes, int]) -> None:
        """`beginnings` of words, of which the first WIDTH bytes count; each with the bits that it stands for."""
        self._marks = np.zeros(1 << BITS, dtype=np.uint8)
        for beginning, mark in beginnings.items():
            head = [[byte & LOW] for byte in beginning[:WIDTH]]
            anything = [range(LOW + 1)] * (WIDTH - len(head))
            for low in product(*head, *anything):
                whole = int.from_bytes(bytes(low), "little")
                self._marks[(whole * int(SPREAD) & 0xFFFFFFFF) >> (32 - BITS)] |= mark

    def find(self, data: Bytes) -> tuple[Places, npt.NDArray[np.uint8]]:
        """The places of `data` at which a word of the list could begin, in order, with the bits of each."""
        places, marks = [], []
        for begin in range(0, len(data), CHUNK):
            at = beginnings(data, begin, min(begin + CHUNK, len(data)))
            found = self._marks[heads(data, at)]
            kept = np.flatnonzero(found)
            places.append(at[kept])
            marks.append(found[kept])
        if not places:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8)
        return np.concatenate(places), np.concatenate(marks)


def heads(data: Bytes, at: Places) -> npt.NDArray[np.uint32]:
    """The number into which the first WIDTH bytes from each of the ascending places `at` fold."""
    last = len(data) - WIDTH
    if len(at) and at[-1] > last:
        padded = np.concatenate([data[max(last, 0) :], np.zeros(WIDTH, dtype=np.uint8)])
        inner = np.searchsorted(at, last, side="right")
        ends = _four(padded)[at[inner:] - max(last, 0)]
        found = np.concatenate([_four(data)[at[:inner]] if inner else ends[:0], ends])
    else:
        found = _four(data)[at] if len(at) else np.zeros(0, dtype=np.uint32)
    found &= LOWS
    found *= SPREAD
    found >>= np.uint32(32 - BITS)
    return found


def _four(data: Bytes) -> npt.NDArray[np.uint32]:
    """At each place the four bytes from there as one number; a view."""
    return np.ndarray((len(data) - WIDTH + 1,), dtype="<u4", buffer=data, strides=(1,))


def beginnings(data: Bytes, begin: int, stop: int) -> Places:
    """Places in [begin, stop) at which a run of letters or digits begins; characters beyond ASCII count as
    letters, and a run begins anew behind those that may be none (all but Latin letters with accents)."""
    first = max(begin - WIDEST, 0)
    piece = data[first:stop]
    held = ((piece | np.uint8(32)) - np.uint8(97)) < 26
    held |= (piece - np.uint8(48)) < 10
    opens = np.empty(len(piece), dtype=np.bool_)
    foreign = piece.max() > 127
    if foreign:
        held |= piece > 127
    opens[0] = held[0]
    np.greater(held[1:], held[:-1], out=opens[1:])
    if foreign:
        leads = np.flatnonzero((piece > 0xC1) & (piece != 0xC3))
        following = leads + 2 + (piece[leads] > 0xDF) + (piece[leads] > 0xEF)
        following = following[following < len(piece)]
        opens[following] |= held[following]
    places = np.flatnonzero(opens[begin - first :])
    places += begin
    return places
