"""Workbooks (XLSX): cells as a person reads them, tables wherever they stand, and what damage costs."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from tests.sources.tables_reading import Table, read_tables
from tests.sources.workbook import FIRST_SHEET, inline, packed, sheet, strings, styles, workbook
from tocsin.sources import xlsx_cells, xlsx_grid

PEOPLE: list[list[str | int | None]] = [
    ["nom", "num_secu"],
    ["Ève", 185057800608491],
    ["Zoé", 285057800608478],
]


def tables(folder: Path, content: bytes, name: str = "x.xlsx") -> dict[str, Table]:
    """The tables of a workbook of this content."""
    (folder / name).write_bytes(content)
    return read_tables(folder / name)


def one(folder: Path, body: str, parts: dict[str, str | bytes] | None = None, extra: str = "") -> Table:
    """The only sheet of a workbook."""
    return tables(folder, workbook({"Feuil1": sheet(body)}, parts, extra))["x.xlsx#Feuil1"]


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).filter(
    lambda text: text.strip() == text
)
VALUES = st.one_of(st.none(), st.integers(-(10**15), 10**15), TEXTS, st.booleans())


@given(rows=st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=12))
def test_what_another_library_writes(tmp_path: Path, rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["nom", "prenom", "ville"])
    kept = [row for row in rows if any(cell not in (None, "") for cell in row)]
    for row in kept:
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    expected = {
        number: {
            name: shown(cell)
            for name, cell in zip(("nom", "prenom", "ville"), row, strict=True)
            if shown(cell)
        }
        for number, row in enumerate(kept)
    }
    by_column = read_tables(tmp_path / "x.xlsx")["x.xlsx#Sheet"].rows
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_grid.PlainRows, "grid", lambda *given: None)
        by_row = read_tables(tmp_path / "x.xlsx")["x.xlsx#Sheet"].rows
        patch.setattr(xlsx_cells, "_CELL", xlsx_cells.re.compile("(?!)()()()()()"))
        by_parser = read_tables(tmp_path / "x.xlsx")["x.xlsx#Sheet"].rows
    assert by_column == by_row == by_parser == expected


def shown(value: object) -> str:
    """A value as it is read."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith("="):
        return ""
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<v>185057800608491</v>", "185057800608491"),
        ("<v>1.85057800608491E14</v>", "185057800608491"),
        ("<v>185057800608491.0</v>", "185057800608491"),
        ("<v>0.1</v>", "0.1"),
        ("<f>1+1</f><v>2</v>", "2"),
        ('<f t="shared" si="0"/><v>3</v>', "3"),
        ("<f>NOW()</f>", None),
    ],
)
def test_numbers(tmp_path: Path, cell: str, expected: str | None) -> None:
    body = f'<row r="1"><c r="A1">{cell}</c><c r="B1"><v>7</v></c></row>'
    assert one(tmp_path, body).rows[0].get("column_1") == expected


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("dd/mm/yyyy", "31269", "1985-08-10"),
        ("dd/mm/yyyy", "60", "1900-02-29"),
        ("dd/mm/yyyy", "1", "1900-01-01"),
        ("dd/mm/yyyy hh:mm", "31269.5", "1985-08-10 12:00:00"),
        ("hh:mm", "0.75", "18:00:00"),
        ("[$-40C]d mmmm yyyy;@", "31269", "1985-08-10"),
        ("00000", "1000", "01000"),
        ('0#" "##" "##" "##" "##', "612345678", "0612345678"),
        ('0" "00" "00" "00" "000" "000', "1850578006084", "1850578006084"),
        ('#,##0.00 "€"', "1234.5", "1234.5"),
        ('"jour "0', "7", "7"),
        ("0.00", "7", "7"),
        ("General", "31269", "31269"),
        ("@", "31269", "31269"),
    ],
)
def test_formats(tmp_path: Path, code: str, value: str, expected: str) -> None:
    body = f'<row r="1"><c r="A1" s="1"><v>{value}</v></c><c r="B1"><v>7</v></c></row>'
    assert one(tmp_path, body, {"xl/styles.xml": styles(code)}).rows[0]["column_1"] == expected


def test_dates_since_1904(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1" s="1"><v>29807</v></c><c r="B1"><v>7</v></c></row>'
    read = one(tmp_path, body, {"xl/styles.xml": styles("yyyy")}, '<workbookPr date1904="1"/>')
    assert read.rows[0]["column_1"] == "1985-08-10"


def test_dates_of_another_library(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["nom", "date", "quand", "heure"])
    book.active.append(["Ève", date(1985, 5, 7), datetime(2024, 2, 29, 13, 5, 59), time(6, 30)])  # noqa: DTZ001
    book.save(tmp_path / "x.xlsx")
    row = read_tables(tmp_path / "x.xlsx")["x.xlsx#Sheet"].rows[0]
    assert row == {"nom": "Ève", "date": "1985-05-07", "quand": "2024-02-29 13:05:59", "heure": "06:30:00"}


def test_shared_strings(tmp_path: Path) -> None:
    table = (
        '<sst><si><t>nom</t></si><si><r><t>Jean</t></r><r><t xml:space="preserve"> &amp; Ève</t></r>'
        "<rPh><t>x</t></rPh></si><si><t>a_x000D_b</t></si><si/></sst>"
    )
    body = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>{at - 1}</v></c></row>' for at in range(1, 7))
    read = one(tmp_path, body, {"xl/sharedStrings.xml": table})
    assert read.column("nom") == ["Jean & Ève", "a\rb", None, None, None] or read.column("nom") == [
        "Jean & Ève",
        "a\rb",
    ]
    assert [(issue.code, issue.count) for issue in read.issues] == [("source.lost_strings", 2)]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_prefixes_and_bare_cells(tmp_path: Path, prefix: str) -> None:
    rows = "".join(
        f"<{prefix}row><{prefix}c><{prefix}v>{at}</{prefix}v></{prefix}c><{prefix}c/><{prefix}c><{prefix}v>9</{prefix}v></{prefix}c></{prefix}row>"
        for at in range(3)
    )
    xml = f'<x:worksheet xmlns:x="a"><{prefix}sheetData>{rows}</{prefix}sheetData></x:worksheet>'
    read = tables(tmp_path, workbook({"Feuil1": xml}))["x.xlsx#Feuil1"]
    assert read.rows == {at: {"column_1": str(at), "column_3": "9"} for at in range(3)}


def test_a_header_below_titles(tmp_path: Path) -> None:
    rows = [["Liste des assurés", None], [None, None], *PEOPLE]
    read = one(tmp_path, inline(rows))
    assert read.rows[0] == {"nom": "Ève", "num_secu": "185057800608491"}
    assert len(read.rows) == 2
    assert [(issue.code, issue.place, issue.count) for issue in read.issues] == [
        ("source.preamble", "line 1", 1)
    ]


def test_several_tables_in_a_sheet(tmp_path: Path) -> None:
    other: list[list[str | int | None]] = [
        ["courriel", "ville"],
        ["a@example.org", "Lyon"],
        ["b@example.org", "Brest"],
    ]
    read = one(tmp_path, inline(PEOPLE) + inline(other, 6) + inline([["c@example.org", "Lille"]], 10))
    assert [sorted(read.rows[at]) for at in range(5)] == [["nom", "num_secu"]] * 2 + [
        ["courriel", "ville"]
    ] * 3
    assert read.codes == []


def test_many_rows_come_by_column(tmp_path: Path) -> None:
    rows: list[list[str | int | None]] = [["nom", "num_secu"], *([f"N{at}", at] for at in range(3000))]
    read = one(tmp_path, inline(rows))
    assert read.column("num_secu") == [str(at) for at in range(3000)]


def test_hidden_sheets_and_hostile_names(tmp_path: Path) -> None:
    content = workbook({"Feuil1": sheet(inline(PEOPLE)), "../\x7f%": sheet(inline(PEOPLE))})
    content = content.replace(b'sheetId="2"', b'sheetId="2"')
    assert list(tables(tmp_path, content)) == ["x.xlsx#Feuil1", "x.xlsx#../%7F%25"]


def test_what_stands_around_the_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["nom", "ville"])
    book.active.append(["Ève", "Lyon"])
    book.active["A2"].comment = Comment("rappeler au 0612345678", "Zoé Martin")
    book.active.oddHeader.center.text = "Confidentiel"
    book.properties.creator = "Paul Durand"
    book.save(tmp_path / "x.xlsx")
    read = read_tables(tmp_path / "x.xlsx")
    assert set(read) == {"x.xlsx", "x.xlsx#Sheet"}
    for text in ("rappeler au 0612345678", "Zoé Martin", "Confidentiel", "Paul Durand"):
        assert text in read["x.xlsx"].text


def test_macros_are_told_and_embedded_files_are_members(tmp_path: Path) -> None:
    parts = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0", "xl/embeddings/note.txt": "Ève Martin\n" * 9}
    read = tables(tmp_path, workbook({"Feuil1": sheet(inline(PEOPLE))}, parts))
    assert [issue.code for issue in read["x.xlsx"].issues] == ["source.macros"]
    assert read["x.xlsx!/xl/embeddings/note.txt"].text.startswith("Ève Martin")


def test_a_bad_row_costs_itself(tmp_path: Path) -> None:
    body = inline([["nom", "ville"], ["a", "b"], ["c", "d"], ["e", "f"]]).replace("<t>d</t>", "<t>d</u>")
    read = one(tmp_path, body)
    assert read.column("nom") == ["a", "e"]
    assert [(issue.code, issue.place) for issue in read.issues] == [("source.bad_record", "line 3")]


@pytest.mark.parametrize("share", [0.4, 0.8])
def test_a_cut_workbook(tmp_path: Path, share: float) -> None:
    rows: list[list[str | int | None]] = [
        ["nom", "num_secu"],
        *([f"N{at}", hash((at, 7)) % 10**14] for at in range(4000)),
    ]
    content = workbook({"Feuil1": sheet(inline(rows))})
    (read,) = (
        table for name, table in tables(tmp_path, content[: int(len(content) * share)]).items() if "#" in name
    )
    assert len(read.rows) > 4000 * (share - 0.2)
    assert "source.truncated" in read.codes


def test_no_strings_no_styles_no_workbook(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": "x", "xl/_rels/x.rels": "x", FIRST_SHEET: sheet(inline(PEOPLE))}
    assert tables(tmp_path, packed(parts))["x.xlsx#sheet1"].column("nom") == ["Ève", "Zoé"]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    body = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c><c r="B1"><v>1</v></c></row>'
    content = workbook({"Feuil1": evil + sheet(body)}, {"xl/sharedStrings.xml": evil + strings("x")})
    assert "ha" not in str(tables(tmp_path, content)["x.xlsx#Feuil1"].rows)


def test_a_sheet_that_claims_all_cells(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    read = one(tmp_path, f"{body}", {}, "")
    assert read.rows == {0: {"column_1": "1", "column_16384": "2"}, 1: {"column_16384": "3"}}


def test_a_bomb_ends(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packer:
        packer.writestr("[Content_Types].xml", "x")
        packer.writestr("xl/_rels/x.rels", "x")
        packer.writestr(FIRST_SHEET, b"<sheetData><row r='1'>" + b" " * (160 << 20))
    (read,) = (t for name, t in tables(tmp_path, bomb.getvalue()).items() if "#" in name)
    assert read.rows == {}
    assert read.codes


def test_an_empty_sheet_and_none(tmp_path: Path) -> None:
    assert one(tmp_path, "").rows == {}
    assert tables(tmp_path, workbook({}))["x.xlsx"].codes == ["source.no_tables"]
