"""`winmail.dat`: made here by its published structure; text, attachments, cuts and damage."""

from __future__ import annotations

import struct
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.sources.mail_reading import read_bytes
from tocsin.sources.mail_tnef import MAGIC, properties


def attribute(level: int, number: int, value: bytes) -> bytes:
    """One attribute with its sum ([MS-OXTNEF] 2.1.3.1)."""
    return struct.pack("<BHHI", level, number, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def texts(**values: str) -> bytes:
    """An encapsulation of text properties, one of them named, after a number and a binary one."""
    entries = [struct.pack("<HHI", 3, 0x0E08, 7), struct.pack("<HHII4s", 0x102, 0x0FF6, 1, 3, b"abc\0")]
    for name, value in values.items():
        data = (value + "\0").encode("utf-16-le")
        padded = data.ljust((len(data) + 3) // 4 * 4, b"\0")
        number = int(name[1:], 16)
        named = bytes(16) + struct.pack("<II", 0, 5) if number >= 0x8000 else b""
        entries.append(struct.pack("<HH", 0x1F, number) + named + struct.pack("<II", 1, len(data)) + padded)
    return struct.pack("<I", len(entries)) + b"".join(entries)


WINMAIL = (
    MAGIC
    + b"\1\0"
    + attribute(1, 0x8004, b"sujet\0")
    + attribute(1, 0x9003, texts(p8005="nom", p1000="bonjour\r\n-- \r\nZo\u00e9\r\n06 00 00 00 00"))
    + attribute(2, 0x9002, bytes(14))
    + attribute(2, 0x8010, b"PIECE~1.CSV\0")
    + attribute(2, 0x800F, b"nom;age\nA;1\nB;2\n")
    + attribute(2, 0x9005, texts(p3707="pi\u00e8ce.csv"))
    + attribute(2, 0x9002, bytes(14))
    + attribute(2, 0x8010, b"b.csv\0")
    + attribute(2, 0x800F, b"a;b\n1;2\n")
)


def test_text_and_attachments(tmp_path: Path) -> None:
    """The long name is believed, properties with names are passed over."""
    found = read_bytes(tmp_path, WINMAIL, "winmail.dat")
    assert found.names == ["winmail.dat", "winmail.dat!/pièce.csv", "winmail.dat!/b.csv"]
    assert found.contents["winmail.dat!/pièce.csv"] == b"nom;age\nA;1\nB;2\n"
    assert found.only()[0] == {
        0: {"subject": "sujet", "body": "bonjour\n--"},
        1: {"signature": "Zoé\n06 00 00 00 00"},
    }
    assert found.codes == []


@given(stop=st.integers(6, len(WINMAIL) - 1))
def test_cut(tmp_path: Path, stop: int) -> None:
    """What is there is read; a cut inside an attribute is told."""
    found = read_bytes(tmp_path, WINMAIL[:stop], "winmail.dat")
    assert found.formats["winmail.dat"] == "tnef"
    assert set(found.codes) <= {"source.truncated", "source.empty"}


@given(st.binary(max_size=200))
def test_damage(data: bytes) -> None:
    """No bytes bring it down."""
    assert isinstance(properties(data), dict)
