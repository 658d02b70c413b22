"""Outlook messages: made here by their published structures, read back person by person, attachment by attachment."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.sources.mail_reading import read_bytes
from tocsin.sources.msg_properties import rtf
from tocsin.sources.msg_rtf import text_of_rtf
from tocsin.sources.ole_write import Tree, compound


def numbers(head: int, **values: int) -> bytes:
    """A property stream of numbers ([MS-OXMSG] 2.4)."""
    entries = (struct.pack("<HHIII", 3, int(name[1:], 16), 6, value, 0) for name, value in values.items())
    return bytes(head) + b"".join(entries)


def text(**values: str) -> dict[str, bytes | Tree]:
    """Text properties as streams."""
    return {f"__substg1.0_{name[1:]}001F": value.encode("utf-16-le") for name, value in values.items()}


def person(name: str, address: str, kind: int) -> Tree:
    """A recipient."""
    return {"__properties_version1.0": numbers(8, p0C15=kind), **text(p3001=name, p39FE=address)}


def attachment(name: str, content: bytes | Tree, method: int = 1) -> Tree:
    """An attachment, or a message inside the message."""
    told = "__substg1.0_3701" + ("0102" if isinstance(content, bytes) else "000D")
    return {"__properties_version1.0": numbers(8, p3705=method), **text(p3707=name), told: content}


def message(head: int = 32, **more: bytes | Tree) -> dict[str, bytes | Tree]:
    """A message of Zoé to Bo and Cy."""
    return {
        "__properties_version1.0": numbers(head, p3FDE=1252),
        **text(p001A="IPM.Note", p0037="été", p0C1A="Zoé Lilas", p0C1F="zoe@example.org"),
        "__recip_version1.0_#00000000": person("Bo", "bo@example.net", 1),
        "__recip_version1.0_#00000001": person('Cy "C" Ay', "cy@example.net", 2),
        **more,
    }


def test_message(tmp_path: Path) -> None:
    """Persons, text, attachments and a message inside the message."""
    inner = message(
        24, **text(p1000="dedans"), **{"__attach_version1.0_#00000000": attachment("b.csv", b"a;b\n1;2\n")}
    )
    tree = message(
        **text(p1000="bonjour\r\n\r\nCordialement,\r\nZoé\r\n06 00 00 00 00"),
        **{
            "__attach_version1.0_#00000000": attachment("pièce.csv", b"nom;age\nA;1\n" * 900),
            "__attach_version1.0_#00000001": attachment("fwd.msg", inner, 5),
        },
    )
    found = read_bytes(tmp_path, compound(tree), "a.msg")
    assert found.names == ["a.msg", "a.msg!/pièce.csv", "a.msg!/fwd.msg", "a.msg!/fwd.msg!/b.csv"]
    assert [found.formats[name] for name in found.names] == ["msg", "csv", "msg", "csv"]
    assert found.codes == []
    assert found.records["a.msg"][0] == {
        0: {"subject": "été", "body": "bonjour\n\nCordialement,"},
        1: {"from": "zoe@example.org", "display_name": "Zoé Lilas", "signature": "Zoé\n06 00 00 00 00"},
        2: {"to": "bo@example.net", "display_name": "Bo"},
        3: {"cc": "cy@example.net", "display_name": 'Cy "C" Ay'},
    }
    assert found.records["a.msg!/fwd.msg"][0][0]["body"] == "dedans"
    assert found.contents["a.msg!/pièce.csv"] == b"nom;age\nA;1\n" * 900
    assert found.contents["a.msg!/fwd.msg!/b.csv"] == b"a;b\n1;2\n"


def test_page_and_code_page(tmp_path: Path) -> None:
    """What only the page says is read too; text of eight bits is in the code page that is told."""
    tree = message(
        **{
            "__substg1.0_1000001E": b"d\xe9j\xe0 vu",
            "__substg1.0_10130102": b"<p>d\xe9j\xe0 vu</p><p>secret</p>",
        }
    )
    found = read_bytes(tmp_path, compound(tree))
    assert found.only()[0][0]["body"].split("\n") == ["déjà vu", "secret"]


def test_encrypted_and_elsewhere(tmp_path: Path) -> None:
    """Both are told; the rest is read."""
    away: Tree = {"__properties_version1.0": numbers(8, p3705=4), **text(p3707="loin.doc")}
    tree = message(**{"__attach_version1.0_#00000000": away})
    tree |= text(p001A="IPM.Note.SMIME")
    found = read_bytes(tmp_path, compound(tree))
    assert sorted(found.codes) == ["source.elsewhere", "source.encrypted"]
    assert found.only()[0][2]["to"] == "bo@example.net"


@pytest.mark.parametrize("keep", [0.05, 0.3, 0.6, 0.9])
def test_cut(tmp_path: Path, keep: float) -> None:
    """A cut file brings nothing down and is not silent."""
    data = compound(message(**text(p1000="bonjour " * 2000)))
    found = read_bytes(tmp_path, data[: int(len(data) * keep)])
    assert found.codes


def test_compressed_rtf() -> None:
    """The example of the specification ([MS-OXRTFCP] 3.1.1), and a run that copies itself (3.1.2)."""
    one = b"-\0\0\0+\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\n\0rcpg125B2\n\xf3 hel\t\0 bw\x05\xb0ld}\n\x80\x0f\xa0"
    assert rtf(one) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    two = b"\x1a\0\0\0\x1c\0\0\0LZFu\xe2\xd4KQA\0\x04 WXYZ\rn}\x01\x0e\xb0"
    assert rtf(two) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    for cut in range(len(one)):
        assert isinstance(rtf(one[:cut]), bytes)


def test_text_of_rtf() -> None:
    """Words, signs of a code page, Unicode, silent groups, and the page that Outlook hides."""
    plain = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard d\'e9j\'e0 \u233?t\u233\'e9 {\*\x secret}a\par b\{}"
    assert text_of_rtf(plain) == ("déjà été a\nb{", False)
    page = rb"{\rtf1\ansi\fromhtml1{\*\htmltag84 <p>}\htmlrtf {\f0 \htmlrtf0 bonjour\htmlrtf }\htmlrtf0{\*\htmltag92 </p>}}"
    assert text_of_rtf(page) == ("<p>bonjour</p>", True)
