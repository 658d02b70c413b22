"""What a workbook (XLSX) says outside of its cells: comments, text boxes, headers and footers, names, authors."""

from __future__ import annotations

from tocsin.sources.office_parts import Parts
from tocsin.sources.xlsx_book import Book, walk

MOST = 1 << 24
# Names that programs write where a person's would stand.
PROGRAMS = frozenset(
    """openpyxl xlsxwriter libreoffice apache-poi poi sheetjs exceljs calamine epplus phpspreadsheet user owner
    windows administrator admin""".split()
)
_PROPERTIES = (
    "creator",
    "lastModifiedBy",
    "title",
    "subject",
    "description",
    "keywords",
    "category",
    "Manager",
)
_COMPANY = ("Company",)
_MARGINS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def around(parts: Parts, book: Book) -> str:
    """These texts, one a line; "" where there is none."""
    lines = [text for text in book.names if text.strip()]
    for name in parts.names(ending=".xml"):
        low = name.lower()
        if low.startswith("docprops/"):
            lines += _texts(parts.read(name, MOST), (*_PROPERTIES, *_COMPANY, "lpwstr"), programs=True)
        elif "/comments" in low or "/threadedcomments/" in low:
            lines += _texts(parts.read(name, MOST), ("t", "text", "author"))
        elif "/persons/" in low:
            lines += _people(parts.read(name, MOST))
        elif "/drawings/" in low or "/charts/" in low:
            lines += _texts(parts.read(name, MOST), ("t",))
    for sheet in book.sheets:
        lines += _texts(_tail(parts, sheet.part), _MARGINS)
    return "\n".join(dict.fromkeys(lines))


def _tail(parts: Parts, name: str) -> bytes:
    """What follows a sheet's cells, within one root; read only of a sheet small enough for that."""
    stretch = parts.open(name)
    found = parts.members.get(name)
    if stretch is None or found is None or not 0 <= found.bytes <= MOST:
        return b""
    data = stretch.read_at(0, MOST)
    at = data.rfind(b"<headerFooter")
    return b"" if at < 0 else b"<r>" + data[at:].partition(b"</headerFooter>")[0] + b"</headerFooter></r>"


def _texts(data: bytes, tags: tuple[str, ...], *, programs: bool = False) -> list[str]:
    """The texts inside elements of these names; names of programs are none."""
    pieces: list[list[str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in tags:
            pieces.append([])

    def text(tag: str, given: str) -> None:
        if tag in tags and pieces:
            pieces[-1].append(given)

    walk(data, start, text)
    found = [line for line in ("".join(piece).strip() for piece in pieces) if line]
    return [line for line in found if not programs or not _program(line)]


def _people(data: bytes) -> list[str]:
    """Who wrote threaded comments ([MS-XLSX] 2.6.203)."""
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "person":
            found.extend(value for name, value in attributes.items() if name in ("displayName", "userId"))

    walk(data, start)
    return [name for name in found if name and not _program(name)]


def _program(line: str) -> bool:
    """Whether a property was filled in by a program."""
    words = line.lower().replace("/", " ").split()
    return not words or words[0] in PROGRAMS or words[0] in ("microsoft", "apache", "python", "none")
