"""`OneOf` of the algebra by whole columns: whether some places hold one of a list of words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tocsin.scan.arrays import Bools
from tocsin.scan.digits import Matrix, written

FEW_WORDS = 4
TABLE_DIGITS = 6


def one_of(part: Matrix, allowed: frozenset[str]) -> Bools:
    """Which columns of `part` [length, n] are one of the words."""
    fitting = _fitting(allowed, len(part))
    if not len(part):
        return np.full(part.shape[1], bool(fitting.words))
    if len(fitting.words) <= FEW_WORDS:
        return _one_of_few(part, fitting.words)
    if len(part) > 8:
        rows = np.ascontiguousarray(part.T).view(f"S{len(part)}").ravel()
        return np.isin(rows, np.array(fitting.words, dtype=f"S{len(part)}"))
    if len(part) <= 2:
        place = part[0] if len(part) == 1 else part[0].astype(np.uint16) << np.uint16(8) | part[1]
        allowed_here: Bools = _allowed(allowed, len(part)).take(place)
        return allowed_here
    if len(part) <= TABLE_DIGITS and fitting.digits:
        digits = part - np.uint8(48)
        numbers = np.minimum(written(digits), 10 ** len(part) - 1)
        right: Bools = _numbers_allowed(allowed, len(part)).take(numbers)
        right &= digits.max(axis=0) < 10
        return right
    packed = np.zeros(part.shape[1], dtype=np.uint64)
    for row in part:
        packed = (packed << np.uint64(8)) | row
    words = fitting.numbers
    found: Bools = words[np.minimum(np.searchsorted(words, packed), len(words) - 1)] == packed
    return found


def _one_of_few(part: Matrix, words: tuple[bytes, ...]) -> Bools:
    """Membership by comparing with each word."""
    found = np.zeros(part.shape[1], dtype=np.bool_)
    for word in words:
        same = np.ones(part.shape[1], dtype=np.bool_)
        for row, byte in zip(part, word, strict=True):
            same &= row == np.uint8(byte)
        found |= same
    return found


@dataclass(frozen=True, slots=True)
class _Fitting:
    """The words of one length: as bytes, whether all are digits, as sorted numbers (of at most eight bytes)."""

    words: tuple[bytes, ...]
    digits: bool
    numbers: npt.NDArray[np.uint64]


@cache
def _fitting(allowed: frozenset[str], width: int) -> _Fitting:
    """The words of one length out of some."""
    words = tuple(sorted(word.encode() for word in allowed if len(word.encode()) == width))
    numbers = np.array([int.from_bytes(word, "big") for word in words] if width <= 8 else [], dtype=np.uint64)
    return _Fitting(words, all(word.isdigit() for word in words), numbers)


@cache
def _allowed(allowed: frozenset[str], width: int) -> Bools:
    """Which of all strings of one or two bytes are among some words."""
    table = np.zeros(256**width, dtype=np.bool_)
    for word in _fitting(allowed, width).words:
        table[int.from_bytes(word, "big")] = True
    return table


@cache
def _numbers_allowed(allowed: frozenset[str], width: int) -> Bools:
    """Which of all numbers of so many digits are among some words."""
    table = np.zeros(10**width, dtype=np.bool_)
    table[[int(word) for word in _fitting(allowed, width).words]] = True
    return table
