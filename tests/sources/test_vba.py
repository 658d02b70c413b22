"""Macros: the published examples of the compression, modules of a document, damage."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.office_making import CONTENT_TYPES, package, paragraph, word_part
from tests.sources.ole_making import word
from tests.sources.reading import read_bytes
from tocsin.sources.ole_write import compound
from tocsin.sources.vba import unpacked

# [MS-OVBA] 3.2: examples of compression.
EXAMPLES = {
    "0119B0006162636465666768 00696A6B6C6D6E6F70 00717273747576 2E": b"abcdefghijklmnopqrstuv.",
    "012FB000236161616263646582660070616768696A013808616B6C00306D6E6F70067102700410727374757610 7778797A003C": (
        b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    ),
    "0103B002614500": b"a" * 73,
}
SOURCE = 'Attribute VB_Name = "Module1"\r\nConst MotDePasse = "Tournesol-42"\r\n\' tél 06 12 34 56 78\r\n'


def packed(content: bytes) -> bytes:
    """A container in which nothing is repeated."""
    out = b"\1"
    for at in range(0, len(content), 3600):
        part = content[at : at + 3600]
        body = b"".join(b"\0" + part[place : place + 8] for place in range(0, len(part), 8))
        out += struct.pack("<H", 0xB000 | len(body) - 1) + body
    return out


@pytest.mark.parametrize("code", EXAMPLES)
def test_published_examples(code: str) -> None:
    assert unpacked(bytes.fromhex(code)) == EXAMPLES[code]


@given(content=st.binary(max_size=9000))
def test_what_is_packed_comes_back(content: bytes) -> None:
    assert unpacked(packed(content)) == content


@given(data=st.binary(max_size=300))
def test_any_bytes_end(data: bytes) -> None:
    assert len(unpacked(b"\1" + data)) <= 300 * 4096


def project() -> dict[str, object]:
    """The storages of a project."""
    return {
        "VBA": {"Module1": b"cache" * 9 + packed(SOURCE.encode("cp1252"))},
        "PROJECT": b'Name="Projet"\r\n',
    }


@pytest.mark.parametrize("kind", ["docx", "doc"])
def test_macros_are_a_source_of_their_document(tmp_path: Path, kind: str) -> None:
    if kind == "docx":
        binary = compound(project())  # type: ignore[arg-type]
        document = word_part(paragraph("corps"))
        data = package(
            {
                "[Content_Types].xml": CONTENT_TYPES,
                "word/document.xml": document,
                "word/vbaProject.bin": binary,
            }
        )
    else:
        data = word({0: "corps\r"}, Macros=project())
    found = read_bytes(tmp_path, data, "a.x")
    assert found.names == ["a.x", "a.x!/word/vbaProject.bin" if kind == "docx" else "a.x!/Macros"]
    assert [located.format for located in found.located] == [kind, "vba"]
    assert 'Const MotDePasse = "Tournesol-42"\n' in found.text
    assert found.codes == []
