"""DOC and PPT made by their specifications: every story, deleted or not, authors, properties, what lies inside."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.reading import read_bytes
from tests.sources.test_image import jpeg
from tocsin.sources import catalogue
from tocsin.sources.ole_write import compound
from tocsin.sources.pile import walk
from tocsin.sources.source import Section, Text

TABLE = b"nom;tel\nA;0612345678\nB;0612345679\n"


def pieces(folder: Path, data: bytes) -> list[tuple[str | None, str]]:
    """The pieces of text of a document, with their places."""
    (folder / "x").write_bytes(data)
    located = next(iter(walk([str(folder / "x")])))
    found = catalogue.read(Section(located=located, number=0))
    return [(one.place, one.data.decode()) for one in found if isinstance(one, Text)]


def properties(*values: str, page: int = 1252) -> bytes:
    """A property set of these strings ([MS-OLEPS] 2.21)."""
    typed = [struct.pack("<HHHH", 2, 0, page, 0)]
    for value in values:
        raw = value.encode(f"cp{page}") + b"\0"
        typed.append(struct.pack("<HHI", 0x1E, 0, len(raw)) + raw + bytes(-len(raw) % 4))
    at, places = 8 + 8 * len(typed), b""
    for identity, value in enumerate(typed, 1):
        places += struct.pack("<II", identity, at)
        at += len(value)
    inside = struct.pack("<II", at, len(typed)) + places + b"".join(typed)
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, bytes(16), 1, bytes(16), 48) + inside


def strings(*values: str) -> bytes:
    """A table of strings ([MS-DOC] 2.2.4)."""
    rows = b"".join(struct.pack("<H", len(value)) + value.encode("utf-16-le") for value in values)
    return struct.pack("<HHH", 0xFFFF, len(values), 0) + rows


def word(stories: dict[int, str], *, cut: int = 7, flags: int = 0x200, **others: object) -> bytes:
    """A document whose stories (by the number of their count) are pieces of `cut` characters, 8 and 16 bits in turn."""
    text = "".join(stories.values())
    stream = bytearray(2048)
    borders, places = [0], []
    for number, at in enumerate(range(0, len(text), cut)):
        piece = text[at : at + cut]
        narrow = number % 2 == 0 and piece.isascii()
        places.append(len(stream) * 2 | 0x40000000 if narrow else len(stream))
        stream += piece.encode("cp1252" if narrow else "utf-16-le")
        borders.append(at + len(piece))
    rows = b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    pieces_ = struct.pack(f"<{len(borders)}I", *borders) + rows
    clx = b"\x01" + struct.pack("<H", 3) + b"xyz" + b"\x02" + struct.pack("<I", len(pieces_)) + pieces_
    authors = strings("Inconnu", "Correctrice")
    struct.pack_into("<HH", stream, 0, 0xA5EC, 193)
    struct.pack_into("<H", stream, 10, flags)
    struct.pack_into("<8i", stream, 0x4C, *(len(stories.get(number, "")) for number in range(8)))
    struct.pack_into("<II", stream, 0x9A + 8 * 33, 0, len(clx))
    struct.pack_into("<II", stream, 0x9A + 8 * 51, len(clx), len(authors))
    tree = {
        "WordDocument": bytes(stream),
        "1Table": clx + authors,
        "\x05SummaryInformation": properties("Titre", "Objet", "Autrice é"),
        **others,
    }
    return compound(tree)


BODY = 'Bonjour à tous\rJean\x07Dupont\x07\x07Anne\x07Durand\x07\x07\x13 HYPERLINK "mailto:a@b.fr" \x14ici\x15 fin\x0bligne\r'


@pytest.mark.parametrize("cut", [1, 7, 10_000])
def test_every_story_of_a_document(tmp_path: Path, cut: int) -> None:
    data = word({0: BODY, 1: "note\r", 2: "en-tête\r", 4: "remarque Ω\r", 5: "fin\r", 6: "cadre\r"}, cut=cut)
    assert pieces(tmp_path, data) == [
        (None, 'Bonjour à tous\nJean\tDupont\nAnne\tDurand\n  HYPERLINK "mailto:a@b.fr"  ici fin\nligne\n'),
        ("footnotes", "note\n"),
        ("headers", "en-tête\n"),
        ("comments", "remarque Ω\n"),
        ("endnotes", "fin\n"),
        ("text boxes", "cadre\n"),
        ("authors", "Inconnu\nCorrectrice\n"),
        ("properties", "Titre\nObjet\nAutrice é\n"),
    ]


@given(text=st.text(st.sampled_from("aé€Ω \t1"), min_size=1, max_size=60), cut=st.integers(1, 9))
def test_pieces_come_in_order(tmp_path: Path, text: str, cut: int) -> None:
    (place, found), *_ = pieces(tmp_path, word({0: "x" + text + "x\r"}, cut=cut))
    assert (place, found) == (None, "x" + text + "x\n")


def test_what_lies_inside_is_a_source(tmp_path: Path) -> None:
    native = b"\x02\0liste.csv\0C:\\liste.csv\0" + struct.pack("<HHI", 0, 3, 4) + b"C:\\\0"
    native += struct.pack("<I", len(TABLE)) + TABLE
    inner = {"WordDocument": b"", "0Table": b""}
    photo = jpeg()
    blip = struct.pack("<HHI", 0x46A0, 0xF01D, len(photo) + 17) + bytes(17) + photo
    pool = {"_1": {"\x01Ole10Native": struct.pack("<I", len(native)) + native}, "_2": inner}
    found = read_bytes(tmp_path, word({0: "corps\r"}, ObjectPool=pool, Data=b"zzz" + blip), "a.doc")
    assert found.names == [
        "a.doc",
        "a.doc!/picture-1",
        "a.doc!/ObjectPool/_1/liste.csv",
        "a.doc!/ObjectPool/_2",
    ]
    assert [located.format for located in found.located] == ["doc", "jpeg", "csv", "doc"]
    assert [row["tel"] for row in found.rows.values()] == ["0612345678", "0612345679"]
    assert found.contents["a.doc!/picture-1"] == photo


def test_an_encrypted_document_says_so(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, word({0: "secret\r"}, flags=0x300))
    assert (found.codes, found.text) == (["source.encrypted"], "")


def test_without_its_tables_the_text_is_salvaged(tmp_path: Path) -> None:
    text = "Le numéro de Jean est le 06 12 34 56 78\r"
    found = read_bytes(tmp_path, word({0: text}, cut=1000, **{"1Table": b""}))
    assert "numéro de Jean est le 06 12 34 56 78" in found.text
    assert found.codes == ["source.damaged"]


@given(seed=st.integers(0, 10_000))
def test_damage_never_ends_the_reading(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(word({0: BODY * 30, 2: "tête\r"}, cut=50))
    for _ in range(12):
        data[rng.randrange(8, len(data))] = rng.choice([0, 255, rng.randrange(256)])
    assert read_bytes(tmp_path, bytes(data[: rng.randrange(600, len(data))])).located


def atom(kind: int, content: bytes, version: int = 0) -> bytes:
    """A record of PowerPoint ([MS-PPT] 2.3.1)."""
    return struct.pack("<HHI", version, kind, len(content)) + content


def presentation(**others: object) -> bytes:
    """Two slides in the list of slides, a box on one of them, a comment, an embedded object."""
    listed = atom(0x03F3, bytes(20)) + atom(0x0FA0, "Titre Ω\rpoint".encode("utf-16-le"))
    listed += atom(0x03F3, bytes(20)) + atom(0x0FA8, "été".encode("latin-1"))
    inside = compound({"\x01Ole10Native": struct.pack("<I", len(TABLE)) + TABLE})
    stream = atom(0x03E8, atom(0x0FF0, listed, 15), 15) + atom(0x03EE, atom(0x0FA8, b"bulle"), 15)
    stream += atom(0x0FBA, "Relectrice".encode("utf-16-le"))
    stream += atom(0x1011, struct.pack("<I", len(inside)) + zlib.compress(inside), 0x10)
    user = struct.pack("<HHIII", 0, 0x0FF6, 20, 20, others.pop("token", 0xE391C05F))  # type: ignore[call-overload]
    return compound({"PowerPoint Document": stream, "Current User": user + bytes(16), **others})


def test_a_presentation(tmp_path: Path) -> None:
    data = presentation(**{"\x05SummaryInformation": properties("Titre", "", "Autrice")})
    assert pieces(tmp_path, data) == [
        ("slide 1", "Titre Ω\npoint\n"),
        ("slide 2", "été\n"),
        (None, "bulle\nRelectrice\n"),
        ("properties", "Titre\nAutrice\n"),
    ]
    found = read_bytes(tmp_path, data, "a.ppt")
    assert found.names[0] == "a.ppt"
    assert [row["tel"] for row in found.rows.values()] == ["0612345678", "0612345679"]


def test_an_encrypted_presentation_says_so(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, presentation(token=0xF3D1C4DF)).codes[0] == "source.encrypted"
