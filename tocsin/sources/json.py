"""JSON documents: an array's elements, a long list inside an object, or top-level values, as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tocsin.sources.decoding import begin, utf8, utf8_blocks, wide
from tocsin.sources.encoding import detect, mark
from tocsin.sources.json_element import blank, element_at
from tocsin.sources.json_layout import VALUES, layout
from tocsin.sources.json_rows import rows_of, value_of
from tocsin.sources.json_split import State, split
from tocsin.sources.json_survey import elements
from tocsin.sources.limits import limit
from tocsin.sources.opening import read_range
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed
from tocsin.sources.whole import one_section

BATCH = 20_000
_OBJECT = re.compile(r'\s*\{\s*(?:\}|"(?:[^"\\]|\\.)*"\s*:)', re.DOTALL)
_ARRAY = re.compile(r'\s*\[\s*(?:\{\s*[}"]|\[|\]\s*$)')
_SCALARS = re.compile(
    r'\s*\[\s*(?:"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null)\s*(?:,|\]\s*$)', re.DOTALL
)


def sniff(head: bytes, size: int) -> Sniffed | None:
    """An object with a quoted name first, or an array whose first element is a JSON value."""
    encoding = detect(head, size)
    if encoding is None or head.translate(None, b"\0 \t\r\n\xef\xbb\xbf\xfe\xff")[:1] not in (b"{", b"["):
        return None
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    sure = _OBJECT.match(text) or _ARRAY.match(text)
    if not sure and not _SCALARS.match(text):
        return None
    found = layout(text)
    start = found.start + (mark(head) if found.start else 0)
    dialect = (("json.shape", found.shape), ("json.start", start))
    return Sniffed(confidence=0.95 if sure else 0.9, encoding=encoding, dialect=dialect)


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of some MiB of whole elements, then one for the envelope around them where it holds anything."""
    return one_section(located) if wide(located) else elements(located)


def read(section: Section) -> Iterator[Given]:
    """The section's elements as rows, in batches; an issue for each that is no JSON value."""
    located = section.located
    if wide(located):
        yield from _wide(section)
        return
    if section.stop is not None and section.stop - section.start > limit("json", "element_bytes"):
        yield bad_element(located, section.first, section.stop - section.start)
        return
    data, damaged = utf8(_content(section), located.encoding)
    yield from read_elements(section, data.decode("utf-8"))
    if damaged:
        yield Issue(source=located.source, code="source.mixed_encoding", count=damaged)


def _content(section: Section) -> bytes:
    """The bytes of a section; the envelope is all around the hole that its elements leave."""
    located = section.located
    after = located.setting("json.after")
    if after is None:
        return read_range(located, section.start, section.stop)
    before = read_range(located, begin(located), int(located.setting("json.start") or 0))
    return before + read_range(located, int(after), None)


def read_elements(section: Section, text: str) -> Iterator[Given]:
    """The elements in `text` as rows."""
    shape = section.located.setting("json.shape")
    values: list[Any] = []
    numbers: list[int] = []
    for number, (value, unread) in enumerate(_values(text, str(shape)), section.first):
        if unread:
            yield bad_element(section.located, number, unread)
            continue
        values.append(value)
        numbers.append(number)
        if len(values) == BATCH:
            yield from _rows(values, numbers)
            values, numbers = [], []
    yield from _rows(values, numbers)


def _rows(values: list[Any], numbers: list[int]) -> Iterator[Rows]:
    rows = rows_of(values, numbers)
    if rows is not None:
        yield rows


def bad_element(located: Located, number: int, unread: int) -> Issue:
    """The issue of an element that could not be read; it is one record."""
    return Issue(
        source=located.source, code="source.bad_element", place=f"record {number}", bytes_unread=unread
    )


def _values(text: str, shape: str) -> Iterator[tuple[Any, int]]:
    """The values of `text` in turn, or for a bad one the bytes that it takes."""
    at = 0
    while (at := blank(text, at)) < len(text):
        try:
            value, at = element_at(text, at, shape)
        except ValueError:
            yield from _apart(text[at:], shape)
            return
        yield value, 0


def _apart(text: str, shape: str) -> Iterator[tuple[Any, int]]:
    """As `_values`, each element cut out by its commas first, so that a bad one costs itself alone."""
    data = text.encode()
    start = 0
    for stop in [*split(data, State(), shape).stops.tolist(), len(data)]:
        piece = data[start:stop].decode()
        start = stop + (shape != VALUES)
        if stop == len(data) and not piece.strip():
            return
        try:
            value, end = element_at(piece, blank(piece, 0), shape)
            yield (value, 0) if end >= len(piece) else (None, len(piece.encode()))
        except ValueError:
            yield None, max(len(piece.encode()), 1)


def _wide(section: Section) -> Iterator[Given]:
    """A document in UTF-16 or UTF-32, turned into UTF-8 as a whole where the limit allows it."""
    located = section.located
    data = bytearray()
    for block in utf8_blocks(located):
        if isinstance(block, Issue):
            yield block
        elif len(data) + len(block) > limit("json", "element_bytes"):
            yield Issue(source=located.source, code="source.too_large", bytes_unread=max(located.bytes, 0))
            return
        else:
            data += block
    text = data.decode("utf-8")
    try:
        whole = value_of(text)
    except ValueError:
        yield Issue(
            source=located.source, code="source.bad_element", place="record 0", bytes_unread=len(data)
        )
        return
    values = whole if type(whole) is list else [whole]
    yield from _rows(values, list(range(len(values))))


FORMAT = Format(
    name="json",
    label={"fr": "document JSON", "en": "JSON document"},
    reader="json",
    sniff=sniff,
    survey=survey,
    read=read,
)
