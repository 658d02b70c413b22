"""Old, binary and OpenDocument workbooks (XLS, XLSB, ODS): the same table in each, and what hostile ones cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.sources.table_writing import SPACES, ods_of, row, sheet, xls
from tests.sources.tables_reading import Table, read_tables
from tests.sources.workbook import TYPES, packed, relations
from tocsin.sources import ods

PEOPLE = [
    ["nom", "num_secu", "ne_le"],
    ["Ève", 185057800608491, date(1985, 5, 7)],
    ["Zoé", 285057800608478, None],
]
EXPECTED = {
    0: {"nom": "Ève", "num_secu": "185057800608491", "ne_le": "1985-05-07"},
    1: {"nom": "Zoé", "num_secu": "285057800608478"},
}


def tables(folder: Path, content: bytes, name: str) -> dict[str, Table]:
    """The tables of a file of this content."""
    (folder / name).write_bytes(content)
    return read_tables(folder / name)


def test_xls(tmp_path: Path) -> None:
    read = tables(tmp_path, xls({"Feuil1": PEOPLE, "Été": [], "Suite": [["a@example.org", 1.5]]}), "x.xls")
    assert read["x.xls#Feuil1"].rows == EXPECTED
    assert read["x.xls#Suite"].rows == {0: {"column_1": "a@example.org", "column_2": "1.5"}}
    assert set(read) == {"x.xls", "x.xls#Feuil1", "x.xls#Été", "x.xls#Suite"}
    assert read["x.xls#Été"].rows == read["x.xls"].rows == {}


def test_xls_inside_an_archive(tmp_path: Path) -> None:
    assert tables(tmp_path, packed({"x.xls": xls({"F": PEOPLE})}), "a.zip")["a.zip!/x.xls#F"].rows == EXPECTED


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 0.97])
def test_a_cut_xls(tmp_path: Path, share: float) -> None:
    content = xls({"F": [[f"N{at}", at] for at in range(800)]})
    read = tables(tmp_path, content[: int(len(content) * share)], "x.xls")
    codes = [code for table in read.values() for code in table.codes]
    assert codes
    assert sum(len(table.rows) for table in read.values()) <= 800


def test_a_locked_xls(tmp_path: Path) -> None:
    content = xls({"F": PEOPLE}).replace(b"\x42\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\x00\x00")
    assert "source.encrypted" in tables(tmp_path, content, "x.xls")["x.xls"].codes


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of a binary workbook ([MS-XLSB] 2.1.4)."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def wide(text: str) -> bytes:
    """A counted string."""
    return len(text).to_bytes(4, "little") + text.encode("utf-16-le")


def test_xlsb(tmp_path: Path) -> None:
    sheets = record(143) + record(156, bytes(4) + b"\1\0\0\0" + wide("rId1") + wide("Feuil1")) + record(144)
    cells = b"".join(
        record(0, at.to_bytes(4, "little") + bytes(21))
        + record(6, bytes(8) + wide(name))
        + record(6, b"\1" + bytes(7) + wide(city))
        for at, (name, city) in enumerate([("nom", "ville"), ("Ève", "Lyon"), ("Zoé", "Brest")])
    )
    sheet = (
        record(129)
        + record(148, bytes(4) + b"\2\0\0\0" + bytes(4) + b"\1\0\0\0")
        + record(145)
        + cells
        + record(146)
        + record(130)
    )
    content = packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations({"rId1": "xl/workbook.bin"}, "officeDocument"),
            "xl/workbook.bin": record(131) + sheets + record(132),
            "xl/_rels/workbook.bin.rels": relations({"rId1": "worksheets/sheet1.bin"}),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
    assert tables(tmp_path, content, "x.xlsb")["x.xlsb#Feuil1"].rows == {
        0: {"nom": "Ève", "ville": "Lyon"},
        1: {"nom": "Zoé", "ville": "Brest"},
    }


def test_ods(tmp_path: Path) -> None:
    read = tables(tmp_path, ods_of({"Feuil1": sheet(PEOPLE), "B": sheet([["x", "y"], ["1", "2"]])}), "x.ods")
    assert read["x.ods#Feuil1"].rows == EXPECTED
    assert set(read) == {"x.ods#Feuil1", "x.ods#B"}
    assert read["x.ods#Feuil1"].codes == []


def test_what_ods_cells_say(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="1000"><text:p>01000</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="1.85057800608491E+14"><text:p>1,85E+14</text:p></table:table-cell>'
        '<table:table-cell office:value-type="time" office:time-value="PT06H30M00S"><text:p>06:30</text:p></table:table-cell>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>VRAI</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><office:annotation><dc:creator>Zoé</dc:creator><text:p>rappeler</text:p></office:annotation>'
        '<text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>d</text:p></table:table-cell>'
    )
    read = tables(tmp_path, ods_of({"F": f"<table:table-row>{cells}</table:table-row>"}), "x.ods")["x.ods#F"]
    expected = ["01000", "185057800608491", "06:30:00", "true", "a  b\nc\nrappeler", "d", "d"]
    assert list(read.rows[0].values()) == expected


def test_rows_that_repeat_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = row(["a", "b"], 'table:number-rows-repeated="3"')
    assert len(tables(tmp_path, ods_of({"F": body}), "x.ods")["x.ods#F"].rows) == 3
    monkeypatch.setattr(ods, "limit", lambda table, name: 1000)
    body = row(["a", "b"], 'table:number-rows-repeated="1048576"') + row(["c", "d"])
    read = tables(tmp_path, ods_of({"F": body}), "x.ods")["x.ods#F"]
    assert read.codes == ["source.bomb"]
    assert read.rows[max(read.rows)] == {"column_1": "c", "column_2": "d"}


def test_what_an_ods_says_of_itself(tmp_path: Path) -> None:
    meta = f"<office:document-meta {SPACES}><office:meta><dc:creator>Paul Durand</dc:creator></office:meta></office:document-meta>"
    read = tables(tmp_path, ods_of({"F": sheet([["x", "y"]])}, {"meta.xml": meta}), "x.ods")
    assert read["x.ods"].text == "Paul Durand"


def test_an_encrypted_ods(tmp_path: Path) -> None:
    parts = {"META-INF/manifest.xml": "<m><encryption-data/></m>"}
    assert tables(tmp_path, ods_of({"F": "x"}, parts), "x.ods")["x.ods"].codes == ["source.encrypted"]


def test_a_damaged_ods_gives_what_comes_before(tmp_path: Path) -> None:
    body = "".join(row([f"N{at}", at]) for at in range(50))
    content = ods_of({"F": body.replace("<text:p>N40</text:p>", "<text:p>N40</text:q>")})
    read = tables(tmp_path, content, "x.ods")["x.ods#F"]
    assert (len(read.rows), read.codes) == (40, ["source.damaged"])


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    table = '<table:table table:name="F"/>'
    body = (
        f'<!DOCTYPE a [<!ENTITY b "ha">]><office:document-content {SPACES}>{table}</office:document-content>'
    )
    read = tables(tmp_path, ods_of({}, {"content.xml": body}), "x.ods")
    assert read["x.ods"].codes == ["source.no_tables"]
