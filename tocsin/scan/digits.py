"""Digits as numbers, many at a time: rows of bytes in, one number a column out."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.uint8]
_STEPS = ((10, np.uint8), (100, np.uint16), (10**4, np.uint32), (10**8, np.uint64))


def written(digits: Matrix) -> npt.NDArray[Any]:
    """The numbers of at most 18 digits, a row of `digits` each: pairs first, then pairs of pairs."""
    rows: npt.NDArray[Any] = digits
    for size, kind in _STEPS:
        if len(rows) == 1:
            break
        odd = len(rows) % 2
        paired = np.empty(((len(rows) + 1) // 2, rows.shape[1]), dtype=kind)
        if odd:
            paired[0] = rows[0]
        np.multiply(rows[odd::2], kind(size), out=paired[odd:], dtype=kind)
        paired[odd:] += rows[odd + 1 :: 2]
        rows = paired
    if len(rows) == 1:
        only: npt.NDArray[Any] = rows[0]
        return only
    total: npt.NDArray[Any] = rows[0].astype(np.uint64)
    for row in rows[1:]:
        total = total * np.uint64(10**16) + row
    return total


def modulo(numbers: npt.NDArray[np.uint64], modulus: int) -> npt.NDArray[np.uint64]:
    """The rest, by the division that numpy does many at a time."""
    return numbers - numbers // np.uint64(modulus) * np.uint64(modulus)
