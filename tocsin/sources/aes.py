"""AES (FIPS 197) on many blocks at once, to open what others encrypted; it protects nothing and hides no timing."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

Words = np.ndarray[Any, np.dtype[np.uint32]]
Octets = np.ndarray[Any, np.dtype[np.uint8]]
BATCH = 1 << 13
_COLUMNS = range(4)


class Aes:
    """One key of 16, 24 or 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._round_keys = _expanded(key)

    def encrypt(self, data: bytes) -> bytes:
        """Whole blocks of 16 bytes, each for itself."""
        return self._run(data, self._round_keys, _tables()[0], _tables()[1], 1)

    def decrypt(self, data: bytes) -> bytes:
        """The inverse of `encrypt`, by the equivalent inverse cipher (FIPS 197, section 5.3.5)."""
        turned = self._round_keys[::-1].copy()
        turned[1:-1] = _unmixed(turned[1:-1])
        return self._run(data, turned, _tables()[2], _tables()[3], -1)

    def _run(self, data: bytes, keys: Words, mix: Words, box: Octets, step: int) -> bytes:
        state = np.frombuffer(data, dtype=">u4").astype(np.uint32).reshape(-1, 4)
        pieces = [_rounds(state[at : at + BATCH], keys, mix, box, step) for at in range(0, len(state), BATCH)]
        return b"".join(pieces)


def _rounds(state: Words, keys: Words, mix: Words, box: Octets, step: int) -> bytes:
    """All rounds of one batch: each word of a new state comes from one byte of each of four old ones."""
    columns = [state[:, at] ^ keys[0, at] for at in _COLUMNS]
    for key in keys[1:-1]:
        columns = [
            mix[0][columns[at] >> 24]
            ^ mix[1][(columns[(at + step) % 4] >> 16) & 0xFF]
            ^ mix[2][(columns[(at + 2) % 4] >> 8) & 0xFF]
            ^ mix[3][columns[(at - step) % 4] & 0xFF]
            ^ key[at]
            for at in _COLUMNS
        ]
    last = np.empty((len(state), 4), dtype=">u4")
    for at in _COLUMNS:
        word = box[columns[at] >> 24].astype(np.uint32) << 24
        word |= box[(columns[(at + step) % 4] >> 16) & 0xFF].astype(np.uint32) << 16
        word |= box[(columns[(at + 2) % 4] >> 8) & 0xFF].astype(np.uint32) << 8
        word |= box[columns[(at - step) % 4] & 0xFF]
        last[:, at] = word ^ keys[-1, at]
    return last.tobytes()


@cache
def _tables() -> tuple[Words, Octets, Words, Octets]:
    """The substitution with the mixing of columns in one table a byte, both ways (FIPS 197, sections 5.1 and 5.3)."""
    powers, value = [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = value
        value ^= (value << 1) ^ (0x11B if value & 0x80 else 0)
        value &= 0xFF
    logs = {power: exponent for exponent, power in enumerate(powers[:255])}
    box = np.zeros(256, dtype=np.uint8)
    for byte in range(256):
        inverse = powers[(255 - logs[byte]) % 255] if byte else 0
        turned = inverse
        for turn in range(1, 5):
            turned ^= (inverse << turn | inverse >> (8 - turn)) & 0xFF
        box[byte] = turned ^ 0x63
    unbox = np.empty(256, dtype=np.uint8)
    unbox[box] = np.arange(256, dtype=np.uint8)

    def times(byte: int, factor: int) -> int:
        return powers[(logs[byte] + logs[factor]) % 255] if byte else 0

    def table(source: Octets, factors: tuple[int, int, int, int]) -> Words:
        first = [
            sum(times(int(byte), factor) << 24 - 8 * at for at, factor in enumerate(factors))
            for byte in source
        ]
        words = np.array(first, dtype=np.uint32)
        return np.stack(
            [words >> 8 * turn | (words << (32 - 8 * turn) % 32) * (turn > 0) for turn in _COLUMNS]
        )

    return table(box, (2, 1, 1, 3)), box, table(unbox, (14, 9, 13, 11)), unbox


def _unmixed(keys: Words) -> Words:
    """The inverse mixing of columns of round keys."""
    mix, box = _tables()[2], _tables()[1]
    return np.asarray(
        mix[0][box[keys >> 24]]
        ^ mix[1][box[keys >> 16 & 0xFF]]
        ^ mix[2][box[keys >> 8 & 0xFF]]
        ^ mix[3][box[keys & 0xFF]],
        dtype=np.uint32,
    )


def _expanded(key: bytes) -> Words:
    """The round keys (FIPS 197, section 5.2)."""
    box, length, round_constant = _tables()[1].tolist(), len(key) // 4, 1
    words = [int.from_bytes(key[at : at + 4], "big") for at in range(0, len(key), 4)]
    for at in range(length, 4 * (length + 7)):
        word = words[-1]
        if at % length == 0:
            word = (word << 8 | word >> 24) & 0xFFFFFFFF
        if at % length == 0 or (length == 8 and at % length == 4):
            word = sum(box[word >> shift & 0xFF] << shift for shift in (0, 8, 16, 24))
        if at % length == 0:
            word ^= round_constant << 24
            round_constant = round_constant << 1 ^ (0x11B if round_constant & 0x80 else 0)
        words.append(words[at - length] ^ word)
    return np.array(words, dtype=np.uint32).reshape(-1, 4)
