"""Electronic books (EPUB): the pages in the order of their names, then their description."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.sources import zip as archive
from tocsin.sources.document import Said, record
from tocsin.sources.limits import limit
from tocsin.sources.markup import Markup
from tocsin.sources.office_parts import Parts, mimetype
from tocsin.sources.ooxml import limited
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed
from tocsin.sources.whole import one_section

PAGES = (".xhtml", ".html", ".htm", ".opf", ".ncx")


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The member `mimetype` (EPUB 3.3, 4.2.3)."""
    return Sniffed(confidence=0.99) if mimetype(head) == "application/epub+zip" else None


def read(section: Section) -> Iterator[Given]:
    """The book as one record; a page's place is its name."""
    yield from record(_said(Parts(section.located)))


def _said(parts: Parts) -> Iterator[Said | Issue]:
    budget = [limit("document", "bytes")]
    for ending in PAGES:
        for name in parts.names(ending=ending):
            for given in Markup().text(limited(parts, name, budget)):
                yield given if isinstance(given, Issue) else Said(name, given)
    yield from (issue for issue in parts.issues if issue.place is None or issue.place.endswith(PAGES))


def members(located: Located) -> Iterator[Located | Issue]:
    """Pictures and whatever else lies in the package."""
    yield from Parts(located).others((*PAGES, ".xml", ".css", ".otf", ".woff", ".woff2", "mimetype"))


FORMAT = Format(
    name="epub",
    label={"fr": "livre électronique (EPUB)", "en": "electronic book (EPUB)"},
    reader="markup",
    sniff=sniff,
    survey=one_section,
    read=read,
    container=members,
    member=archive.member,
    itself=True,
)
