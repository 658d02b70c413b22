"""Office documents with a password: opened where one of the offered passwords is right ([MS-OFFCRYPTO] 2.3.4.10 to 15)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tocsin.sources import password
from tocsin.sources.aes import Aes
from tocsin.sources.ole import Compound
from tocsin.sources.stretch import Damage, Stretch

INFO, PACKAGE = "EncryptionInfo", "EncryptedPackage"
AGILE = b"\4\0\4\0"
SEGMENT, BLOCK = 4096, 16
SPINS = 10_000_000
HASHES = {"SHA1": "sha1", "SHA-1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}
# 2.3.4.13: what the hash of the password is mixed with, for each of the three values.
VERIFIER = bytes.fromhex("fea7d2763b4b9e79")
VERIFIED = bytes.fromhex("d7aa0f6d3061344e")
SECRET = bytes.fromhex("146e0be7abacd0d6")
_KEY_DATA = re.compile(rb"<keyData\s([^<>]*)>")
_ENCRYPTED_KEY = re.compile(rb"<(?:[A-Za-z0-9]+:)?encryptedKey\s([^<>]*)>")
_ENTRY = re.compile(rb"([A-Za-z]+)\s*=\s*\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Opened:
    """The key of a package, and what the vectors of its segments are made of."""

    key: bytes
    salt: bytes
    digest: str


def package(file: Compound) -> Stretch | None:
    """The clear package under one of the offered passwords, None where none is right or the way is not known."""
    entry = file.find(PACKAGE)
    info = file.read(file.find(INFO), 1 << 20)
    if entry is None or not info.startswith(AGILE):
        return None
    for one in password.offered():
        opened = _opened(info, one)
        if opened is not None:
            password.opened(one)
            return Segments(file.open(entry), opened)
    return None


@lru_cache(maxsize=64)
def _opened(info: bytes, offered: str) -> Opened | None:
    """The key that this password gives, None where it is not the right one."""
    outer, inner = _KEY_DATA.search(info), _ENCRYPTED_KEY.search(info)
    if outer is None or inner is None:
        return None
    data = {name.decode(): value for name, value in _ENTRY.findall(outer[1])}
    own = {name.decode(): value for name, value in _ENTRY.findall(inner[1])}
    try:
        digest = HASHES[own["hashAlgorithm"].decode()]
        salt, spins, size = _raw(own["saltValue"]), int(own["spinCount"]), int(own["keyBits"]) // 8
        values = [
            _raw(own[f"encrypted{name}"]) for name in ("VerifierHashInput", "VerifierHashValue", "KeyValue")
        ]
        result = Opened(b"", _raw(data["saltValue"]), HASHES[data["hashAlgorithm"].decode()])
        known = (
            own["cipherAlgorithm"] == data["cipherAlgorithm"] == b"AES" and b"CBC" in own["cipherChaining"]
        )
    except (KeyError, ValueError, binascii.Error):
        return None
    whole = all(value and len(value) % BLOCK == 0 for value in values)
    if not known or not whole or spins > SPINS or size not in (16, 24, 32):
        return None
    spun = _spun(digest, salt, offered, spins)
    clear = [
        chained(Aes(_fitted(hashlib.new(digest, spun + mixed).digest(), size)), _fitted(salt, BLOCK), value)
        for mixed, value in zip((VERIFIER, VERIFIED, SECRET), values, strict=True)
    ]
    right = hashlib.new(digest, clear[0][: len(salt)]).digest()
    return Opened(clear[2][:size], result.salt, result.digest) if clear[1].startswith(right) else None


def _raw(value: bytes) -> bytes:
    return base64.b64decode(value, validate=True)


def _spun(digest: str, salt: bytes, offered: str, spins: int) -> bytes:
    """The password's hash, hashed again as often as the document asks."""
    spun = hashlib.new(digest, salt + offered.encode("utf-16-le", "surrogatepass")).digest()
    for turn in range(spins):
        spun = hashlib.new(digest, struct.pack("<I", turn) + spun).digest()
    return spun


def _fitted(value: bytes, size: int) -> bytes:
    """`value` cut or filled to `size` (2.3.4.11)."""
    return value[:size].ljust(size, b"\x36")


def chained(aes: Aes, vector: bytes, data: bytes) -> bytes:
    """`data` (whole blocks) decrypted in one chain of blocks."""
    before = np.frombuffer(vector + data[:-BLOCK], dtype=np.uint8)
    return (np.frombuffer(aes.decrypt(data), dtype=np.uint8) ^ before).tobytes()


class Segments:
    """The clear bytes of a package: segments of 4,096 bytes, each a chain with a vector of its own (2.3.4.15)."""

    def __init__(self, sealed: Stretch, opened: Opened) -> None:
        self._sealed, self._opened, self._aes = sealed, opened, Aes(opened.key)
        self.root = sealed.root
        self._size = min(int.from_bytes(sealed.read_at(0, 8), "little"), max(sealed.length() - 8, 0))

    @property
    def damage(self) -> Damage | None:
        """Of the encrypted bytes."""
        return self._sealed.damage

    def read_at(self, start: int, count: int) -> bytes:
        """As asked."""
        stop = min(start + count, self._size)
        pieces: list[bytes] = []
        for number in range(start // SEGMENT, -(-stop // SEGMENT) if stop > start else 0):
            sealed = self._sealed.read_at(8 + number * SEGMENT, SEGMENT)
            sealed = sealed[: len(sealed) // BLOCK * BLOCK]
            vector = hashlib.new(self._opened.digest, self._opened.salt + struct.pack("<I", number)).digest()
            if sealed:
                pieces.append(chained(self._aes, _fitted(vector, BLOCK), sealed))
        first = start // SEGMENT * SEGMENT
        return b"".join(pieces)[start - first : max(stop - first, 0)]

    def length(self) -> int:
        """What the package announces."""
        return self._size
