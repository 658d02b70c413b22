"""Pictures: counted, what stands beside their pixels read, loops and lies end, recognition only when asked for."""

from __future__ import annotations

import random
import stat
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.pdf_making import Pdf
from tests.sources.reading import read_bytes
from tocsin.sources import ocr

POSITION = "GPS: 48.858222, -2.294500"
XMP = b"<x:xmpmeta xmlns:x='u'><dc:creator xmlns:dc='v'><li>Photographe</li></dc:creator></x:xmpmeta>"


def tiff(order: str = "<", size: tuple[int, int] = (640, 480)) -> bytes:
    """A directory with author, serial number and position (EXIF 4.6)."""
    mark = {"<": b"II*\0", ">": b"MM\0*"}[order]
    tail = bytearray()
    base = 8 + 2 + 12 * 6 + 4

    def entry(tag: int, kind: int, values: bytes, count: int) -> bytes:
        at = struct.pack(order + "I", base + len(tail)) if len(values) > 4 else values.ljust(4, b"\0")
        tail.extend(values if len(values) > 4 else b"")
        return struct.pack(order + "HHI", tag, kind, count) + at

    def number(value: int) -> bytes:
        return struct.pack(order + "I", value)

    artist = "Émilie Autrice\0".encode()
    first = [
        entry(0x100, 4, number(size[0]), 1),
        entry(0x101, 4, number(size[1]), 1),
        entry(0x13B, 2, artist, len(artist)),
        entry(0x9C9D, 1, "Autre\0".encode("utf-16-le"), 12),
        entry(0xA431, 2, b"SN 0042-7\0", 10),
    ]
    place = base + len(tail)
    degrees = struct.pack(order + "6I", 48, 1, 51, 1, 2960, 100)
    west = struct.pack(order + "6I", 2, 1, 17, 1, 402, 10)
    inner = place + 2 + 12 * 4 + 4
    gps = struct.pack(order + "H", 4)
    gps += struct.pack(order + "HHI", 1, 2, 2) + b"N\0\0\0" + struct.pack(order + "HHII", 2, 5, 3, inner)
    gps += struct.pack(order + "HHI", 3, 2, 2) + b"W\0\0\0" + struct.pack(order + "HHII", 4, 5, 3, inner + 24)
    tail += gps + number(0) + degrees + west
    first.append(entry(0x8825, 4, number(place), 1))
    return mark + number(8) + struct.pack(order + "H", 6) + b"".join(first) + number(8) + bytes(tail)


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """A picture of these segments, without pixels."""
    frame = (0xC0, struct.pack(">BHHB", 8, 480, 640, 1) + b"\1\x11\0")
    every = [*segments, frame]
    body = b"".join(b"\xff" + bytes([kind]) + struct.pack(">H", len(data) + 2) + data for kind, data in every)
    return b"\xff\xd8" + body + b"\xff\xda\0\2pixels\xff\xd9"


def png(*chunks: tuple[bytes, bytes], size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture of these chunks."""
    every = [(b"IHDR", struct.pack(">II5B", *size, 8, 0, 0, 0, 0)), *chunks, (b"IEND", b"")]
    written = (struct.pack(">I", len(data)) + kind + data + bytes(4) for kind, data in every)
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture of these chunks."""
    every = [(b"VP8X", bytes(4) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")), *chunks]
    body = b"".join(kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for kind, data in every)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


IPTC = b"Photoshop 3.0\0008BIM\x04\x04\0\0\0\0\0\x0e\x1c\x02\x50\0\x09Reportage"
WRITTEN = {
    "jpeg": jpeg((0xE1, b"Exif\0\0" + tiff(">")), (0xFE, b"un commentaire"), (0xED, IPTC)),
    "png": png(
        (b"eXIf", tiff()),
        (b"tEXt", b"Comment\0un commentaire"),
        (b"zTXt", b"Author\0\0" + zlib.compress(b"Reportage")),
    ),
    "tiff": tiff(),
    "webp": webp((b"EXIF", tiff()), (b"XMP ", XMP)),
    "heif": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    + b"ispe\0\0\0\0"
    + struct.pack(">II", 640, 480)
    + b"Exif\0\0"
    + tiff(),
    "gif": b"GIF89a" + struct.pack("<HH", 640, 480) + b"\0\0\0!\xfe\x0eun commentaire\0;",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_stands_beside_the_pixels(tmp_path: Path, name: str) -> None:
    found = read_bytes(tmp_path, WRITTEN[name])
    lines = found.text.split("\n")
    assert [located.format for located in found.located] == [name]
    assert found.codes == ["source.needs_ocr"]
    if name != "gif":
        assert {POSITION, "Artist: Émilie Autrice", "Author: Autre", "Serial number: SN 0042-7"} <= set(lines)
    if name in ("jpeg", "png", "gif"):
        assert "Comment: un commentaire" in lines
    if name in ("jpeg", "png"):
        assert "Reportage" in found.text
    if name == "webp":
        assert "XMP: Photographe" in lines


def test_xmp_in_jpeg(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)))
    assert found.text == "XMP: Photographe\n"


def test_a_picture_too_small_to_read_is_counted_only(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, png(size=(16, 16))).codes == []


@given(name=st.sampled_from(sorted(WRITTEN)), seed=st.integers(0, 10_000))
def test_damage_never_ends_the_reading(tmp_path: Path, name: str, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(WRITTEN[name])
    for _ in range(8):
        data[rng.randrange(12, len(data))] = rng.choice([0, 255, rng.randrange(256)])
    found = read_bytes(tmp_path, bytes(data[: rng.randrange(12, len(data) + 1)]))
    assert set(found.codes) <= {"source.needs_ocr"}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for tesseract that says how many bytes it got and in which languages it reads."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "tesseract"
    script.write_text('#!/bin/sh\necho "$4 0612345678 $(wc -c | tr -d " ")"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return script


@pytest.mark.usefixtures("program")
def test_recognition_is_off_unless_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_bytes(tmp_path, png()).codes == ["source.needs_ocr"]
    monkeypatch.setenv(ocr.ASKED, "fra; rm -rf")
    assert read_bytes(tmp_path, png()).codes == ["source.needs_ocr"]
    monkeypatch.setenv(ocr.ASKED, "fra+eng")
    found = read_bytes(tmp_path, png())
    assert (found.codes, found.text.strip()) == (["source.ocr"], f"fra+eng 0612345678 {len(png())}")


@pytest.mark.usefixtures("program")
def test_recognition_of_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr.ASKED, "fra")
    pdf = Pdf()
    pdf.page(["une page de texte qui se lit sans recognition"])
    pdf.scan()
    found = read_bytes(tmp_path, pdf.bytes())
    assert [(one.code, one.place) for one in found.issues] == [("source.ocr", "page 2")]
    assert "fra 0612345678" in found.text


def test_a_program_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Path
) -> None:
    program.write_text("#!/bin/sh\nexit 1\n")
    monkeypatch.setenv(ocr.ASKED, "fra")
    assert read_bytes(tmp_path, png()).codes == ["source.needs_ocr"]
