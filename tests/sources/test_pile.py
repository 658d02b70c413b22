"""From a pile to its sources: names, order, what is no file, and formats by content alone."""

from __future__ import annotations

import gzip
import os
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.sources.reading import read, read_bytes
from tocsin.sentences import knows
from tocsin.sources import catalogue
from tocsin.sources.names import escaped, hostile
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue

WORDS = b"Des mots simples, rien de plus.\n" * 20


def test_names_are_relative_to_their_pile_and_sorted_by_bytes(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/é.txt", "a.txt", "Z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(WORDS)
    assert read(tmp_path).names == ["Z.txt", "a/z.txt", "a/é.txt", "a.txt", "b.txt"]
    assert read(tmp_path / "a.txt").names == ["a.txt"]
    assert read(tmp_path / "a.txt", tmp_path / "a").names == ["1/a.txt", "2/z.txt", "2/é.txt"]


def test_names_hold_no_control_character_and_stay_distinct(tmp_path: Path) -> None:
    for raw in (b"a\xff", b"a%FF", b"a\x1b[31m", b"a\xe2\x80\xae", b"a!"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + raw)).write_bytes(WORDS)
    names = read(tmp_path).names
    assert sorted(names) == ["a%1B[31m", "a%21", "a%25FF", "a%E2%80%AE", "a%FF"]


@pytest.mark.parametrize(
    ("name", "is_hostile"),
    [
        ("../x", True),
        ("a/../../x", True),
        ("/etc/x", True),
        ("C:\\x", True),
        ("a/b..c", False),
        ("a\\..\\x", True),
    ],
)
def test_hostile_names(name: str, is_hostile: bool) -> None:
    assert hostile(name) is is_hostile


def test_escaping_is_one_to_one() -> None:
    raws = [
        b"%",
        b"%25",
        b"\x00",
        b"%00",
        b"a!/b",
        b"a%21/b",
        b"\xc3\xa9",
        b"\xc3",
        b"\xa9",
        "\u2028".encode(),
    ]
    assert len({escaped(raw) for raw in raws}) == len(raws)


def test_what_is_no_file_is_an_issue_and_never_blocks(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(WORDS)
    (tmp_path / "link.txt").symlink_to("real.txt")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "pipe")
    found = read(tmp_path)
    assert found.names == ["real.txt"]
    assert [(issue.source, issue.code) for issue in found.issues] == [
        ("link.txt", "source.symlink"),
        ("loop", "source.symlink"),
        ("pipe", "source.not_a_file"),
    ]


def test_a_pile_that_is_not_there_is_an_issue(tmp_path: Path) -> None:
    assert read(tmp_path / "nothing").codes == ["source.unreadable"]


def test_a_deep_folder_is_walked(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder = folder / "d"
        folder.mkdir()
    (folder / "x.txt").write_bytes(WORDS)
    assert len(read(tmp_path).located) == 1


@pytest.mark.parametrize(
    ("content", "format", "code"),
    [
        (b"", "empty", "source.empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf", "source.damaged"),
        (b"PAR1" + bytes(range(256)), "parquet", "source.truncated"),
        (b"Obj\x01" + bytes(range(256)), "avro", "source.unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "ole_other", "source.unsupported"),
        (bytes(range(256)) * 9, "unknown", "source.unknown_format"),
    ],
)
def test_unread_contents_are_sources_with_an_issue(
    tmp_path: Path, content: bytes, format: str, code: str
) -> None:
    found = read_bytes(tmp_path, content, "x.csv")
    assert [located.format for located in found.located] == [format]
    assert [(issue.code, issue.bytes_unread) for issue in found.issues] == [(code, len(content))]


def test_office_documents_are_told_from_archives(tmp_path: Path) -> None:
    def packed(*names: str) -> bytes:
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in names:
                archive.writestr(name, "x" * 50)
        return target.getvalue()

    for format, names in {
        "docx": ("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
        "xlsx": ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
        "text": ("word/a.txt",),
    }.items():
        assert [found.format for found in read_bytes(tmp_path, packed(*names)).located] == [format]


def test_the_ending_of_a_name_decides_nothing(tmp_path: Path) -> None:
    for name in ("x.pdf", "x.zip", "x.csv", "x"):
        assert read_bytes(tmp_path, b'{"a": 1}\n{"a": 2}\n', name).located[0].format == "jsonl"


def test_two_walks_are_equal_and_every_issue_has_a_sentence(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "t.tar.gz", "w:gz") as archive:
        for name in ("b", "a", "../c"):
            member = tarfile.TarInfo(name)
            member.size = len(WORDS)
            archive.addfile(member, BytesIO(WORDS))
    (tmp_path / "n.gz").write_bytes(gzip.compress(WORDS))
    first, second = list(walk([str(tmp_path)])), list(walk([str(tmp_path)]))
    assert first == second
    assert all(knows(found.code) for found in first if isinstance(found, Issue))


def test_formats_are_found_not_registered() -> None:
    formats = catalogue.formats()
    assert {"json", "jsonl", "xml", "html", "text", "zip", "tar", "gzip", "pdf"} <= formats.keys()
    assert all(set(format.label) == {"fr", "en"} for format in formats.values())


def test_a_file_that_changes_while_it_is_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(WORDS)
    (located,) = walk([str(path)])
    assert not isinstance(located, Issue)
    path.write_bytes(WORDS + b"more\n")
    codes = [given.code for given in catalogue.survey(located) if isinstance(given, Issue)]
    assert codes == ["source.changed_while_read"]
    path.unlink()
    codes = [given.code for given in catalogue.survey(located) if isinstance(given, Issue)]
    assert codes == ["source.unreadable"]
