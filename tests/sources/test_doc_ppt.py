"""DOC and PPT made by their specifications: every story, deleted or not, authors, properties, what lies inside."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.ole_making import TABLE, presentation, properties, word
from tests.sources.reading import read_bytes
from tests.sources.test_image import jpeg
from tocsin.sources import catalogue
from tocsin.sources.pile import walk
from tocsin.sources.source import Section, Text


def pieces(folder: Path, data: bytes) -> list[tuple[str | None, str]]:
    """The pieces of text of a document, with their places."""
    (folder / "x").write_bytes(data)
    located = next(iter(walk([str(folder / "x")])))
    found = catalogue.read(Section(located=located, number=0))
    return [(one.place, one.data.decode()) for one in found if isinstance(one, Text) and one.data]


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
