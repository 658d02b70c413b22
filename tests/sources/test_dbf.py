"""Tables of dBase and FoxPro (DBF): types, code pages, long texts, deleted records, and files that are cut."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.table_writing import Field
from tests.sources.table_writing import dbf as written
from tests.sources.tables_reading import Table, read_tables
from tocsin.sources import dbf
from tocsin.sources.dbf_header import header

PEOPLE: list[Field] = [("NOM", "C", 12), ("NUMSECU", "N", 15), ("NE_LE", "D", 8), ("ACTIF", "L", 1)]
ROWS = [(b"Dupont", b"185057800608491", b"19850507", b"T"), (b"Martin", b"", b"", b"?")]


def table(folder: Path, content: bytes, name: str = "x.dbf") -> Table:
    """The table of this content."""
    (folder / name).write_bytes(content)
    return read_tables(folder / name)[name]


def test_types(tmp_path: Path) -> None:
    read = table(tmp_path, written(PEOPLE, ROWS))
    assert read.format == "dbf"
    assert read.rows == {
        0: {"NOM": "Dupont", "NUMSECU": "185057800608491", "NE_LE": "1985-05-07", "ACTIF": "true"},
        1: {"NOM": "Martin"},
    }
    assert read.codes == []


def test_types_of_foxpro(tmp_path: Path) -> None:
    fields = [("I", "I", 4), ("Y", "Y", 8), ("B", "B", 8), ("T", "T", 8), ("U", "T", 8)]
    row = (
        struct.pack("<i", -7),
        struct.pack("<q", 125000),
        struct.pack("<d", 0.5),
        struct.pack("<ii", 2460370, 47159000),
        bytes(8),
    )
    read = table(tmp_path, written(fields, [row], version=0x30))
    assert read.rows == {0: {"I": "-7", "Y": "12.5", "B": "0.5", "T": "2024-02-29 13:05:59"}}


@pytest.mark.parametrize(
    ("page", "encoding"),
    [(3, "cp1252"), (2, "cp850"), (1, "cp437"), (0, "cp1252"), (0, "cp850"), (3, "utf-8")],
)
def test_code_pages(tmp_path: Path, page: int, encoding: str) -> None:
    names = ["Éloïse", "Hélène", "François", "Zoé", "Noël"]
    kept = [name for name in names if name.encode(encoding, "ignore").decode(encoding) == name]
    read = table(
        tmp_path, written([("NOM", "C", 12)], [(name.encode(encoding),) for name in kept], page=page)
    )
    assert read.column("NOM") == kept


@given(
    cells=st.lists(st.text("abcéè 0123456789", max_size=8), min_size=1, max_size=40),
    encoding=st.sampled_from(["cp1252", "utf-8"]),
)
def test_sections_hold_all(tmp_path: Path, cells: list[str], encoding: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dbf, "BYTES", 100)
        read = table(tmp_path, written([("A", "C", 20)], [(cell.encode(encoding),) for cell in cells]))
    assert read.column("A") == [cell.rstrip() if cell.strip() else None for cell in cells]


def test_deleted_records_are_read_and_told(tmp_path: Path) -> None:
    read = table(tmp_path, written(PEOPLE, ROWS, deleted=frozenset({1})))
    assert read.column("NOM") == ["Dupont", "Martin"]
    assert [(issue.code, issue.count) for issue in read.issues] == [("source.deleted_rows", 1)]


def test_a_cut_table(tmp_path: Path) -> None:
    content = written(PEOPLE, ROWS * 50)
    read = table(tmp_path, content[:-1000])
    assert len(read.rows) + sum(issue.count for issue in read.issues) == 100
    assert read.codes == ["source.bad_record"]


def test_a_header_that_lies(tmp_path: Path) -> None:
    assert table(tmp_path, written(PEOPLE, ROWS, count=4_000_000_000)).codes == ["source.truncated"]
    fewer = table(tmp_path, written(PEOPLE, ROWS, count=1))
    assert fewer.column("NOM") == ["Dupont", "Martin"]


@pytest.mark.parametrize("kind", ["dbt3", "dbt4", "fpt"])
def test_long_texts(tmp_path: Path, kind: str) -> None:
    text = "Suivi : allergie à la pénicilline".encode("cp1252")
    if kind == "fpt":
        memo, version, row = (
            bytes(6) + b"\0\x40" + bytes(504) + b"\0\0\0\1" + len(text).to_bytes(4, "big") + text,
            0x30,
            8,
        )
        cell, fields = row.to_bytes(4, "little"), [("NOTE", "M", 4)]
    elif kind == "dbt4":
        memo = (
            bytes(20)
            + b"\0\2"
            + bytes(490)
            + b"\xff\xff\x08\0"
            + (len(text) + 8).to_bytes(4, "little")
            + text
        )
        version, cell, fields = 0x8B, b"         1", [("NOTE", "M", 10)]
    else:
        memo, version = bytes(512) + text + b"\x1a\x1a" + bytes(400), 0x83
        cell, fields = b"         1", [("NOTE", "M", 10)]
    (tmp_path / ("X.FPT" if kind == "fpt" else "x.dbt")).write_bytes(memo)
    content = written(fields, [(cell,), (bytes(4) if kind == "fpt" else b"",)], version=version)
    assert table(tmp_path, content).rows == {0: {"NOTE": text.decode("cp1252")}, 1: {}}


def test_long_texts_that_are_not_there(tmp_path: Path) -> None:
    read = table(tmp_path, written([("NOTE", "M", 10)], [(b"         1",), (b"",)], version=0x83))
    assert [(issue.code, issue.count) for issue in read.issues] == [("source.no_memo", 1)]


def test_long_names_of_level_7(tmp_path: Path) -> None:
    fields = [("date_de_naissance", "D", 8), ("numero_de_securite_sociale", "C", 15)]
    read = table(tmp_path, written(fields, [(b"19850507", b"185057800608491")], version=4))
    assert read.rows == {
        0: {"date_de_naissance": "1985-05-07", "numero_de_securite_sociale": "185057800608491"}
    }


def test_no_record(tmp_path: Path) -> None:
    assert table(tmp_path, written(PEOPLE, [])).rows == {}


@given(st.binary(max_size=400))
def test_other_bytes_are_no_table(data: bytes) -> None:
    assert header(b"\x03" + data) is None or b"\r" in data
