"""PowerPoint 97-2003 presentations (PPT): every text atom, comments, links, properties, embedded objects, pictures."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tocsin.sources.document import Said, record, said
from tocsin.sources.ole import Compound
from tocsin.sources.ole_properties import properties
from tocsin.sources.ole_records import MACROS, OBJECT, objects, pictures
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Section
from tocsin.sources.whole import one_section

STREAM = "PowerPoint Document"
MOST = 1 << 29
# [MS-PPT] 2.13.24: text in 16 and in 8 bits, strings of all kinds, and the container of the list of slides.
CHARS, BYTES, STRING, LISTED, PERSIST = 0x0FA0, 0x0FA8, 0x0FBA, 0x0FF0, 0x03F3
# [MS-PPT] 2.3.2: the token of an encrypted document.
LOCKED = 0xF3D1C4DF
_LINES = {0x0D: "\n", 0x0B: "\n", 0x00: " "}


def records(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Type, instance, start of the content and its size of every record, containers entered; no recursion."""
    at = 0
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        yield kind, version >> 4, at + 8, size
        at += 8 if version & 15 == 15 else 8 + size


def texts(data: bytes) -> Iterator[tuple[str | None, str]]:
    """Every text with the slide that it belongs to where the list of slides says so."""
    slide, end = 0, 0
    for kind, instance, start, size in records(data):
        if kind == LISTED:
            slide, end = 0, start + size if instance == 0 else 0
        elif kind == PERSIST:
            slide += 1
        if kind not in (CHARS, BYTES, STRING):
            continue
        raw = data[start : start + size]
        text = raw.decode("latin-1" if kind == BYTES else "utf-16-le", "replace").translate(_LINES)
        if text.strip() and not text.startswith("___PPT"):
            yield (f"slide {slide}" if slide and start < end else None), f"{text}\n"


def read(section: Section) -> Iterator[Given]:
    """The presentation as one record; an encrypted one is none."""
    located = section.located
    file = Compound(stretch_of(located))
    user = file.read(file.find("Current User"), 64)
    if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == LOCKED:
        yield Issue(source=located.source, code="source.encrypted", bytes_unread=located.bytes)
        return
    yield from record(_said(located, file))


def _said(located: Located, file: Compound) -> Iterator[Said | Issue]:
    yield from (said(place, text) for place, text in texts(file.read(file.find(STREAM), MOST)))
    yield said("properties", properties(file))
    if file.damage is not None:
        yield Issue(source=located.source, code=file.damage.code)


def members(located: Located) -> Iterator[Located | Issue]:
    """Embedded objects and pictures."""
    file = Compound(stretch_of(located))
    data = file.read(file.find(STREAM), MOST)
    places = [start - 8 for kind, _, start, _ in records(data) if kind in (OBJECT, MACROS)]
    yield from objects(located, places, STREAM)
    yield from pictures(located, ("Pictures",))


FORMAT = Format(
    name="ppt",
    label={"fr": "présentation PowerPoint 97-2003 (PPT)", "en": "PowerPoint 97-2003 presentation (PPT)"},
    reader="ms-ppt",
    sniff=lambda head, size: None,
    survey=one_section,
    read=read,
    container=members,
)
