"""HTML pages: the text of the page, its comments and the attributes that people read, as one record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.sources.decoding import utf8_blocks
from tocsin.sources.encoding import detect
from tocsin.sources.markup import Markup
from tocsin.sources.source import Format, Given, Section, Sniffed
from tocsin.sources.text import pieces
from tocsin.sources.whole import one_section

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_ELEMENTS = re.compile(
    r"</?(?:div|p|table|tr|td|br|span|a|ul|li|h[1-6]|font|b|img|form|input)\b[^<>]*>", re.I
)


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A document type or a first element of HTML; or a fragment that begins with a tag and has many."""
    encoding = detect(head, size)
    if encoding is None or b"<" not in head[:4096]:
        return None
    text = head[:65536].decode(encoding, "replace").removeprefix("\ufeff")
    if _START.match(text):
        return Sniffed(confidence=0.98, encoding=encoding)
    tags = len(_ELEMENTS.findall(text))
    fragment = text.lstrip()[:1] == "<" and _ELEMENTS.match(text.lstrip()) and tags >= 4
    return Sniffed(confidence=0.8, encoding=encoding) if fragment and tags * 400 > len(text) else None


def read(section: Section) -> Iterator[Given]:
    """The page's text in pieces; offsets count its characters."""
    yield from pieces(Markup().text(utf8_blocks(section.located)))


FORMAT = Format(
    name="html",
    label={"fr": "page HTML", "en": "HTML page"},
    reader="markup",
    sniff=sniff,
    survey=one_section,
    read=read,
)
