"""Compound files: every stream arrives, an independent reader agrees, and cuts and loops end."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.reading import read_bytes
from tocsin.sources.ole import Compound
from tocsin.sources.ole_document import Held
from tocsin.sources.ole_write import compound
from tocsin.sources.stretch import Nothing

NAMES = st.text(st.sampled_from("abcXYZ019 é\x01\x05_"), min_size=1, max_size=12).filter(lambda n: n.strip())
CONTENTS = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 70_000]).map(
    lambda size: random.Random(size).randbytes(size)
)
TREES = st.recursive(
    st.dictionaries(NAMES, CONTENTS, max_size=5),
    lambda inner: st.dictionaries(NAMES, CONTENTS | inner, max_size=5),
    max_leaves=8,
).map(lambda tree: unlike(tree))


def unlike(tree: dict) -> dict:
    """The tree without a second name that differs from another one in case alone."""
    kept = {name.casefold(): name for name in tree}
    return {
        name: unlike(content) if isinstance(content, dict) else content
        for name, content in tree.items()
        if kept[name.casefold()] == name
    }


def held(data: bytes) -> Held:
    """`data` as a stretch."""
    base = Nothing.__new__(Nothing)
    base.root = len(data)
    return Held(base, data)


def flat(tree: dict, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], bytes]:
    """The streams of a tree by their paths."""
    found = {}
    for name, content in tree.items():
        found |= flat(content, (*path, name)) if isinstance(content, dict) else {(*path, name): content}
    return found


def streams(data: bytes) -> dict[tuple[str, ...], bytes]:
    """The streams that the reader finds."""
    file = Compound(held(data))
    return {entry.path: file.read(entry) for entry in file.streams()}


@given(tree=TREES)
def test_every_stream_arrives(tree: dict) -> None:
    data = compound(tree)
    assert streams(data) == flat(tree)
    with olefile.OleFileIO(io.BytesIO(data)) as judge:
        assert {tuple(path): judge.openstream(path).read() for path in judge.listdir()} == flat(tree)


def test_a_large_file_has_a_table_of_tables() -> None:
    content = random.Random(1).randbytes(9_000_000)
    assert streams(compound({"big": content, "small": b"x"})) == {("big",): content, ("small",): b"x"}


@given(cut=st.integers(0, 80_000))
def test_a_cut_file_gives_what_is_there(cut: int) -> None:
    content = random.Random(2).randbytes(70_000)
    data = compound({"a": content, "b": {"c": b"deep" * 30}})
    for found in streams(data[:cut]).values():
        assert content.startswith(found) or (b"deep" * 30).startswith(found)


@given(seed=st.integers(0, 10_000))
def test_any_damage_ends(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(compound({"a": bytes(9000), "b": {"c": b"deep" * 30, "d": {"e": b"x" * 5000}}}))
    for _ in range(20):
        data[rng.randrange(8, len(data))] = rng.choice([0, 1, 2, 255, rng.randrange(256)])
    streams(bytes(data))


def test_loops_end() -> None:
    content = bytes(range(256)) * 40
    data = bytearray(compound({"a": content, "b": b"x"}))
    struct.pack_into("<I", data, len(data) - 512 + 8, 0)
    assert streams(bytes(data)) == {("a",): content[: 3 * 512], ("b",): b"x"}


def test_a_packaged_file_is_a_source(tmp_path: Path) -> None:
    inside = b"nom;tel\nA;0612345678\nB;0612345679\n"
    label = (
        b"liste.csv\0C:\\x\\liste.csv\0"
        + struct.pack("<HHI", 0, 3, 4)
        + b"C:\\\0"
        + struct.pack("<I", len(inside))
    )
    native = b"\x02\0" + label + inside
    tree = {"\x01Ole10Native": struct.pack("<I", len(native)) + native}
    found = read_bytes(tmp_path, compound(tree), "oleObject1.bin")
    assert (found.names, found.codes) == (["oleObject1.bin!/liste.csv"], [])
    assert [row["tel"] for row in found.rows.values()] == ["0612345678", "0612345679"]


@pytest.mark.parametrize(
    ("stream", "code"), [("EncryptedPackage", "source.encrypted"), ("Quill", "source.unsupported")]
)
def test_what_is_not_read_says_so(tmp_path: Path, stream: str, code: str) -> None:
    found = read_bytes(tmp_path, compound({stream: bytes(100)}))
    assert (found.names, found.codes) == (["x.bin"], [code])
