"""The digests of the commonest passwords in every family without salt: a hit proves the family, and a weak account.

Only families without salt are tried, and only with the bundled list: this tells MD5 from an NT hash and counts
the weakest accounts; it opens no account that anybody could not open with a search engine.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache

from tocsin.kinds.lists.plain import common_passwords

Digest = Callable[[bytes], str]
MASK = 0xFFFFFFFF
# RFC 1320, section 3.4: constant, shifts and order of the words in each of the three rounds.
MD4_ROUNDS = (
    (0x00000000, (3, 7, 11, 19), tuple(range(16))),
    (0x5A827999, (3, 5, 9, 13), tuple(at % 4 * 4 + at // 4 for at in range(16))),
    (0x6ED9EBA1, (3, 9, 11, 15), (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15)),
)


def _hex(algorithm: str) -> Digest:
    return lambda secret: hashlib.new(algorithm, secret, usedforsecurity=False).hexdigest()


def _raw(algorithm: str, secret: bytes) -> bytes:
    return hashlib.new(algorithm, secret, usedforsecurity=False).digest()


def _mixed(number: int, x: int, y: int, z: int) -> int:
    """The function of round `number` (RFC 1320, section 3.4): F, G or H."""
    if number == 0:
        return (x & y) | (~x & z)
    return (x & y) | (x & z) | (y & z) if number == 1 else x ^ y ^ z


def md4(message: bytes) -> bytes:
    """MD4 (RFC 1320), which OpenSSL 3 no longer offers and NT hashes are made of."""
    padded = message + b"\x80" + b"\0" * ((55 - len(message)) % 64) + struct.pack("<Q", 8 * len(message))
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    for start in range(0, len(padded), 64):
        words = struct.unpack("<16I", padded[start : start + 64])
        a, b, c, d = state
        for number, (constant, shifts, order) in enumerate(MD4_ROUNDS):
            for at, place in enumerate(order):
                turned = (a + _mixed(number, b, c, d) + words[place] + constant) & MASK
                shift = shifts[at % 4]
                a, b, c, d = d, (turned << shift | turned >> (32 - shift)) & MASK, b, c
        state = [(old + new) & MASK for old, new in zip(state, (a, b, c, d), strict=True)]
    return struct.pack("<4I", *state)


def mysql323(secret: bytes) -> str:
    """MySQL's own digest before 4.1: two sums of 31 bits over the characters, blanks left out."""
    one, two, add = 1345345333, 0x12345671, 7
    for byte in secret:
        if byte in b" \t":
            continue
        one ^= ((one & 63) + add) * byte + (one << 8) & MASK
        two = two + ((two << 8 & MASK) ^ one) & MASK
        add += byte
    return f"{one & 0x7FFFFFFF:08x}{two & 0x7FFFFFFF:08x}"


UNSALTED: Mapping[str, Digest] = {
    **{name: _hex(name) for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")},
    "ntlm": lambda secret: md4(secret.decode().encode("utf-16-le")).hex(),
    "mysql323": mysql323,
    "mysql41": lambda secret: "*" + hashlib.sha1(_raw("sha1", secret), usedforsecurity=False).hexdigest(),
    "ldap_md5": lambda secret: "{MD5}" + b64encode(_raw("md5", secret)).decode(),
    "ldap_sha": lambda secret: "{SHA}" + b64encode(_raw("sha1", secret)).decode(),
}


@cache
def _families() -> dict[str, str]:
    """Digest (hexadecimal ones in small letters) → its family, for every common password and family."""
    secrets = [word.encode() for word in common_passwords()]
    return {digest(secret): family for family, digest in UNSALTED.items() for secret in secrets}


def known_family(value: str) -> str | None:
    """The family that `value` is proved to be of, for it is the digest of a common password; None otherwise.

    Which password it is, is not told.
    """
    value = value.strip()
    return _families().get(value if value.startswith("{") else value.lower())


def is_common(value: str) -> bool:
    """Whether the clear password `value` is one of the commonest."""
    return value.strip() in common_passwords()


def written(count: int) -> tuple[frozenset[str], frozenset[str]]:
    """How the `count` commonest passwords stand in leaks: exactly so (in clear, in Base64), and as digests in
    hexadecimal, which are given in small letters."""
    secrets = common_passwords()[:count]
    digests = {digest(secret.encode()) for digest in UNSALTED.values() for secret in secrets}
    exact = {digest for digest in digests if digest.startswith("{")}
    return frozenset(exact | set(secrets)), frozenset(digests - exact)
