"""Archives inside archives, cut, damaged, hostile: all that can be read is read, and the rest is said."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import struct
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.reading import read, read_bytes
from tocsin.sources.opening import open_bytes, read_range
from tocsin.sources.source import Located

WORDS = "Un texte ordinaire, avec des accents : été, où, çà.\n".encode() * 40


NUMBERS = b"".join(b"%d;%d\n" % (number, number * number) for number in range(600_000))


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def tarred(members: list[tuple[str, bytes]], format: int = tarfile.PAX_FORMAT) -> bytes:
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=format) as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return target.getvalue()


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size).hex().encode()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_zip_members(tmp_path: Path, method: int) -> None:
    members = [("dir/b.txt", WORDS), ("a.txt", WORDS[-100:]), ("é.txt", WORDS * 3)]
    found = read_bytes(tmp_path, zipped(members, method), "z.zip")
    assert found.contents == {f"z.zip!/{name}": content for name, content in members}
    assert found.codes == []


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar_members_with_long_names(tmp_path: Path, format: int) -> None:
    name = "d" * 60 + "/" + "é" * 40 + ".txt"
    members = [(name, WORDS), ("b.txt", WORDS[:513]), ("c.txt", b"x y z\n" * 100)]
    found = read_bytes(tmp_path, tarred(members, format), "t.tar")
    assert found.contents == {f"t.tar!/{name}": content for name, content in members}
    assert found.codes == []


@pytest.mark.parametrize(
    ("pack", "ending"), [(gzip.compress, "gz"), (bz2.compress, "bz2"), (lzma.compress, "xz")]
)
def test_compressed_streams(tmp_path: Path, pack: object, ending: str) -> None:
    assert callable(pack)
    assert read_bytes(tmp_path, pack(WORDS), f"x.txt.{ending}").contents == {f"x.txt.{ending}!/x.txt": WORDS}
    two = pack(WORDS) + pack(WORDS[:60])
    assert read_bytes(tmp_path, two, f"x.{ending}").contents == {f"x.{ending}!/x": WORDS + WORDS[:60]}
    tar = pack(tarred([("a", WORDS), ("b", WORDS[:90])]))
    assert read_bytes(tmp_path, tar, f"x.tar.{ending}").names == [f"x.tar.{ending}!/a", f"x.tar.{ending}!/b"]


def test_archives_inside_archives(tmp_path: Path) -> None:
    inner = zipped([("a.txt", WORDS), ("b.txt.gz", gzip.compress(WORDS * 2, mtime=0))])
    middle = gzip.compress(tarred([("in.zip", inner), ("c.txt", WORDS * 3)]))
    found = read_bytes(tmp_path, zipped([("m.tar.gz", middle)]), "o.zip")
    assert found.contents == {
        "o.zip!/m.tar.gz!/in.zip!/a.txt": WORDS,
        "o.zip!/m.tar.gz!/in.zip!/b.txt.gz!/b.txt": WORDS * 2,
        "o.zip!/m.tar.gz!/c.txt": WORDS * 3,
    }
    assert found.codes == []


def test_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        content = zipped([("a", WORDS), ("a", WORDS[:80]), ("a", WORDS[:90])])
    assert read_bytes(tmp_path, content, "z").names == ["z!/a", "z!/a#2", "z!/a#3"]


def test_hostile_names_are_read_and_said_and_never_written(tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    folder.mkdir()
    members = [("../../evil.txt", WORDS), ("/abs.txt", WORDS)]
    (folder / "t.tar").write_bytes(tarred(members))
    (folder / "z.zip").write_bytes(zipped(members))
    found = read(folder)
    assert sorted(set(found.names)) == sorted(found.names)
    assert len(found.names) == 4
    assert found.codes == ["source.hostile_name"] * 4
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["pile", "t.tar", "z.zip"]


def test_encrypted_members_and_links_are_issues(tmp_path: Path) -> None:
    content = bytearray(zipped([("secret.txt", WORDS), ("clear.txt", WORDS)]))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found = read_bytes(tmp_path, bytes(content), "z.zip")
    assert found.names == ["z.zip!/clear.txt"]
    assert [(issue.source, issue.place, issue.code) for issue in found.issues] == [
        ("z.zip", "secret.txt", "source.encrypted")
    ]
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert read_bytes(tmp_path, target.getvalue(), "t.tar").codes == ["source.symlink"]


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_cut_gzip_gives_what_it_holds(tmp_path: Path, keep: float) -> None:
    content = noise(200_000)
    packed = gzip.compress(content)
    found = read_bytes(tmp_path, packed[: int(len(packed) * keep)], "x.gz")
    (got,) = found.contents.values()
    assert content.startswith(got)
    assert len(got) > 0.8 * keep * len(content)
    assert found.codes == ["source.truncated"]


def test_a_damaged_gzip_gives_what_comes_before(tmp_path: Path) -> None:
    content = noise(300_000)
    packed = bytearray(gzip.compress(content))
    packed[len(packed) // 2 : len(packed) // 2 + 400] = b"\xff" * 400
    found = read_bytes(tmp_path, bytes(packed), "x.gz")
    (got,) = found.contents.values()
    assert got[:250_000] == content[:250_000]
    assert found.codes[0] in ("source.damaged", "source.bad_checksum")


def test_bytes_after_a_gzip_are_said(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, gzip.compress(WORDS) + b"rubbish", "x.gz").codes == ["source.trailing_bytes"]
    assert read_bytes(tmp_path, gzip.compress(WORDS) + bytes(512), "x.gz").codes == []


def test_a_zip_without_directory_gives_its_members(tmp_path: Path) -> None:
    members = [("a.txt", WORDS), ("b.txt", noise(5000)), ("c.txt", noise(50_000))]
    content = zipped(members)
    cut = content[: content.index(b"c.txt") + 20_000]
    found = read_bytes(tmp_path, cut, "z.zip")
    assert found.names == ["z.zip!/a.txt", "z.zip!/b.txt", "z.zip!/c.txt"]
    assert found.contents["z.zip!/b.txt"] == members[1][1]
    assert members[2][1].startswith(found.contents["z.zip!/c.txt"])
    assert found.contents["z.zip!/c.txt"]
    assert found.codes == ["source.no_directory", "source.truncated"]
    assert found.issues[1].bytes_unread == 100_000 - len(found.contents["z.zip!/c.txt"])


def test_a_zip_after_other_bytes_is_read(tmp_path: Path) -> None:
    target = BytesIO()
    target.write(b"PK\x07\x08")
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("a.txt", WORDS)
    assert read_bytes(tmp_path, target.getvalue(), "z").contents == {"z!/a.txt": WORDS}


def test_a_zip_with_a_wrong_checksum_is_read_and_said(tmp_path: Path) -> None:
    content = bytearray(zipped([("a.txt", WORDS)]))
    content[content.index(b"PK\x01\x02") + 16] ^= 0xFF
    found = read_bytes(tmp_path, bytes(content), "z")
    assert found.contents == {"z!/a.txt": WORDS}
    assert found.codes == ["source.bad_checksum"]


def test_old_names_of_a_zip(tmp_path: Path) -> None:
    content = zipped([("x_x.txt", WORDS)]).replace(b"x_x.txt", b"\x82t\x82.txt")
    assert read_bytes(tmp_path, content, "z").names == ["z!/été.txt"]


def test_a_cut_tar_gives_what_it_holds(tmp_path: Path) -> None:
    content = tarred([("a", WORDS), ("b", WORDS * 5)])
    found = read_bytes(tmp_path, content[: 512 * 4 + len(WORDS) + 2000], "t")
    assert found.names == ["t!/a", "t!/b"]
    assert "source.truncated" in found.codes


def test_a_tar_goes_on_after_a_damaged_header(tmp_path: Path) -> None:
    content = bytearray(tarred([("a", WORDS), ("b", WORDS), ("c", WORDS)], tarfile.USTAR_FORMAT))
    second = 512 + -(-len(WORDS) // 512) * 512
    content[second : second + 100] = b"\xff" * 100
    found = read_bytes(tmp_path, bytes(content), "t")
    assert found.names == ["t!/a", "t!/c"]
    assert found.codes == ["source.damaged"]
    assert found.issues[0].bytes_unread == second


def test_a_bomb_stops_early(tmp_path: Path) -> None:
    content = gzip.compress(b"0" * (16 << 20), 9)
    found = read_bytes(tmp_path, content * 10, "b.gz")
    assert "source.bomb" in found.codes
    assert max(map(len, found.contents.values())) < 200 << 20


def test_many_members_of_one_byte_range_stop_early(tmp_path: Path) -> None:
    content = zipped([("a", b"0" * 1_000_000)])
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[at:end]
    count = 2000
    directory = entry * count
    closing = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), at, 0)
    found = read_bytes(tmp_path, content[:at] + directory + closing, "z")
    assert found.codes[-1] == "source.bomb"
    assert len(found.names) < 1000


def test_a_nest_of_archives_is_not_followed_for_ever(tmp_path: Path) -> None:
    content = WORDS
    for _ in range(12):
        content = zipped([("x", content)])
    assert read_bytes(tmp_path, content, "z").codes == ["source.too_deep"]


def located(path: Path, members: tuple[int, ...]) -> Located:
    return Located(source="x", path=str(path), members=members, format="", encoding=None, reader="", bytes=-1)


@given(places=st.lists(st.tuples(st.integers(0, 11_000_000), st.integers(0, 300_000)), max_size=12))
def test_a_compressed_stream_is_read_at_any_place(tmp_path: Path, places: list[tuple[int, int]]) -> None:
    path = tmp_path / "x.gz"
    content = NUMBERS
    if not path.exists():
        path.write_bytes(gzip.compress(content, 1))
    for start, count in places:
        assert read_range(located(path, (0,)), start, start + count) == content[start : start + count]


def test_a_stream_can_be_sought_in(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(WORDS * 50))
    with open_bytes(located(path, (0,))) as stream:
        assert stream.read(10) == WORDS[:10]
        stream.seek(len(WORDS) + 5)
        assert stream.read(20) == WORDS[5:25]
        stream.seek(3)
        assert stream.read(4) == WORDS[3:7]


@given(cut=st.integers(0, 3000), change=st.integers(0, 3000), to=st.integers(0, 255))
def test_no_damage_crashes(tmp_path: Path, cut: int, change: int, to: int) -> None:
    whole = zipped(
        [("a.tar", tarred([("x", WORDS), ("y.gz", gzip.compress(noise(300)))])), ("b", noise(400))]
    )
    content = bytearray(whole[: len(whole) - cut % len(whole)])
    content[change % len(content)] = to
    read_bytes(tmp_path, bytes(content), "z")
