"""Counting distinct values: exactly up to a million, then by a sketch that merges (HyperLogLog, within 1 %)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import polars as pl

Hashes = npt.NDArray[np.uint64]
EXACT = 1_000_000
BITS = 16
SEED = 0x70C51


def hashes(values: pl.Series) -> Hashes:
    """A 64-bit hash a value, in their order; equal for equal values within one version of polars."""
    return values.hash(SEED).to_numpy()


def _sorted(numbers: Hashes) -> Hashes:
    """The different hashes in ascending order; polars sorts them three times as fast as numpy."""
    numbers = pl.Series(numbers).sort().to_numpy()
    if len(numbers) < 2:
        return numbers
    keep = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=keep[1:])
    return numbers if keep.all() else numbers[keep]


class Distinct:
    """How many different hashes were added; the order and the grouping of the additions change nothing."""

    def __init__(self) -> None:
        self._parts: list[Hashes] = []
        self._held = 0
        self._compacted = True
        self._registers: npt.NDArray[np.uint8] | None = None

    def add(self, numbers: Hashes) -> None:
        """Add hashes (any order, repeats allowed)."""
        if self._registers is not None:
            self._registers = np.maximum(self._registers, _ranks(numbers))
            return
        self._parts.append(numbers)
        self._held += len(numbers)
        self._compacted = False
        if self._held > EXACT + EXACT // 4:
            self._compact()

    def merge(self, other: Distinct) -> None:
        """Add all that `other` holds."""
        if other._registers is not None:
            self._sketch()
            assert self._registers is not None
            self._registers = np.maximum(self._registers, other._registers)
            return
        alone, sorted_already = not self._parts and self._registers is None, other._compacted
        for part in other._parts:
            self.add(part)
        self._compacted = self._compacted or (alone and sorted_already)

    def count(self) -> tuple[int, bool]:
        """The number of distinct hashes, and whether it is exact."""
        self._compact()
        if self._registers is None:
            return self._held, True
        return _estimate(self._registers), False

    def state(self) -> tuple[Hashes, bytes | None]:
        """What was added, to be kept: the hashes (any order, repeats possible), or the sketch's registers
        once there are too many."""
        if self._held > EXACT:
            self._compact()
        if self._registers is not None:
            return np.zeros(0, dtype=np.uint64), self._registers.tobytes()
        if len(self._parts) == 1:
            return self._parts[0], None
        return np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=np.uint64), None

    @classmethod
    def of(cls, numbers: Hashes, registers: bytes | None) -> Distinct:
        """The counter that had this state."""
        made = cls()
        if registers is not None:
            made._registers = np.frombuffer(registers, dtype=np.uint8).copy()
        elif len(numbers):
            made.add(numbers)
        return made

    def _compact(self) -> None:
        if self._registers is None and not self._compacted:
            self._parts = [_sorted(np.concatenate(self._parts))]
            self._held = len(self._parts[0])
            self._compacted = True
            if self._held > EXACT:
                self._sketch()

    def _sketch(self) -> None:
        if self._registers is None:
            self._registers = np.zeros(1 << BITS, dtype=np.uint8)
            for part in self._parts:
                self._registers = np.maximum(self._registers, _ranks(part))
            self._parts, self._held, self._compacted = [], 0, True


def _ranks(numbers: Hashes) -> npt.NDArray[np.uint8]:
    """For each register the longest run of leading zeros (plus one) among the hashes that fall into it."""
    mixed = numbers * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(32)
    register = (mixed >> np.uint64(64 - BITS)).astype(np.int64)
    rest = (mixed << np.uint64(BITS)) | np.uint64(1 << (BITS - 1))
    high = (rest >> np.uint64(12)).astype(np.float64)
    rank = (52 - np.frexp(high)[1] + 1).astype(np.uint8)
    ranks = np.zeros(1 << BITS, dtype=np.uint8)
    np.maximum.at(ranks, register, rank)
    return ranks


def _estimate(registers: npt.NDArray[np.uint8]) -> int:
    """Flajolet and others, 2007, with linear counting where registers are still empty."""
    size = len(registers)
    raw = 0.7213 / (1 + 1.079 / size) * size * size / np.sum(np.exp2(-registers.astype(np.float64)))
    empty = int((registers == 0).sum())
    return round(size * math.log(size / empty)) if raw <= 2.5 * size and empty else round(float(raw))
