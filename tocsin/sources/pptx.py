"""PowerPoint presentations (PPTX): slides in their order, notes, comments, tables, charts, links, embedded files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.sources import zip as archive
from tocsin.sources.document import record
from tocsin.sources.office_parts import Parts, holds
from tocsin.sources.ooxml import text
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed
from tocsin.sources.whole import one_section

AFTER = ("ppt/notesSlides/", "ppt/comments", "ppt/", "docProps/", "customXml/")
_RELATION = re.compile(rb"<(?:[A-Za-z0-9]+:)?Relationship\s[^<>]*>")
_ENTRY = re.compile(rb"\b(Id|Target)\s*=\s*[\"']([^\"'<>]*)[\"']")
_LISTED = re.compile(rb"<(?:[A-Za-z0-9]+:)?sldId\s[^<>]*?\b[A-Za-z0-9]+:id\s*=\s*[\"']([^\"'<>]*)[\"']")
_MOST = 1 << 24


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A package whose main part stands in `ppt` (ECMA-376 part 1, 13.3.6)."""
    return Sniffed(confidence=0.99) if holds(head, "ppt") else None


def slides(parts: Parts) -> list[str]:
    """The names of the slides' parts in the order of the presentation, then those that it does not list."""
    relations: dict[bytes, str] = {}
    for written in _RELATION.findall(parts.read("ppt/_rels/presentation.xml.rels", _MOST)):
        entry = dict(_ENTRY.findall(written))
        target = entry.get(b"Target", b"").decode("utf-8", "replace")
        relations[entry.get(b"Id", b"")] = target[1:] if target.startswith("/") else f"ppt/{target}"
    listed = [relations.get(one, "") for one in _LISTED.findall(parts.read("ppt/presentation.xml", _MOST))]
    known = parts.names("ppt/slides/slide", ".xml")
    return list(dict.fromkeys([*(name for name in listed if name in parts.members), *known]))


def read(section: Section) -> Iterator[Given]:
    """The presentation as one record; a slide's place is its number."""
    parts = Parts(section.located)
    order = slides(parts)
    places: dict[str, str | None] = {name: f"slide {number}" for number, name in enumerate(order, 1)}
    yield from record(text(parts, (*order, *AFTER), places))


def members(located: Located) -> Iterator[Located | Issue]:
    """Pictures, sounds, embedded files and whatever else lies in the package."""
    yield from Parts(located).others()


FORMAT = Format(
    name="pptx",
    label={"fr": "présentation PowerPoint (PPTX)", "en": "PowerPoint presentation (PPTX)"},
    reader="expat",
    sniff=sniff,
    survey=one_section,
    read=read,
    container=members,
    member=archive.member,
    itself=True,
)
