"""Workbooks (XLSX, XLSM, XLTX): every sheet is a source of its own, and so is what stands outside their cells.

Hidden sheets are read too. Formulas are not evaluated, macros not run, links not followed.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from tocsin.sources import zip as archive
from tocsin.sources.names import escaped
from tocsin.sources.office_parts import Parts, holds
from tocsin.sources.opening import digest
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed, Text
from tocsin.sources.spreadsheet import SheetTables
from tocsin.sources.xlsx_book import Book, book_of, shapes, shared_strings
from tocsin.sources.xlsx_cells import Cells
from tocsin.sources.xlsx_text import around
from tocsin.sources.xlsx_values import Shape

KEPT = 2
_books: OrderedDict[tuple[object, ...], tuple[Parts, Book, pl.Series, list[Shape], Issue | None]] = (
    OrderedDict()
)


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A package whose main parts stand in `xl/`."""
    if not holds(head, "xl") or b"xl/workbook.bin" in head:
        return None
    return Sniffed(confidence=0.995, encoding="utf-8")


def members(located: Located) -> Iterator[Located | Issue]:
    """The sheets as parts, the text around them as the workbook itself, pictures and embedded files as members."""
    parts = Parts(located)
    book = book_of(parts)
    yield from (issue for issue in parts.issues if issue.place is None)
    macros = [name for name in parts.members if name.lower().endswith("vbaproject.bin")]
    if macros or around(parts, book):
        yield replace(located, bytes=0, dialect=(("part", ""), ("macros", len(macros))))
    share = max(located.bytes, 0) // max(len(book.sheets), 1)
    for sheet in book.sheets:
        source = f"{located.source}#{escaped(sheet.name.encode('utf-8', 'replace'))}"
        settings = (("part", sheet.name), ("sheet", sheet.part), ("hidden", int(sheet.hidden)))
        yield replace(located, source=source, bytes=share, dialect=settings)
    if not book.sheets:
        yield Issue(source=located.source, code="source.no_tables", detail="xlsx")
    for other in parts.others((".xml", ".rels", ".vml", "vbaproject.bin")):
        if isinstance(other, Issue) or "/printerSettings" not in other.source:
            yield other


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """The whole sheet as one section."""
    yield Section(located=located, number=0)
    if located.setting("macros"):
        yield Issue(source=located.source, code="source.macros", count=int(located.setting("macros") or 0))
    yield digest(located)


def read(section: Section) -> Iterator[Given]:
    """The records of a sheet; or for the workbook itself the text around its cells."""
    located = section.located
    if located.setting("sheet") is None:
        parts = Parts(located)
        text = around(parts, book_of(parts))
        if text:
            yield Text(record=0, data=text.encode("utf-8", "replace"))
        return
    parts, book, strings, formats, issue = _opened(located)
    if issue is not None:
        yield replace(issue, source=located.source)
    cells = Cells(located.source, strings, formats, book.base_1904)
    blocks = parts.blocks(str(located.setting("sheet")))
    yield from SheetTables(located).given(cells.lines(blocks))
    if cells.lost_strings:
        yield Issue(source=located.source, code="source.lost_strings", count=cells.lost_strings)


def _opened(located: Located) -> tuple[Parts, Book, pl.Series, list[Shape], Issue | None]:
    """What all sheets of a workbook share, kept for the next one."""
    state = (located.setting("file.size"), located.setting("file.mtime_ns"))
    key = (hashlib.blake2b(located.path.encode("utf-8", "surrogateescape")).digest(), located.members, state)
    if key not in _books:
        parts = Parts(located)
        strings, issue = shared_strings(parts)
        _books[key] = (parts, book_of(parts), strings, shapes(parts), issue)
        while len(_books) > KEPT:
            _books.popitem(last=False)
    return _books[key]


FORMAT = Format(
    name="xlsx",
    label={"fr": "classeur XLSX", "en": "XLSX workbook"},
    reader="xlsx",
    sniff=sniff,
    survey=survey,
    read=read,
    container=members,
    member=archive.member,
)
