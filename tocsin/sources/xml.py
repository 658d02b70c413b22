"""XML: repeated elements as the rows of a table, any other document as its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.sources.decoding import utf8_blocks
from tocsin.sources.encoding import detect
from tocsin.sources.markup import Markup
from tocsin.sources.source import Format, Given, Issue, Section, Sniffed
from tocsin.sources.text import pieces
from tocsin.sources.whole import one_section
from tocsin.sources.xml_rows import XmlRows, record_path

_START = re.compile(
    r"\s*(?:<\?xml\s[^>]*>|(?:<!--.{0,5000}?-->\s*)*<(?:!DOCTYPE\s|[A-Za-z_][\w:.-]*[\s/>]))", re.DOTALL
)


def sniff(head: bytes, size: int) -> Sniffed | None:
    """An XML declaration, or an element that the parser of XML accepts."""
    encoding = detect(head, size)
    if encoding is None or b"<" not in head[:4096]:
        return None
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    if not _START.match(text):
        return None
    path, sound = record_path(text, complete=len(head) == size)
    declared = text.lstrip().startswith("<?xml")
    if not declared and not sound:
        return None
    dialect = (("xml.record", path or ""), ("xml.entities", int(path is None)))
    return Sniffed(confidence=0.97 if declared else 0.85, encoding=encoding, dialect=dialect)


def read(section: Section) -> Iterator[Given]:
    """Rows where the document is a list of records, else its text."""
    located = section.located
    path = str(located.setting("xml.record") or "")
    if located.setting("xml.entities"):
        yield Issue(source=located.source, code="source.xml_entities")
    if path:
        yield from XmlRows(located, path).given(utf8_blocks(located))
    else:
        yield from pieces(Markup(every=True).text(utf8_blocks(located)))


FORMAT = Format(
    name="xml",
    label={"fr": "document XML", "en": "XML document"},
    reader="expat",
    sniff=sniff,
    survey=one_section,
    read=read,
)
