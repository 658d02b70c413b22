"""7z's AES-256 in chained blocks, with its key made slow on purpose."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np

from tocsin.sources.aes import Aes
from tocsin.sources.stretch import Damage, Stretch

# 7-Zip source, CPP/7zip/Crypto/7zAes.cpp: CKeyInfo::CalcKey and CDecoder::SetDecoderProperties2.
STEP, MOST_ROUNDS, AS_IT_IS = 1 << 14, 24, 0x3F


class Chained:
    """What AES hides in `size` bytes, readable at any place: a block needs only the one before it."""

    def __init__(self, sealed: Stretch, aes: Aes, vector: bytes, size: int) -> None:
        self._sealed, self._aes, self._vector, self._size = sealed, aes, vector, size
        self.root = sealed.root

    @property
    def damage(self) -> Damage | None:
        """Of the encrypted bytes."""
        return self._sealed.damage

    def read_at(self, start: int, count: int) -> bytes:
        """As asked; an unfinished last block is not read."""
        first, stop = start // 16 * 16, min(start + count, self._size)
        if stop <= start:
            return b""
        before = max(first - 16, 0)
        sealed = self._sealed.read_at(before, -(-stop // 16) * 16 - before)
        chain = (self._vector if first == 0 else b"") + sealed
        blocks = chain[16 : len(chain) // 16 * 16]
        clear = np.frombuffer(self._aes.decrypt(blocks), dtype=np.uint8)
        mixed = clear ^ np.frombuffer(chain, dtype=np.uint8, count=len(blocks))
        return mixed.tobytes()[start - first : stop - first]

    def length(self) -> int:
        """What the archive announces."""
        return self._size


def unlocked(sealed: Stretch, properties: bytes, password: str, size: int) -> Stretch | None:
    """The clear bytes under this password, right or wrong; None where the properties are damaged."""
    if len(properties) < 2:
        return None
    power, salts = properties[0] & 0x3F, (properties[0] >> 7 & 1) + (properties[1] >> 4)
    vectors = (properties[0] >> 6 & 1) + (properties[1] & 0xF)
    salt, vector = properties[2 : 2 + salts], properties[2 + salts : 2 + salts + vectors]
    if len(salt) < salts or len(vector) < vectors or (power > MOST_ROUNDS and power != AS_IT_IS):
        return None
    return Chained(sealed, Aes(_key(password, salt, power)), vector.ljust(16, b"\0")[:16], size)


@lru_cache(maxsize=64)
def _key(password: str, salt: bytes, power: int) -> bytes:
    """SHA-256 over 2^power times salt, password and a counter."""
    raw = password.encode("utf-16-le", "surrogatepass")
    if power == AS_IT_IS:
        return (salt + raw)[:32].ljust(32, b"\0")
    rounds = 1 << power
    step = min(rounds, STEP)
    block = np.empty((step, len(salt) + len(raw) + 8), dtype=np.uint8)
    block[:, :-8] = np.frombuffer(salt + raw, dtype=np.uint8)
    digest = hashlib.sha256()
    for start in range(0, rounds, step):
        counters = np.arange(start, start + step, dtype="<u8")
        block[:, -8:] = counters.view(np.uint8).reshape(-1, 8)
        digest.update(block.tobytes())
    return digest.digest()
