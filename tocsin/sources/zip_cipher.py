"""Encrypted members of zip archives, opened with the passwords offered: PKWARE's old cipher and WinZip's AES."""

from __future__ import annotations

import hashlib
import hmac
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from tocsin.sources import password
from tocsin.sources.aes import Aes
from tocsin.sources.stretch import Damage, Part, Stretch

# PKWARE APPNOTE 6.3.10, section 6.1; WinZip, "AES Encryption Information", sections II to IV.
HEADER = 12
SEEDS = (0x12345678, 0x23456789, 0x34567890)
SALTS = {1: 8, 2: 12, 3: 16}
VERIFIER, SEAL, ROUNDS = 2, 10, 1000
PROVED = 1 << 28
SPACING = 1 << 16


@dataclass(frozen=True, slots=True)
class Lock:
    """How a member is encrypted: the byte that its old cipher's header must end with, or the strength of its AES."""

    check: int
    strength: int = 0


def opened(sealed: Stretch, lock: Lock) -> Iterator[tuple[str, Stretch]]:
    """Every password that passes the lock's own check, with the bytes it gives; one chance in 256 that it is wrong."""
    for word in password.offered():
        for raw in password.forms(word):
            if lock.strength:
                found: Stretch | None = _by_aes(sealed, lock.strength, raw)
            else:
                found = _by_old(sealed, lock.check, raw)
            if found is not None:
                yield word, found


def _by_old(sealed: Stretch, check: int, raw: bytes) -> Stretch | None:
    keys = _mixed(SEEDS, raw)
    head, keys = _deciphered(keys, sealed.read_at(0, HEADER))
    return OldCipher(sealed, keys) if head[-1:] == bytes((check,)) else None


def _by_aes(sealed: Stretch, strength: int, raw: bytes) -> Stretch | None:
    """The counter mode with its key, where the two bytes of verification agree and the seal, if it is soon read."""
    length, salt = 8 + 8 * strength, SALTS[strength]
    made = hashlib.pbkdf2_hmac("sha1", raw, sealed.read_at(0, salt), ROUNDS, 2 * length + VERIFIER)
    if sealed.read_at(salt, VERIFIER) != made[-VERIFIER:]:
        return None
    inside = max(sealed.length() - salt - VERIFIER - SEAL, 0)
    found = Counter(Part(sealed, salt + VERIFIER, inside), made[:length])
    if inside <= PROVED:
        seal = hmac.new(made[length : 2 * length], digestmod="sha1")
        for at in range(0, inside, 1 << 20):
            seal.update(sealed.read_at(salt + VERIFIER + at, min(1 << 20, inside - at)))
        if seal.digest()[:SEAL] != sealed.read_at(salt + VERIFIER + inside, SEAL):
            found.damage = Damage("source.bad_checksum")
    return found


class OldCipher:
    """What PKWARE's cipher hides, read in order; keys are remembered every 64 KiB to come back to."""

    def __init__(self, sealed: Stretch, keys: tuple[int, int, int]) -> None:
        self._sealed, self._marks = sealed, [keys]
        self.root = sealed.root

    @property
    def damage(self) -> Damage | None:
        """Of the encrypted bytes."""
        return self._sealed.damage

    def read_at(self, start: int, count: int) -> bytes:
        """As asked; everything before it is deciphered once."""
        count = max(min(count, self.length() - start), 0)
        pieces: list[bytes] = []
        number = min(start // SPACING, len(self._marks) - 1)
        while count > 0 and number * SPACING < start + count:
            sealed = self._sealed.read_at(HEADER + number * SPACING, SPACING)
            piece, keys = _deciphered(self._marks[number], sealed)
            number += 1
            if number == len(self._marks) and len(sealed) == SPACING:
                self._marks.append(keys)
            if number * SPACING > start:
                pieces.append(piece)
            if len(sealed) < SPACING:
                break
        skipped = start % SPACING
        return b"".join(pieces)[skipped : skipped + count]

    def length(self) -> int:
        """Without the cipher's header."""
        return max(self._sealed.length() - HEADER, 0)


class Counter:
    """What AES in WinZip's counter mode hides (the counter is little-endian, from 1), readable at any place."""

    def __init__(self, sealed: Stretch, key: bytes) -> None:
        self._sealed, self._aes = sealed, Aes(key)
        self.root = sealed.root
        self.damage: Damage | None = None

    def read_at(self, start: int, count: int) -> bytes:
        """As asked."""
        sealed = self._sealed.read_at(start, count)
        first, stop = start // 16, -(-(start + len(sealed)) // 16)
        counters = np.zeros((stop - first, 2), dtype="<u8")
        counters[:, 0] = np.arange(first + 1, stop + 1, dtype="<u8")
        stream = np.frombuffer(self._aes.encrypt(counters.tobytes()), dtype=np.uint8)
        inside = start - 16 * first
        shown = np.frombuffer(sealed, dtype=np.uint8) ^ stream[inside : inside + len(sealed)]
        self.damage = self.damage or self._sealed.damage
        return shown.tobytes()

    def length(self) -> int:
        """As of the encrypted bytes."""
        return self._sealed.length()


@cache
def _tables() -> tuple[tuple[int, ...], bytes]:
    """CRC-32 of each byte, and the byte of the stream for each low half of the third key."""
    crc = tuple(zlib.crc32(bytes((byte,)), 0xFFFFFFFF) ^ 0xFFFFFFFF for byte in range(256))
    stream = bytes(((half | 2) * ((half | 2) ^ 1) >> 8) & 0xFF for half in range(1 << 16))
    return crc, stream


def _mixed(keys: tuple[int, int, int], plain: bytes) -> tuple[int, int, int]:
    """The three keys after these bytes of clear text (APPNOTE 6.1.5)."""
    crc = _tables()[0]
    one, two, three = keys
    for byte in plain:
        one = crc[(one ^ byte) & 0xFF] ^ one >> 8
        two = ((two + (one & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        three = crc[(three ^ two >> 24) & 0xFF] ^ three >> 8
    return one, two, three


def _deciphered(keys: tuple[int, int, int], sealed: bytes) -> tuple[bytes, tuple[int, int, int]]:
    """Clear text, and the keys after it (APPNOTE 6.1.6 and 6.1.7)."""
    crc, stream = _tables()
    one, two, three = keys
    clear = bytearray()
    add = clear.append
    for byte in sealed:
        byte ^= stream[three & 0xFFFF]
        add(byte)
        one = crc[(one ^ byte) & 0xFF] ^ one >> 8
        two = ((two + (one & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        three = crc[(three ^ two >> 24) & 0xFF] ^ three >> 8
    return bytes(clear), (one, two, three)
