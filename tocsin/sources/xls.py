"""Old and binary workbooks (XLS, XLSB): every sheet is a source of its own, its cells read by calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import python_calamine

from tocsin.sources.cell_text import cell_text
from tocsin.sources.limits import limit
from tocsin.sources.names import escaped
from tocsin.sources.office_parts import Parts, holds
from tocsin.sources.ole import Compound
from tocsin.sources.opening import digest, read_range, stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.spreadsheet import Line, SheetTables
from tocsin.sources.xls_book import Listed, bundled_sheets, sheets_of


def sniff_xlsb(head: bytes, size: int) -> Sniffed | None:
    """A package whose workbook is binary."""
    binary = b"xl/workbook.bin" in head and holds(head, "xl")
    return Sniffed(confidence=0.996, encoding="utf-16-le") if binary else None


def _listed(located: Located) -> Listed:
    if located.format == "xlsb":
        return bundled_sheets(Parts(located).read("xl/workbook.bin"))
    file = Compound(stretch_of(located))
    stream = file.find("Workbook") or file.find("Book")
    return Listed((), sound=False) if stream is None else sheets_of(file.open(stream))


def sheets(located: Located) -> Iterator[Located | Issue]:
    """The sheets as parts, hidden ones too; an issue for a workbook that a password locks or that lists none."""
    listed = _listed(located)
    size = max(located.bytes, 0)
    if listed.locked:
        yield Issue(source=located.source, code="source.encrypted", bytes_unread=size, detail=located.format)
    elif not listed.sheets:
        code = "source.no_tables" if listed.sound else "source.damaged"
        yield Issue(source=located.source, code=code, bytes_unread=size, detail=located.format)
    for place, name in listed.sheets:
        source = f"{located.source}#{escaped(name.encode('utf-8', 'replace'))}"
        share = size // len(listed.sheets)
        yield replace(
            located, source=source, bytes=share, dialect=(("part", f"{place} {name}"), ("sheet", place))
        )


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """The whole sheet as one section; nothing for the workbook itself."""
    if located.setting("sheet") is not None:
        yield Section(located=located, number=0)
    yield digest(located)


def read(section: Section) -> Iterator[Given]:
    """The records of a sheet."""
    located = section.located
    try:
        book = _opened(replace(located, source="", bytes=0, dialect=()))
        sheet = book.get_sheet_by_index(int(located.setting("sheet") or 0))
        first = sheet.start
    except (MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # a panic of the library is no Exception, and its text may hold a value
        yield Issue(source=located.source, code="source.damaged", bytes_unread=max(located.bytes, 0))
        return
    if first is not None:
        yield from SheetTables(located).given(_lines(sheet, first))


@lru_cache(maxsize=1)
def _opened(located: Located) -> python_calamine.CalamineWorkbook:
    """The workbook, kept for its next sheet. Raises what the library raises."""
    data = read_range(located, 0, limit("sheet", "workbook_bytes"))
    return python_calamine.load_workbook(io.BytesIO(data))


def _lines(sheet: python_calamine.CalamineSheet, first: tuple[int, int]) -> Iterator[Line]:
    """The filled cells of every row, numbers from 1."""
    row, column = first
    for number, cells in enumerate(sheet.to_python(skip_empty_area=True), row + 1):
        texts = ((place, cell_text(value)) for place, value in enumerate(cells, column))
        yield number, {place: text for place, text in texts if text}


def _format(name: str, **given: object) -> Format:
    return Format(
        name=name,
        label={"fr": f"classeur {name.upper()}", "en": f"{name.upper()} workbook"},
        reader="calamine",
        survey=survey,
        read=read,
        container=sheets,
        risky=True,
        **given,  # type: ignore[arg-type]
    )


FORMAT = (
    # A compound file: `ole_document` tells which document it holds.
    _format("xls", sniff=lambda head, size: None),
    _format("xlsb", sniff=sniff_xlsb),
)
