"""What a workbook (XLSX) holds besides its cells: its sheets, shared strings, number formats, names and properties.

ECMA-376 part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles); part 2, 9 (relationships).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from xml.parsers import expat

import polars as pl

from tocsin.sources.cell_text import series_of
from tocsin.sources.decoding import cut_place
from tocsin.sources.limits import limit
from tocsin.sources.office_parts import Parts
from tocsin.sources.source import Issue
from tocsin.sources.xlsx_values import PLAIN, Shape, shape
from tocsin.sources.xml_rows import local

MOST = 1 << 24
_ITEM = re.compile(r"<si\s*/>|<si(?:\s[^>]*)?>(.*?)</si>", re.DOTALL)
_RUN = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")
ALONE = r'^<t(?: xml:space="preserve")?>([^<]*)</t></si>'
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_PREFIXED = re.compile(r"<(/?)[A-Za-z_][A-Za-z0-9_.-]*:(?=[A-Za-z])")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the part that holds its cells, and whether Excel shows it."""

    name: str
    part: str
    hidden: bool = False


@dataclass(slots=True)
class Book:
    """A workbook as its main part tells it; `names` are the texts of its defined names."""

    sheets: list[Sheet] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    base_1904: bool = False


def book_of(parts: Parts) -> Book:
    """The workbook; where its main part is missing or damaged, every sheet that is there."""
    main = next((name for name in parts.members if name.endswith("workbook.xml")), "xl/workbook.xml")
    folder = posixpath.dirname(main)
    targets = _targets(parts.read(f"{folder}/_rels/{posixpath.basename(main)}.rels", MOST), folder)
    book, told = Book(), []

    def start(tag: str, attributes: dict[str, str]) -> None:
        given = {local(name): value for name, value in attributes.items()}
        if tag == "workbookPr":
            book.base_1904 = given.get("date1904") in ("1", "true", "on")
        elif tag == "sheet":
            number = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            told.append((given.get("name", ""), number, given.get("state", "visible") != "visible"))
        elif tag == "definedName":
            book.names.append(given.get("comment", ""))

    def data(tag: str, text: str) -> None:
        if tag == "definedName" and '"' in text:
            book.names.append(text)

    walk(parts.read(main, MOST), start, data)
    for name, number, hidden in told[: limit("sheet", "sheets")]:
        part = targets.get(number, "")
        if part in parts.members and "/worksheets/" in f"/{part}":
            book.sheets.append(Sheet(name, part, hidden))
    known = {sheet.part for sheet in book.sheets}
    for part in parts.names(f"{folder}/worksheets/" if folder else "worksheets/", ".xml"):
        if part not in known and len(book.sheets) < limit("sheet", "sheets"):
            book.sheets.append(Sheet(posixpath.basename(part).removesuffix(".xml"), part))
    return book


def _targets(data: bytes, folder: str) -> dict[str, str]:
    """The parts that a part of `folder` refers to, by the reference's id."""
    found: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[attributes.get("Id", "")] = posixpath.normpath(path)

    walk(data, start)
    return found


def walk(
    data: bytes,
    start: Callable[[str, dict[str, str]], None] | None = None,
    text: Callable[[str, str], None] | None = None,
) -> None:
    """Go through a small XML part: `start` for every element, `text` for what stands in one; up to any damage.

    No entity is declared or fetched.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    open_tags: list[str] = []

    def opened(tag: str, attributes: dict[str, str]) -> None:
        open_tags.append(local(tag))
        if start is not None:
            start(open_tags[-1], attributes)

    def refuse(*declared: object) -> None:
        raise ValueError

    parser.StartElementHandler = opened
    parser.EndElementHandler = lambda tag: open_tags.pop() and None
    parser.EntityDeclHandler = refuse
    if text is not None:
        parser.CharacterDataHandler = lambda data: text(open_tags[-1], data)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return


def shapes(parts: Parts) -> list[Shape]:
    """What each cell format (by its number) makes of a number."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in ("cellStyleXfs", "cellXfs", "dxfs"):
            inside.append(tag == "cellXfs")
        if tag == "numFmt" and not (inside and not inside[-1]):
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        if tag == "xf" and inside and inside[-1]:
            formats.append(_whole(attributes.get("numFmtId")))

    walk(parts.read(_named(parts, "styles.xml"), MOST), start)
    return [shape(number, codes.get(number)) if number else PLAIN for number in formats]


def _named(parts: Parts, name: str) -> str:
    return next((part for part in parts.members if part.lower().endswith(f"xl/{name}".lower())), f"xl/{name}")


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 9 else 0


def shared_strings(parts: Parts) -> tuple[pl.Series, Issue | None]:
    """The shared strings in order, rich text joined; an issue where they are cut short or too many."""
    name = _named(parts, "sharedStrings.xml")
    found: list[pl.Series] = []
    rest, size, issue = "", 0, None
    for block in decoded(parts.blocks(name)):
        if isinstance(block, Issue):
            issue = block
            continue
        size += len(block)
        text = rest + block
        cut = text.rfind("</si>") + 5 if "</si>" in text else 0
        found.append(_items(text[:cut]))
        rest = text[cut:]
        if size > limit("sheet", "string_bytes") or len(rest) > MOST:
            issue = Issue(source=parts.located.source, code="source.too_large", place=name)
            break
    return pl.concat([*found, _items(rest)]), issue


def decoded(blocks: Iterator[bytes | Issue]) -> Iterator[str | Issue]:
    """UTF-8 (or, with its mark, UTF-16) blocks as text, without prefixes of namespaces."""
    rest, encoding = b"", ""
    for block in blocks:
        if isinstance(block, Issue):
            yield block
            continue
        if not encoding:
            encoding = "utf-16" if block[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
            if encoding == "utf-16":
                encoding = "utf-16-le" if block[:2] == b"\xff\xfe" else "utf-16-be"
        data = rest + block
        cut = data.rfind(b">", len(rest)) + 1 or cut_place(data)
        cut = cut if encoding == "utf-8" else len(data) - len(data) % 4
        rest = data[cut:]
        text = data[:cut].decode(encoding, "replace")
        if "<![CDATA[" in text:
            text = _CDATA.sub(lambda match: escape(match[1]), text)
        yield _PREFIXED.sub(r"<\1", text) if ":c " in text or ":si>" in text or ":row" in text else text
    if rest:
        yield rest.decode(encoding, "replace")


def _items(text: str) -> pl.Series:
    """The strings of whole `si` elements."""
    if "<si/" in text or "<si " in text or "<!" in text:
        return series_of("", [_item(inside) for inside in _ITEM.findall(text)])
    items = pl.Series("item", [text]).str.split("<si>").explode(empty_as_null=True).slice(1)
    found = pl.DataFrame([items]).select(pl.col("item").str.extract(ALONE)).to_series()
    odd = found.is_null() | found.str.contains("&|_x").fill_null(True)
    at = odd.arg_true()
    if not len(at):
        return found.rename("")
    changed = [_item(inside.partition("</si>")[0]) for inside in items.gather(at).to_list()]
    return found.scatter(at, series_of("", changed)).rename("")


def _item(inside: str) -> str:
    """One string: its runs joined, without how it is pronounced."""
    return clean("".join(_RUN.findall(_PHONETIC.sub("", inside))))


def clean(text: str) -> str:
    """Text with its entities and its `_x000D_` escapes (22.9.2.19 ST_Xstring) resolved."""
    if "&" in text:
        text = unescape(text)
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
