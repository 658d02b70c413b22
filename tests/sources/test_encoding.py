"""Encodings are known by content, and no byte of a damaged line is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.sources.encoding import Transcoder, detect, mark, to_text

TEXT = "identifiant;libellé\n1;été à Nîmes\n2;€ et œuf\n" * 20
ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_is_known_without_a_mark(encoding: str) -> None:
    data = TEXT.encode(encoding)
    assert detect(data, len(data)) == encoding
    assert mark(data) == 0


@pytest.mark.parametrize(
    ("encoding", "length"),
    [("utf-8", 3), *((name, 2) for name in ENCODINGS[1:3]), *((name, 4) for name in ENCODINGS[3:5])],
)
def test_a_mark_names_the_encoding(encoding: str, length: int) -> None:
    data = ("\ufeff" + TEXT).encode(encoding)
    assert detect(data, len(data)) == encoding
    assert mark(data) == length


def test_controls_that_windows_leaves_undefined_are_latin_1() -> None:
    data = ("é\x81;à\x9d\n" * 5).encode("latin-1")
    assert detect(data, len(data)) == "latin-1"
    assert to_text(data, "latin-1") == ("é\x81;à\x9d\n" * 5, [])


def test_plain_ascii_and_nothing_are_utf_8() -> None:
    assert detect(b"a;b\n", 4) == "utf-8"
    assert detect(b"", 0) == "utf-8"


def test_a_sequence_cut_by_the_end_of_the_head_is_no_damage() -> None:
    data = ("é" * 100).encode()
    assert detect(data[:-1], 10_000) == "utf-8"


def test_bytes_that_are_no_text_have_no_encoding() -> None:
    assert detect(bytes(range(256)) * 40, 10_240) is None
    assert detect(b"\x89PNG\r\n\x1a\n" + bytes(200), 208) is None


def test_utf_8_with_a_few_invalid_bytes_stays_utf_8_and_counts_their_lines() -> None:
    lines = [f"{number};é".encode() for number in range(5000)]
    lines[7] = b"7;\xe9"
    lines[4000] = b"4000;\x80\x81 \xc3\xa9"
    data = b"\n".join(lines) + b"\n"
    assert detect(data, len(data)) == "utf-8"
    text, damaged = to_text(data, "utf-8")
    assert damaged == [7, 4000]
    assert text.split("\n")[7] == "7;é"
    assert text.split("\n")[4000] == "4000;€\x81 é"
    assert text.count("é") == 5000


@given(st.binary(max_size=300))
def test_mending_keeps_lines_and_whatever_was_ascii(data: bytes) -> None:
    text, damaged = to_text(data, "utf-8")
    assert text.count("\n") == data.count(b"\n")
    assert [char for char in text if char < "\x80"] == [chr(byte) for byte in data if byte < 0x80]
    bad = [
        at
        for at, line in enumerate(data.split(b"\n"))
        if line.decode("utf-8", "replace").count("\ufffd") > line.count("\ufffd".encode())
    ]
    assert damaged == bad


@given(
    text=st.text(max_size=200).filter(lambda text: not text.startswith("\ufeff")),
    encoding=st.sampled_from(ENCODINGS[1:5]),
    marked=st.booleans(),
    size=st.integers(1, 50),
)
def test_a_stream_is_transcoded_whatever_its_blocks(
    text: str, encoding: str, marked: bool, size: int
) -> None:
    data = (("\ufeff" if marked else "") + text).encode(encoding)
    transcoder = Transcoder(encoding)
    blocks = (data[at : at + size] for at in range(0, len(data), size))
    assert b"".join(transcoder.transcode(blocks)) == text.encode()
    assert transcoder.damaged == 0


def test_half_a_character_at_the_end_is_counted() -> None:
    transcoder = Transcoder("utf-16-le")
    assert b"".join(transcoder.transcode([b"a\0b\0", b"\0\xd8"])).decode() == "ab\ufffd"
    assert transcoder.damaged == 1
