"""Office documents with a password, sealed by the specification: the right one opens them, a wrong one does not."""

from __future__ import annotations

import base64
import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest

from tests.sources.office_making import paragraph, word
from tests.sources.reading import read_bytes
from tocsin.sources import password
from tocsin.sources.aes import Aes
from tocsin.sources.ole_write import compound

SALT, OWN_SALT, KEY = bytes(range(16)), bytes(range(16, 32)), bytes(range(32))
SPINS = 50


def sealed(aes: Aes, vector: bytes, clear: bytes) -> bytes:
    """One chain of blocks, filled up with zeros."""
    out, before = b"", vector
    for at in range(0, len(clear), 16):
        block = np.frombuffer(clear[at : at + 16].ljust(16, b"\0"), np.uint8) ^ np.frombuffer(
            before, np.uint8
        )
        before = aes.encrypt(block.tobytes())
        out += before
    return out


def sha(*pieces: bytes) -> bytes:
    return hashlib.sha512(b"".join(pieces)).digest()


def locked(content: bytes, secret: str) -> bytes:
    """[MS-OFFCRYPTO] 2.3.4.11 to 2.3.4.15, AES-256 and SHA-512."""
    spun = sha(OWN_SALT, secret.encode("utf-16-le"))
    for turn in range(SPINS):
        spun = sha(struct.pack("<I", turn), spun)

    def under(mixed: str, clear: bytes) -> str:
        key = sha(spun, bytes.fromhex(mixed))[:32]
        return base64.b64encode(sealed(Aes(key), OWN_SALT, clear)).decode()

    shared = 'blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    info = (
        f'<encryption><keyData saltSize="16" {shared} saltValue="{base64.b64encode(SALT).decode()}"/><keyEncryptors>'
        f'<keyEncryptor><p:encryptedKey spinCount="{SPINS}" saltSize="16" {shared} '
        f'saltValue="{base64.b64encode(OWN_SALT).decode()}" '
        f'encryptedVerifierHashInput="{under("fea7d2763b4b9e79", SALT[::-1])}" '
        f'encryptedVerifierHashValue="{under("d7aa0f6d3061344e", sha(SALT[::-1]))}" '
        f'encryptedKeyValue="{under("146e0be7abacd0d6", KEY)}"/></keyEncryptor></keyEncryptors></encryption>'
    )
    package = struct.pack("<Q", len(content))
    for number, at in enumerate(range(0, len(content), 4096)):
        vector = sha(SALT, struct.pack("<I", number))[:16]
        package += sealed(Aes(KEY), vector, content[at : at + 4096])
    return compound({"EncryptionInfo": b"\4\0\4\0\x40\0\0\0" + info.encode(), "EncryptedPackage": package})


@pytest.mark.parametrize(("offered", "opens"), [("été 2026", True), ("hiver", False)])
def test_only_the_right_password_opens_it(tmp_path: Path, offered: str, opens: bool) -> None:
    document = word(paragraph("secret partagé") + paragraph("".join(f"{n:x} " for n in range(9000))))
    data = locked(document, "été 2026")
    file = tmp_path.parent / f"{tmp_path.name}.passwords"
    file.write_text(f"autre\n{offered}\n", encoding="utf-8")
    try:
        password.offer(str(file))
        found = read_bytes(tmp_path, data, "a.docx")
    finally:
        password.offer(None)
    if opens:
        assert (found.names, found.codes) == (["a.docx!/EncryptedPackage"], [])
        assert found.contents["a.docx!/EncryptedPackage"] == document
        assert found.text.startswith("secret partagé\n0 1 2")
    else:
        assert (found.names, found.codes) == (["a.docx"], ["source.encrypted"])
