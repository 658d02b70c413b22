"""Word documents (DOCX): body, tables, headers, notes, comments, deleted text, links, properties, embedded files."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.sources import zip as archive
from tocsin.sources.document import record
from tocsin.sources.office_parts import Parts, holds
from tocsin.sources.ooxml import text
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed
from tocsin.sources.whole import one_section

ORDER = (
    "word/document",
    "word/header",
    "word/footer",
    "word/footnotes",
    "word/endnotes",
    "word/comments",
    "word/",
    "docProps/",
    "customXml/",
)


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A package whose main part stands in `word` (ECMA-376 part 1, 11.3.10)."""
    return Sniffed(confidence=0.99) if holds(head, "word") else None


def read(section: Section) -> Iterator[Given]:
    """The document as one record; parts other than the body bear their name as place."""
    parts = Parts(section.located)
    body = dict.fromkeys(parts.names("word/document", ".xml"))
    yield from record(text(parts, ORDER, {**body}))


def members(located: Located) -> Iterator[Located | Issue]:
    """Pictures, embedded files and whatever else lies in the package."""
    yield from Parts(located).others()


FORMAT = Format(
    name="docx",
    label={"fr": "document Word (DOCX)", "en": "Word document (DOCX)"},
    reader="bytes",
    sniff=sniff,
    survey=one_section,
    read=read,
    container=members,
    member=archive.member,
    itself=True,
)
