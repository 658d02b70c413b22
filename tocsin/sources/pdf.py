"""PDF documents: the text of every page with its notes and form fields, properties, form data, attached files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.sources import password
from tocsin.sources.decoders import Inflater
from tocsin.sources.document import Said, record, said
from tocsin.sources.names import beside, escaped
from tocsin.sources.ocr import grey, recognised, wanted
from tocsin.sources.office_xml import Exact, Rules
from tocsin.sources.opening import read_range, stretch_of
from tocsin.sources.pdf_objects import Objects
from tocsin.sources.pdf_repair import repaired
from tocsin.sources.pdf_screen import Screen
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed
from tocsin.sources.stretch import Damage, Nothing, Part, Stretch
from tocsin.sources.unpacking import Unpacked
from tocsin.sources.whole import one_section

if TYPE_CHECKING:
    from tocsin.sources.pdf_pages import Pages

# Bytes of a file that is read in one piece; a window in which one object of a larger one is looked for.
MOST = 1 << 29
WINDOW = 1 << 16
ZLIB = 15
SHOWN_RANGES = 12
# Dots an inch of the picture that recognition of characters gets.
DENSITY = 200


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The mark of a PDF file, behind a few foreign bytes at most (ISO 32000-2, 7.5.2; annex I allowed 1,024)."""
    at = head[:1024].find(b"%PDF-")
    return None if at < 0 else Sniffed(confidence=0.99 if at == 0 else 0.9)


def members(located: Located) -> Iterator[Located | Issue]:
    """The files attached to the document."""
    stretch = stretch_of(located)
    if located.bytes > MOST:
        return
    objects = Objects(stretch.read_at(0, MOST))
    for attached in objects.attachments():
        name = escaped(attached.name.encode("utf-8", "replace"))
        stream = objects.stream(attached.at)
        if objects.encrypted or stream is None or stream.filters not in ([], ["FlateDecode"]):
            code = "source.encrypted" if objects.encrypted else "source.damaged"
            yield Issue(source=located.source, code=code, place=name)
            continue
        chain = (*located.members, attached.at)
        yield replace(located, source=beside(located.source, name), members=chain, bytes=-1)


def member(base: Stretch, number: int) -> Stretch:
    """The attached file whose object's number begins at `number`."""
    objects = Objects(base.read_at(number, WINDOW))
    stream = objects.stream(0)
    if stream is None or not isinstance(stream.entries.get("Length"), int):
        objects = Objects(base.read_at(0, MOST))
        stream, number = objects.stream(number), 0
    if stream is None:
        return Nothing(base, Damage("source.damaged"))
    length = stream.entries.get("Length")
    length = length if isinstance(length, int) and number else stream.length
    if not stream.filters:
        return Part(base, number + stream.start, length)
    return Unpacked(base, lambda: Inflater(ZLIB), start=number + stream.start, length=length)


def read(section: Section) -> Iterator[Given]:
    """The document as one record, page by page; pages that are pictures or damaged are counted."""
    from tocsin.sources.pdf_pages import Locked, Pages, Unreadable

    located = section.located
    if located.bytes > MOST:
        yield Issue(source=located.source, code="source.too_large", bytes_unread=located.bytes)
        return
    data = read_range(located, 0, None)
    screen = Screen(Objects(data)).look()
    if screen.whole:
        yield Issue(source=located.source, code="source.bomb", bytes_unread=len(data))
        return
    try:
        pages = _opened(data)
    except Locked:
        yield Issue(source=located.source, code="source.encrypted", bytes_unread=len(data))
        return
    except Unreadable:
        pages = None
    if pages is None or pages.count == 0:
        mended = repaired(data)
        try:
            pages = Pages(mended) if mended is not None else None
        except (Locked, Unreadable):
            pages = None
        code = "source.damaged" if pages is None else "source.truncated"
        yield Issue(source=located.source, code=code, bytes_unread=len(data) if pages is None else None)
        if pages is None:
            return
    with pages:
        yield from record(_said(located, pages, data, screen))


def _opened(data: bytes) -> Pages:
    """The document, with one of the passwords that were offered where it needs one. Raises Locked or Unreadable."""
    from tocsin.sources.pdf_pages import Locked, Pages

    for one in (None, *password.offered()):
        try:
            pages = Pages(data, one)
        except Locked:
            continue
        if one is not None:
            password.opened(one)
        return pages
    raise Locked


def _said(located: Located, pages: Pages, data: bytes, screen: Screen) -> Iterator[Said | Issue]:
    """Every page, then what belongs to the whole document."""
    from tocsin.sources.pdf_pages import Unreadable

    scanned: list[int] = []
    lost: list[int] = []
    read: list[int] = []
    traps = screen.pages(pages.count)
    for number in range(pages.count):
        if number in traps:
            continue
        try:
            page = pages.page(number)
        except Unreadable:
            lost.append(number + 1)
            continue
        told = _recognised(pages, number) if page.scanned and wanted() else None
        yield said(f"page {number + 1}", page.text + (told or ""), whole=True)
        if page.scanned:
            (scanned if told is None else read).append(number + 1)
    yield said("properties", "".join(f"{line}\n" for line in pages.about() if line.strip()))
    for part in _data(data):
        yield from (said("form", piece) for piece in Exact(Rules()).text([part]) if isinstance(piece, str))
    for code, numbers in (
        ("source.needs_ocr", scanned),
        ("source.ocr", read),
        ("source.bomb", [number + 1 for number in sorted(traps)]),
        ("source.damaged_page", lost),
    ):
        if numbers:
            yield Issue(source=located.source, code=code, place=places(numbers), count=len(numbers))


def _recognised(pages: Pages, number: int) -> str | None:
    """The text of a page's picture; None where that fails."""
    from tocsin.sources.pdf_pages import Unreadable

    try:
        return recognised(grey(*pages.picture(number, DENSITY / 72)))
    except Unreadable:
        return None


def _data(data: bytes) -> Iterator[bytes]:
    """The XML that belongs to the whole document: form data (XFA), properties (XMP) that are not packed."""
    objects = Objects(data)
    if not objects.encrypted:
        yield from objects.form_data()
    at = data.find(b"<x:xmpmeta")
    while at >= 0:
        end = data.find(b"</x:xmpmeta>", at)
        yield data[at : end + 12 if end >= 0 else at + WINDOW]
        at = data.find(b"<x:xmpmeta", at + 10)


def places(numbers: list[int]) -> str:
    """Page numbers as people write them: `page 3`, `pages 2-4, 7`."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [f"{first}" if first == last else f"{first}-{last}" for first, last in ranges[:SHOWN_RANGES]]
    return f"pages {', '.join(shown)}{', …' if len(ranges) > SHOWN_RANGES else ''}"


FORMAT = Format(
    name="pdf",
    label={"fr": "document PDF", "en": "PDF document"},
    reader="pdfium",
    sniff=sniff,
    survey=one_section,
    read=read,
    container=members,
    member=member,
    itself=True,
    risky=True,
)
