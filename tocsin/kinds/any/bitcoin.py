"""An address of the Bitcoin network: what somebody has, and all that was ever paid to it."""

from __future__ import annotations

import hashlib
import random

from tocsin.kinds.checks import Called
from tocsin.kinds.cited import examples, remembered, stdnum
from tocsin.kinds.kind import Category, Kind

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def proved(value: str) -> bool:
    """The four bytes of a double SHA-256 (Base58Check), or the checksum of BIP 173 (and its form of BIP 350)."""
    if value[:3].lower() == "bc1":
        return value in (value.lower(), value.upper()) and _remainder(value.lower()) in (1, 0x2BC830A3)
    number = 0
    for char in value:
        place = ALPHABET.find(char)
        if place < 0:
            return False
        number = number * 58 + place
    if number >= 1 << 200:
        return False
    whole = number.to_bytes(25, "big")
    zeros = len(whole) - len(whole.lstrip(b"\0"))
    if len(value) - len(value.lstrip("1")) != zeros or whole[0] not in (0, 5):
        return False
    return hashlib.sha256(hashlib.sha256(whole[:21]).digest()).digest()[:4] == whole[21:]


def _remainder(value: str) -> int:
    """The polynomial of BIP 173 over the letters `bc` and the characters behind `bc1`."""
    if any(char not in BECH32 for char in value[3:]):
        return 0
    rest = 1
    for step in (3, 3, 0, 2, 3, *(BECH32.index(char) for char in value[3:])):
        top, rest = rest >> 25, (rest & 0x1FFFFFF) << 5 ^ step
        for bit, term in enumerate(GENERATOR):
            rest ^= term if top >> bit & 1 else 0
    return rest


def fake(rng: random.Random) -> str:
    """An address of nobody with its checksum."""
    body = bytes((0,)) + rng.randbytes(20)
    number = int.from_bytes(body + hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4], "big")
    signs = ""
    while number:
        number, place = divmod(number, 58)
        signs = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[place] + signs
    return "1" * (21 - len(body.lstrip(b"\0"))) + signs


KIND = Kind(
    name="any.bitcoin",
    label={"fr": "adresse Bitcoin", "en": "Bitcoin address"},
    category=Category.BANK,
    pattern="[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71}|BC1[02-9AC-HJ-NP-Z]{11,71}",
    check=Called(proved),
    keyed=True,
    chance=0.00001,
    headers=("bitcoin", "btc", "adresse bitcoin", "bitcoin address", "btc address", "wallet", "adresse btc", "wallet btc", "crypto wallet", "portefeuille bitcoin"),
    fake=fake,
    valid=(
        *examples("bitcoin", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", "BC1QARDV855YJNGSPVXUTTQ897AQCA3LXJU2Y69JCE"),
        *examples("BIP 173, test vectors", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
    ),
    invalid=("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfX", "bc1qardv855yjngspvxuttq897aqca3lxju2y69jcf"),
    in_text=(
        ("Payez à 1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD avant minuit.", ("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD",)),
        ("btc: BC1QARDV855YJNGSPVXUTTQ897AQCA3LXJU2Y69JCE", ("BC1QARDV855YJNGSPVXUTTQ897AQCA3LXJU2Y69JCE",)),
        ("Le bitcoin a baissé de 3 %.", ()),
    ),
    citations=(stdnum("bitcoin"), remembered("BIP 173: Base32 address format for native v0-16 witness outputs", "https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki")),
    dpv="https://w3id.org/dpv/pd#FinancialAccount",
    show=(4, 0),
)
