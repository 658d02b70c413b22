"""OpenDocument spreadsheets (ODS): every sheet is a source of its own, hidden ones and notes included.

ODF 1.3 part 3, 9.1 (tables), 19.385 (values by type); a formula gives the value that was saved with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from tocsin.sources import zip as archive
from tocsin.sources.limits import limit
from tocsin.sources.names import escaped
from tocsin.sources.office_parts import Parts, mimetype
from tocsin.sources.opening import digest
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed, Text
from tocsin.sources.spreadsheet import Line, SheetTables
from tocsin.sources.xlsx_book import walk
from tocsin.sources.xlsx_text import PROGRAMS
from tocsin.sources.xlsx_values import plain

SPREADSHEETS = tuple(
    f"application/vnd.oasis.opendocument.{name}" for name in ("spreadsheet", "spreadsheet-template")
)
CONTENT, META, MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
ABOUT = ("creator", "initial-creator", "title", "subject", "description", "keyword", "user-defined")
COLUMNS = 16_384


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A package whose type is that of a spreadsheet."""
    known = mimetype(head) in SPREADSHEETS
    return Sniffed(confidence=0.995, encoding="utf-8") if known else None


def members(located: Located) -> Iterator[Located | Issue]:
    """The sheets as parts, what the document says of itself, and pictures as members; an issue where it is encrypted."""
    parts = Parts(located)
    yield from (issue for issue in parts.issues if issue.place is None)
    if b"encryption-data" in parts.read(MANIFEST, 1 << 24):
        size = max(located.bytes, 0)
        yield Issue(source=located.source, code="source.encrypted", bytes_unread=size, detail="ods")
        return
    if _about(parts):
        yield replace(located, bytes=0, dialect=(("part", ""),))
    names = list(_Names(located).found(parts))
    if not names:
        yield Issue(source=located.source, code="source.no_tables", detail="ods")
    for place, name in enumerate(names):
        source = f"{located.source}#{escaped(name.encode('utf-8', 'replace'))}"
        share = max(located.bytes, 0) // len(names)
        yield replace(located, source=source, bytes=share, dialect=(("part", name), ("sheet", place)))
    yield from parts.others((".xml", ".rdf", "mimetype", "thumbnail.png", "/"))


def _about(parts: Parts) -> str:
    """Authors, title and keywords, one a line; names of programs are none."""
    lines: list[str] = []

    def text(tag: str, given: str) -> None:
        if tag in ABOUT and given.strip() and given.split()[0].lower() not in PROGRAMS:
            lines.append(given.strip())

    walk(parts.read(META, 1 << 24), None, text)
    return "\n".join(dict.fromkeys(lines))


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """The whole sheet as one section."""
    yield Section(located=located, number=0)
    yield digest(located)


def read(section: Section) -> Iterator[Given]:
    """The records of a sheet; or for the document itself what it says of itself."""
    located = section.located
    parts = Parts(located)
    if located.setting("sheet") is None:
        yield Text(record=0, data=_about(parts).encode("utf-8", "replace"))
        return
    cells = Cells(located, int(located.setting("sheet") or 0))
    yield from SheetTables(located).given(cells.lines(parts))


class _Names:
    """The names of the sheets, in order."""

    def __init__(self, located: Located) -> None:
        self._located, self._names = located, list[str]()
        self._depth = 0

    def found(self, parts: Parts) -> list[str]:
        """All of them, up to where the content is damaged."""
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        for block in parts.blocks(CONTENT):
            if isinstance(block, Issue):
                break
            try:
                parser.Parse(block, False)
            except (expat.ExpatError, _Refused):
                break
        return self._names[: limit("sheet", "sheets")]

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            if self._depth == 0:
                self._names.append(attributes.get("table:name", ""))
            self._depth += 1

    def _end(self, tag: str) -> None:
        self._depth -= tag == "table:table"


class _Refused(Exception):
    """The document declares an entity."""


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*declared: object) -> None:
        raise _Refused

    parser.EntityDeclHandler = refuse
    return parser


@dataclass(slots=True)
class Cells:
    """Reads the rows of the sheet at place `wanted`."""

    located: Located
    wanted: int
    _sheet: int = -1
    _depth: int = 0
    _row: int = 0
    _times: int = 1
    _place: int = 0
    _repeat: int = 1
    _cells: dict[int, str] = field(default_factory=dict)
    _value: str | None = None
    _texts: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _in_cell: bool = False
    _in_note: bool = False
    _ready: list[Line] = field(default_factory=list)
    _given: int = 0
    _too_many: bool = False

    def lines(self, parts: Parts) -> Iterator[Line | Issue]:
        """Every row with its filled cells; an issue where the content ends early or repeats itself without end."""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        for block in parts.blocks(CONTENT):
            if isinstance(block, Issue):
                yield from self._taken()
                yield replace(block, source=self.located.source)
                return
            try:
                parser.Parse(block, False)
            except (expat.ExpatError, _Refused):
                yield from self._taken()
                yield Issue(source=self.located.source, code="source.damaged", place=f"line {self._row + 1}")
                return
            yield from self._taken()
            if self._sheet > self.wanted:
                break
        if self._too_many:
            yield Issue(source=self.located.source, code="source.bomb", place=f"line {self._row}")

    def _taken(self) -> Iterator[Line]:
        ready, self._ready = self._ready, []
        yield from ready

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._sheet += self._depth == 0
            self._depth += 1
        if self._sheet != self.wanted or self._depth != 1:
            return
        if tag == "table:table-row":
            self._times = _count(attributes.get("table:number-rows-repeated"))
            self._place, self._cells = 0, {}
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._repeat = _count(attributes.get("table:number-columns-repeated"))
            self._value, self._texts, self._notes = _value(attributes), [], []
            self._in_cell = True
        elif tag == "office:annotation":
            self._in_note = True
        elif tag == "text:p" and self._in_cell:
            kept = self._notes if self._in_note else self._texts
            kept.append("\n" if kept else "")
        elif tag in ("text:s", "text:tab", "text:line-break") and self._in_cell:
            self._data(
                " " * _count(attributes.get("text:c")) if tag == "text:s" else "\t" if "tab" in tag else "\n"
            )

    def _data(self, text: str) -> None:
        if self._in_cell and self._depth == 1:
            kept = self._notes if self._in_note else self._texts
            if kept:
                kept.append(text)

    def _end(self, tag: str) -> None:
        if tag == "table:table":
            self._depth -= 1
        if self._sheet != self.wanted or self._depth != 1:
            return
        if tag == "office:annotation":
            self._in_note = False
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell()
        elif tag == "table:table-row":
            self._rows()

    def _cell(self) -> None:
        """One cell, as often as it says, with its note behind its text."""
        self._in_cell = False
        text = "".join(self._texts)
        if self._value is not None and not _coded(text, self._value):
            text = self._value
        note = "".join(self._notes).strip()
        text = f"{text}\n{note}".strip() if note else text.strip()
        if text:
            for place in range(self._place, min(self._place + self._repeat, COLUMNS)):
                self._cells[place] = text
        self._place = min(self._place + self._repeat, COLUMNS)

    def _rows(self) -> None:
        """One row, as often as it says: blank ones are none, full ones only up to a limit."""
        if self._cells:
            room = max((limit("sheet", "repeated") - self._given) // len(self._cells), 0)
            times = self._times if self._times == 1 else min(self._times, room)
            self._too_many = self._too_many or times < self._times
            self._given += len(self._cells) * (times if self._times > 1 else 0)
            self._ready += [(self._row + at + 1, self._cells) for at in range(times)]
        self._row += self._times


def _count(text: str | None) -> int:
    return (
        min(int(text), 1 << 21)
        if text is not None and text.isascii() and text.isdigit() and len(text) < 9
        else 1
    )


def _value(attributes: dict[str, str]) -> str | None:
    """The value that a cell states; None where its text is its value."""
    kind = attributes.get("office:value-type", attributes.get("calcext:value-type"))
    if kind == "float" or kind == "currency" or kind == "percentage":
        return plain(attributes.get("office:value", ""))
    if kind == "date":
        return attributes.get("office:date-value", "").replace("T", " ").removesuffix(" 00:00:00")
    if kind == "boolean":
        return attributes.get("office:boolean-value", "")
    if kind == "time":
        return _clock(attributes.get("office:time-value", ""))
    return attributes.get("office:string-value")


def _coded(text: str, value: str) -> bool:
    """Whether a number is shown as a code, with leading zeros (`01000`, `06 12 34 56 78`)."""
    digits = "".join(text.split())
    return digits.startswith("0") and digits.isdigit() and digits.lstrip("0") == value


def _clock(text: str) -> str:
    """`PT06H30M00S` as `06:30:00`; any other duration as it is."""
    if not text.startswith("PT"):
        return text
    hours, _, rest = text[2:].partition("H")
    minutes, _, seconds = rest.partition("M")
    whole = seconds.rstrip("S").partition(".")[0]
    parts = (hours, minutes, whole)
    return ":".join(part.zfill(2) for part in parts) if all(part.isdigit() for part in parts) else text


FORMAT = Format(
    name="ods",
    label={"fr": "classeur ODS", "en": "ODS spreadsheet"},
    reader="ods",
    sniff=sniff,
    survey=survey,
    read=read,
    container=members,
    member=archive.member,
)
