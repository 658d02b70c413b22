"""Where words of a list could begin: the beginnings of a text's words whose first four bytes are those of one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tocsin.scan.arrays import Bytes, Places

CHUNK = 1 << 17
WIDTH = 4  # bytes looked at of each word
SMALL = 0x20  # joins both cases of a letter, accents too
BITS = 20
SPREAD = np.uint32(0x9E3779B1)
WIDEST = 4  # bytes of a character
LEADS = range(0xC2, 0xF5)
ENDS = sorted(
    {byte for byte in (0, 9, 10, 13, *range(32, 127), *LEADS) if byte > 127 or not chr(byte).isalnum()}
)


class Openings:
    """Tells which word beginnings of a text are worth a closer look; it errs on the side of too many."""

    def __init__(self, beginnings: Mapping[bytes, int], *, whole: int = 0, exact: bool = False) -> None:
        """`beginnings` of words, of which the first WIDTH bytes count; each with the bits that it stands for.

        Those with a bit of `whole` are whole words where they are shorter. `exact`: in that case only.
        """
        self._small = np.uint32(0 if exact else SMALL * 0x01010101)
        self._marks = np.zeros(1 << BITS, dtype=np.uint8)
        anything = np.unique(np.arange(256) | (0 if exact else SMALL))
        ends = np.unique(np.array(ENDS) | (0 if exact else SMALL))
        for beginning, marks in beginnings.items():
            for mark in (1 << bit for bit in range(8) if marks >> bit & 1):
                values = np.zeros(1, dtype=np.int64)
                for place in range(WIDTH):
                    if place < len(beginning):
                        after = np.array([beginning[place] | int(self._small) & 255])
                    else:
                        after = ends if mark & whole and place == len(beginning) else anything
                    values = (values[:, None] | after << 8 * place).ravel()
                self._marks[self._folded(values.astype(np.uint32))] |= np.uint8(mark)

    def _folded(self, heads: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        """The places in the table of marks that belong to the first bytes of words; writes over `heads`."""
        heads |= self._small
        heads *= SPREAD
        heads >>= np.uint32(32 - BITS)
        return heads

    def at(self, data: Bytes, places: Places) -> npt.NDArray[np.uint8]:
        """The bits of what may begin at each of the ascending `places`."""
        return self._marks[self._folded(heads(data, places))]

    def find(self, data: Bytes) -> tuple[Places, npt.NDArray[np.uint8]]:
        """The places of `data` at which a word of the list could begin, in order, with the bits of each."""
        places, marks = [], []
        for begin in range(0, len(data), CHUNK):
            at = beginnings(data, begin, min(begin + CHUNK, len(data)))
            found = self.at(data, at)
            kept = np.flatnonzero(found)
            places.append(at[kept])
            marks.append(found[kept])
        if not places:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8)
        return np.concatenate(places), np.concatenate(marks)


def heads(data: Bytes, at: Places) -> npt.NDArray[np.uint32]:
    """The first WIDTH bytes from each of the ascending places `at` as one number; zeros behind the end."""
    last = len(data) - WIDTH
    if len(at) and at[-1] > last:
        padded = np.concatenate([data[max(last, 0) :], np.zeros(WIDTH, dtype=np.uint8)])
        inner = np.searchsorted(at, last, side="right")
        ends = _four(padded)[at[inner:] - max(last, 0)]
        return np.concatenate([_four(data)[at[:inner]] if inner else ends[:0], ends])
    return _four(data)[at] if len(at) else np.zeros(0, dtype=np.uint32)


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
