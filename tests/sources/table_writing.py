"""Tables of dBase, old and OpenDocument workbooks, written for tests by their published layouts."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape

import xlwt

Field = tuple[str, str, int]


def dbf(
    fields: list[Field],
    rows: list[tuple[bytes, ...]],
    *,
    version: int = 3,
    page: int = 3,
    count: int | None = None,
    deleted: frozenset[int] = frozenset(),
) -> bytes:
    """A table of these fields; texts are filled up with blanks, numbers from the left."""
    level_7 = version == 4
    width = 1 + sum(size for _, _, size in fields)
    begin = 69 + 48 * len(fields) if level_7 else 33 + 32 * len(fields)
    head = struct.pack(
        "<4BIHH16xBBxx", version, 126, 11, 22, len(rows) if count is None else count, begin, width, 0, page
    )
    layout = "<32scBB13x" if level_7 else "<11sc4xBB14x"
    described = bytes(36 if level_7 else 0) + b"".join(
        struct.pack(layout, name.encode(), kind.encode(), size, 0) for name, kind, size in fields
    )
    body = b"".join(
        (b"*" if at in deleted else b" ")
        + b"".join(
            cell.rjust(size) if kind in "NF" else cell.ljust(size)
            for cell, (_, kind, size) in zip(row, fields, strict=True)
        )
        for at, row in enumerate(rows)
    )
    return head + described + b"\r" + body + b"\x1a"


def xls(sheets: dict[str, list[list[object]]]) -> bytes:
    """A workbook written by another library."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, place, cell, day if isinstance(cell, date) else xlwt.Style.default_style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


SPACES = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c" xmlns:dc="d" xmlns:meta="m"'


def ods_of(sheets: dict[str, str], parts: dict[str, str] | None = None) -> bytes:
    """A spreadsheet of these sheets (name to rows)."""
    body = "".join(
        f'<table:table table:name="{escape(name)}">{rows}</table:table>' for name, rows in sheets.items()
    )
    content = f"<office:document-content {SPACES}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packer:
        packer.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, text in {"content.xml": content, **(parts or {})}.items():
            packer.writestr(name, text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def cell(value: object, extra: str = "") -> str:
    """One cell."""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, datetime | date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"><text:p>x</text:p></table:table-cell>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value:.3g}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string" {extra}><text:p>{escape(str(value))}</text:p></table:table-cell>'


def row(cells: list[object], extra: str = "") -> str:
    """One row."""
    return f"<table:table-row {extra}>{''.join(map(cell, cells))}</table:table-row>"


def sheet(rows: list[list[object]]) -> str:
    """Rows, and the million blank ones that follow in a spreadsheet as it is saved."""
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    return "".join(map(row, rows)) + blank
