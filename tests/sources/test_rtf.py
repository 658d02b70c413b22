r"""RTF: text in any code page, `\u` with its substitutes, hidden groups, objects and pictures, damage."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.reading import read_bytes
from tocsin.sources.rtf_text import Rtf, whole_characters

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\colortbl;\red0;}"
TABLE = b"nom;tel\nA;0612345678\nB;0612345679\n"


def text_of(body: str) -> str:
    """The text of a document with this body."""
    return whole_characters(Rtf().text((HEAD + body + "}").encode("latin-1")))


def written(text: str) -> str:
    """`text` as a writer puts it: ASCII, \\'hh for Windows-1252, \\u with a substitute for the rest."""
    out = []
    for char in text:
        if char in "\\{}":
            out.append(f"\\{char}")
        elif char == "\n":
            out.append("\\par\n")
        elif char.isascii():
            out.append(char)
        elif char in "éèàç€œ’":
            out.append(f"\\'{char.encode('cp1252').hex()}")
        else:
            halves = char.encode("utf-16-le")
            numbers = struct.unpack(f"<{len(halves) // 2}h", halves)
            out += [f"\\u{number}?" for number in numbers]
    return "".join(out)


@given(text=st.text(st.sampled_from("aé€œ{}\\ \n1Ω😀ж’"), max_size=40))
def test_what_is_written_comes_back(text: str) -> None:
    assert text_of(written(text)) == text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\f1 \'e6\f0 \'e6", "жæ"),
        (r"{\f1 \'e6}\'e6", "жæ"),
        (r"\uc2\u233\'e9\'e9 suite\uc0\u233 fin", "é suiteéfin"),
        (r"a\cell b\cell\row c\cell\cell\row", "a\tb\nc\t\n"),
        (r"{\*\inconnu perdu}{\pict\pngblip 00ff}vu", "vu"),
        (r"{\v cache}{\deleted efface}", "cacheefface"),
        (r"corps{\footnote note}suite", "corps\nnote\nsuite"),
        (r"{\field{\*\fldinst HYPERLINK mailto:a@b.fr }{\fldrslt ici}}", "HYPERLINK mailto:a@b.fr ici"),
        (r"{\info{\author Autrice}{\operator Autre}}x", "Autrice\nAutre\nx"),
        (r"{\*\annotation remarque}", "remarque\n"),
        (r"{\sp{\sn wzDescription}{\sv une photo}}{\sp{\sn x}{\sv 123456}}", "une photo\n\n"),
        (r"06~12\~34\_56\-78", "06~12 34-5678"),
        (r"a\bin3 \}{b", "ab"),
        ("un\r\nmot\\\nligne", "unmot\nligne"),
    ],
)
def test_words_of_the_format(body: str, expected: str) -> None:
    assert text_of(body) == expected


def packaged(name: bytes, content: bytes) -> str:
    """An object of OLE 1.0 that packs a file, in hexadecimal."""
    native = b"\x02\0" + name + b"\0C:\\" + name + b"\0" + struct.pack("<HHI", 0, 3, 4) + b"C:\\\0"
    native += struct.pack("<I", len(content)) + content
    strings = b"".join(struct.pack("<I", len(one)) + one for one in (b"Package\0", b"", b""))
    return (struct.pack("<II", 0x501, 2) + strings + struct.pack("<I", len(native)) + native).hex()


def test_what_lies_inside_is_a_source(tmp_path: Path) -> None:
    code = packaged(b"liste.csv", TABLE)
    lines = "\n".join(code[at : at + 64] for at in range(0, len(code), 64))
    body = r"lettre{\object\objemb{\*\objclass Package}{\*\objdata " + lines + r"}{\result voir}}"
    body += r"{\pict\pngblip\picw9{\*\blipuid 00ff}" + b"\x89PNG\r\n\x1a\n".hex() + "}"
    found = read_bytes(tmp_path, (HEAD + body + "}").encode(), "a.rtf")
    assert found.names == ["a.rtf", "a.rtf!/liste.csv", "a.rtf!/picture-2"]
    assert [located.format for located in found.located] == ["rtf", "csv", "png"]
    assert [row["tel"] for row in found.rows.values()] == ["0612345678", "0612345679"]
    assert found.text == "lettrevoir"


def test_a_cut_document_says_so(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, (HEAD + r"\b avant \i {coup").encode())
    assert (found.text, found.codes) == ("avant coup", ["source.truncated"])


@pytest.mark.parametrize(
    "piece", ["{", "}", "\\", "\\u", "\\'", "{\\*", "{\\pict ", "\\bin9", "\\uc99999999 ", "{\\fonttbl"]
)
def test_hostile_documents_take_linear_time(tmp_path: Path, piece: str) -> None:
    started = time.process_time()
    read_bytes(tmp_path, (r"{\rtf1 " + piece * (300_000 // len(piece))).encode())
    assert time.process_time() - started < 6


@given(seed=st.integers(0, 10_000))
def test_damage_never_ends_the_reading(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray((HEAD + written("Une lettre é {Ω} 😀\n") * 9 + r"{\*\objdata 0105}}").encode())
    for _ in range(10):
        data[rng.randrange(6, len(data))] = rng.choice(b"{}\\'u0 \xff")
    assert read_bytes(tmp_path, bytes(data)).located[0].format == "rtf"
