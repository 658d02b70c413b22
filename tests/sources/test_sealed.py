"""7z, zstd and encrypted archives: read to the last byte, or said why not; judged by what other programs made."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UsageError
from tocsin.sources import password
from tocsin.sources.aes import Aes
from tocsin.sources.decoders import zstd
from tocsin.sources.opening import ending, open_bytes
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue

MADE = Path(__file__).with_name("archives")
METHODS = ["bz", "copy", "deflate", "delta", "lzma", "lzma2", "x86", "zstd"]
WORDS = ["wrong", "été-2026", "hunter 2"]


def table(rows: int) -> bytes:
    """What the archives hold."""
    return ("ligne;num_secu\n" + "".join(f"{row};185057800608436\n" for row in range(rows))).encode()


INSIDE = {"a.csv": table(40), "d/b é.csv": table(60), "empty.txt": b"", "c.csv": table(50)}


@dataclass
class Found:
    """The members of an archive and the issues about it."""

    contents: dict[str, bytes] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [issue.code for issue in self.issues]


def read(path: Path) -> Found:
    """All the bytes of all members, and what was wrong with them."""
    found = Found()
    for one in walk([str(path)]):
        if isinstance(one, Issue):
            found.issues.append(one)
            continue
        with open_bytes(one) as stream:
            found.contents[one.source] = stream.read()
        found.issues += ending(one)
    return found


def read_bytes(folder: Path, content: bytes, name: str) -> Found:
    (folder / name).write_bytes(content)
    return read(folder / name)


@pytest.fixture
def words(tmp_path: Path) -> Iterator[Path]:
    """A file of passwords, offered; forgotten after the test."""
    path = tmp_path / "words.txt"
    path.write_text("\ufeff" + "\r\n".join(["", *WORDS, WORDS[0]]) + "\r\n", encoding="utf-8")
    assert password.offer(str(path)) == len(WORDS)
    yield path
    password.offer(None)


def made(name: str, folder: Path) -> Found:
    """What is read of one of the archives."""
    shutil.copy(MADE / name, folder / name)
    return read(folder / name)


@pytest.mark.parametrize("method", METHODS)
def test_7z_methods(method: str, tmp_path: Path) -> None:
    found = made(f"{method}.7z", tmp_path)
    assert found.contents == {f"{method}.7z!/{name}": content for name, content in INSIDE.items()}
    assert found.codes == []


@pytest.mark.parametrize("name", ["aes.7z", "aescopy.7z", "aeshead.7z"])
def test_encrypted_7z(name: str, tmp_path: Path, words: Path) -> None:
    found = made(name, tmp_path)
    assert found.contents == {f"{name}!/{inner}": content for inner, content in INSIDE.items()}
    assert found.codes == []


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("aes128.zip", {"a.csv": table(40), "b.csv": table(40) * 2}),
        ("aes256.zip", {"a.csv": table(40), "b.csv": table(40) * 2}),
        ("old.zip", {"c.csv": None}),
        ("old0.zip", {"c.csv": None}),
    ],
)
def test_encrypted_zip(name: str, inside: dict[str, bytes | None], tmp_path: Path, words: Path) -> None:
    """Opened with the right one of several passwords; without it each member is an issue and nothing else is."""
    found = made(name, tmp_path)
    assert found.codes == []
    assert list(found.contents) == [f"{name}!/{inner}" for inner in inside]
    for inner, content in inside.items():
        read_one = found.contents[f"{name}!/{inner}"]
        assert content in (None, read_one)
        assert read_one.startswith(b"ligne;num_secu\n")
        assert read_one.count(b";185057800608436\n") >= 40
    password.offer(None)
    closed = read(tmp_path / name)
    assert [(issue.place, issue.code) for issue in closed.issues] == [
        (one, "source.encrypted") for one in inside
    ]
    other = words.with_name("other.txt")
    other.write_text("other\nand another\n", encoding="utf-8")
    password.offer(str(other))
    assert read(tmp_path / name).codes == ["source.encrypted"] * len(inside)


def test_what_7z_cannot_do_is_said(tmp_path: Path) -> None:
    assert made("ppmd.7z", tmp_path).codes == ["source.method"] * 4
    assert made("aes.7z", tmp_path).codes == ["source.encrypted"] * 4
    assert made("aeshead.7z", tmp_path).codes == ["source.encrypted"]


def test_a_cut_7z_gives_the_first_of_its_streams(tmp_path: Path) -> None:
    """Its list of files is lost with its end; what can be unpacked is read as one."""
    content = (MADE / "lzma2.7z").read_bytes()
    found = read_bytes(tmp_path, content[:-120], "x.7z")
    assert found.codes[0] == "source.no_directory"
    assert found.contents == {"x.7z!/recovered": b"".join(INSIDE.values())}


@given(st.data())
def test_damaged_7z_never_fails(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Any bytes changed anywhere: issues, or other contents, and no exception."""
    content = bytearray((MADE / f"{data.draw(st.sampled_from(METHODS))}.7z").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = read_bytes(tmp_path_factory.mktemp("x"), bytes(content), "x.7z")
    assert found.codes or found.contents


def test_zstd(tmp_path: Path) -> None:
    content = random.Random(1).randbytes(300_000).hex().encode()
    packed = zstd.compress(content)
    assert read_bytes(tmp_path, packed + packed, "x.csv.zst").contents == {"x.csv.zst!/x.csv": content * 2}
    cut = read_bytes(tmp_path, packed[:-70_000], "y.zst")
    (got,) = cut.contents.values()
    assert content.startswith(got)
    assert len(got) > 100_000
    assert cut.codes == ["source.truncated"]


@pytest.mark.parametrize(
    ("key", "sealed"),
    [
        (bytes(range(16)), "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (bytes(range(24)), "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (bytes(range(32)), "8ea2b7ca516745bfeafc49904b496089"),
    ],
)
def test_aes_vectors(key: bytes, sealed: str) -> None:
    """FIPS 197, appendix C."""
    clear = bytes.fromhex("00112233445566778899aabbccddeeff")
    assert Aes(key).encrypt(clear * 3).hex() == sealed * 3
    assert Aes(key).decrypt(bytes.fromhex(sealed) * 3) == clear * 3


def test_a_file_of_passwords_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "many").write_text("\n".join(map(str, range(1001))), encoding="utf-8")
    for name in ("binary", "many", "missing"):
        with pytest.raises(UsageError):
            password.offer(str(tmp_path / name))
    password.offer(None)
