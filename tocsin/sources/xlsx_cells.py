"""The cells of a sheet of a workbook (XLSX), row by row: by one pattern where a row is plain, else by a parser.

ECMA-376 part 1, 18.3.1.73 (row), 18.3.1.4 (c), 18.18.11 (ST_CellType). A formula gives the value that was saved with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from xml.parsers import expat

import polars as pl

from tocsin.sources.limits import limit
from tocsin.sources.source import Issue
from tocsin.sources.spreadsheet import Grid, Line
from tocsin.sources.xlsx_book import clean, decoded
from tocsin.sources.xlsx_grid import PlainRows
from tocsin.sources.xlsx_values import PLAIN, Shape, plain, written
from tocsin.sources.xml_rows import local

_CELL = re.compile(
    r'<c(?: r="([A-Z]{1,3})[0-9]+")?(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?'
    r"(?:/>|>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?"
    r'(?:<v>([^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_NUMBER = re.compile(r'\sr="([0-9]{1,8})"')
COLUMNS = 16_384


class Cells:
    """Reads one sheet's rows. `bad` counts what was unread: rows that do not follow the rules."""

    def __init__(
        self, source: str, strings: pl.Series, shapes: Sequence[Shape], base_1904: bool = False
    ) -> None:
        self._source = source
        self._strings, self._base = strings, base_1904
        self._shapes = {
            str(number): form for number, form in enumerate(shapes) if form is not PLAIN and form != PLAIN
        }
        self._places: dict[str, int] = {}
        self._row = 0
        self._lost = 0
        self._plain = PlainRows(strings, self._shapes, self._text, base_1904=base_1904)

    @property
    def lost_strings(self) -> int:
        """How many cells point to a shared string that is not there."""
        return self._lost + self._plain.lost

    def lines(self, blocks: Iterator[bytes | Issue]) -> Iterator[Line | Grid | Issue]:
        """Every row that has cells, its filled ones; an issue for one that breaks the rules, or a cut end."""
        rest, begun, ended = "", False, False
        for block in decoded(blocks):
            if isinstance(block, Issue):
                yield block
                continue
            known = len(rest) - 16
            rest += block
            if not begun:
                at = rest.find("<sheetData")
                if at < 0:
                    rest = rest[-16:]
                    continue
                rest, begun, known = rest[at:], True, 0
            stop = rest.rfind("</row>", max(known, 0)) + 6
            if stop > 6:
                yield from self._rows(rest[:stop])
                rest = rest[stop:]
                known = 0
            if rest.find("</sheetData>", max(known, 0)) >= 0 or "<sheetData/>" in rest[:16]:
                ended = True
                break
            if len(rest) > limit("sheet", "row_bytes"):
                yield Issue(source=self._source, code="source.too_large", place=f"line {self._row + 1}")
                rest = ""
        if begun and not ended and "<c" in rest:
            yield from self._cut(rest)

    def _rows(self, text: str) -> Iterator[Line | Grid | Issue]:
        """Whole rows: by column where all are plain and follow each other, else one by one."""
        grid = self._plain.grid(text, self._place)
        if grid is not None:
            self._row = grid.first + grid.height - 1
            yield grid
            return
        for row in text.split("</row>")[:-1]:
            yield from self._line(row)

    def _text(self, style: str, kind: str, value: str, inline: str) -> str:
        """The text of one cell that is no shared string."""
        if kind and kind != "n":
            return self._other(kind, value, inline)
        form = self._shapes.get(style)
        if form is None:
            return plain(value) if "." in value or "E" in value or "e" in value else value
        return written(value, form, self._base) if value else ""

    def _line(self, row: str) -> Iterator[Line | Issue]:
        """One row, from wherever the one before ended."""
        at = row.rfind("<row")
        if "<![CDATA[" in row or "<!--" in row or at < 0:
            at = max(row.find("<row"), 0)
        end = row.find(">", at)
        number = _NUMBER.search(row, at, end) if end >= 0 else None
        self._row = int(number[1]) if number else self._row + 1
        cells = _CELL.findall(row, end)
        if len(cells) == row.count("<c", end):
            yield self._row, self._filled(cells)
            return
        try:
            exact = list(_exact(row[at:] + "</row>"))
        except (expat.ExpatError, ValueError, IndexError):
            yield Issue(source=self._source, code="source.bad_record", place=f"line {self._row}")
            return
        yield self._row, self._filled(exact)

    def _cut(self, rest: str) -> Iterator[Line | Issue]:
        """The last row of a sheet that ends within it: its whole cells; the end is missing."""
        at = rest.rfind("<row")
        if at >= 0:
            stop = rest.rfind("</c>") + 4
            if stop > at:
                yield from self._line(rest[at:stop])
        yield Issue(source=self._source, code="source.truncated")

    def _filled(self, cells: Sequence[tuple[str, str, str, str, str]]) -> dict[int, str]:
        """The filled cells of a row, as text by column."""
        found: dict[int, str] = {}
        place, strings = -1, self._strings
        for column, style, kind, value, inline in cells:
            place = self._place(column) if column else place + 1
            if kind == "s":
                try:
                    text = str(strings[int(value)] or "")
                except (ValueError, IndexError):
                    self._lost += bool(value)
                    continue
            else:
                text = self._text(style, kind, value, inline)
            if text:
                found[place] = text
        return found

    def _other(self, kind: str, value: str, inline: str) -> str:
        """The text of a formula, of the cell itself, a truth value, a date; errors as they are written."""
        if kind == "b":
            return {"1": "true", "0": "false"}.get(value, value)
        text = inline or value
        if kind == "d":
            return text.replace("T", " ").removesuffix(" 00:00:00")
        return clean(text) if "&" in text or "_x" in text else text

    def _place(self, column: str) -> int:
        """A column's place from 0 (`A` is 0, `AA` 26), kept for the next time."""
        known = self._places.get(column)
        if known is not None:
            return known
        place = 0
        for letter in column:
            place = place * 26 + ord(letter) - 64
        self._places[column] = min(place, COLUMNS) - 1
        return self._places[column]


def _exact(row: str) -> Iterator[tuple[str, str, str, str, str]]:
    """The cells of one row by a parser. Raises ExpatError or ValueError where it is no XML."""
    found: list[tuple[str, str, str, str, str]] = []
    given: dict[str, str] = {}
    texts: dict[str, list[str]] = {"v": [], "t": []}
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside.append(local(tag))
        if inside[-1] == "c":
            given.clear()
            given.update(attributes)
            texts["v"], texts["t"] = [], []

    def data(text: str) -> None:
        if inside and inside[-1] in texts and "rPh" not in inside:
            texts[inside[-1]].append(text)

    def end(tag: str) -> None:
        inside.pop()
        if local(tag) == "c":
            column = "".join(char for char in given.get("r", "") if char.isascii() and char.isalpha())[:3]
            value, inline = "".join(texts["v"]), "".join(texts["t"])
            found.append((column.upper(), given.get("s", ""), given.get("t", ""), value, inline))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.SkippedEntityHandler = None
    with suppress(AttributeError):
        parser.UseForeignDTD(True)
    parser.Parse(row.encode("utf-8", "replace"), True)
    yield from found
