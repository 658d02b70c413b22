"""Workbooks (XLSX) written by hand for tests: each part as it is wanted, right or wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
FIRST_SHEET = "xl/worksheets/sheet1.xml"


def relations(targets: Mapping[str, str], kind: str = "worksheet") -> str:
    """A part of relationships."""
    body = "".join(
        f'<Relationship Id="{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def sheet(body: str, after: str = "") -> str:
    """A sheet of these rows."""
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>'


def strings(*texts: str) -> str:
    """The shared strings."""
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{escape(text)}</t></si>" for text in texts) + "</sst>"


def styles(*codes: str) -> str:
    """Cell formats 1, 2, … of these codes; 0 is general."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>'
    )


def workbook(
    sheets: Mapping[str, str], parts: Mapping[str, str | bytes] | None = None, extra: str = ""
) -> bytes:
    """A workbook of these sheets (name to XML) and further parts; `extra` goes into its main part."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(sheets, 1)
    )
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations({"rId1": "xl/workbook.xml"}, "officeDocument"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{extra}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            {f"rId{at}": f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)}
        ),
    }
    written |= {f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), 1)}
    return packed({**written, **(parts or {})})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """These parts as a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packer:
        for name, data in parts.items():
            packer.writestr(name, data)
    return buffer.getvalue()


def inline(rows: list[list[str | int | None]], first: int = 1) -> str:
    """Rows whose cells hold their own texts; whole numbers as numbers."""
    written = []
    for number, cells in enumerate(rows, first):
        body = "".join(
            cell(chr(65 + at), number, value) for at, value in enumerate(cells) if value is not None
        )
        written.append(f'<row r="{number}">{body}</row>')
    return "".join(written)


def cell(column: str, row: int, value: str | int) -> str:
    """One cell."""
    if isinstance(value, int):
        return f'<c r="{column}{row}"><v>{value}</v></c>'
    return f'<c r="{column}{row}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
