"""Word 97-2003 documents (DOC): body, tables, notes, comments, headers, deleted text, authors, properties."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.sources.doc_text import Locked, NoTables, salvaged, stories
from tocsin.sources.document import Said, record, said
from tocsin.sources.ole import Compound
from tocsin.sources.ole_properties import properties
from tocsin.sources.ole_records import pictures
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Section
from tocsin.sources.whole import one_section

MOST = 1 << 28


def read(section: Section) -> Iterator[Given]:
    """The document as one record; an encrypted one is none."""
    file = Compound(stretch_of(section.located))
    try:
        first = list(stories(file))
    except Locked:
        yield Issue(
            source=section.located.source, code="source.encrypted", bytes_unread=section.located.bytes
        )
        return
    except NoTables:
        first = []
    yield from record(_said(section.located, file, [said(story.name, story.text) for story in first]))


def _said(located: Located, file: Compound, found: list[Said]) -> Iterator[Said | Issue]:
    yield from found
    if not found:
        yield said(None, salvaged(file.read(file.find("WordDocument"), MOST)))
    yield said("properties", properties(file))
    if file.damage is not None or not found:
        yield Issue(source=located.source, code="source.damaged" if file.damage is None else file.damage.code)


FORMAT = Format(
    name="doc",
    label={"fr": "document Word 97-2003 (DOC)", "en": "Word 97-2003 document (DOC)"},
    reader="ms-doc",
    sniff=lambda head, size: None,
    survey=one_section,
    read=read,
    container=lambda located: pictures(located, ("Data", "WordDocument")),
)
