"""Mailbox files (mbox in all its variants): every message a record, attachments at `mailbox!/42/name`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tocsin.sources.encoding import detect
from tocsin.sources.mail_member import inline, listed, member
from tocsin.sources.mail_message import HELD, Held, add, split
from tocsin.sources.mail_parts import Parts
from tocsin.sources.mail_rows import PROSE, Mails
from tocsin.sources.mbox_borders import Borders
from tocsin.sources.opening import digest, stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed
from tocsin.sources.stretch import Stretch

SECTION = 1 << 22
LARGE = 1 << 24
BATCH_BYTES, BATCH_ROWS = 1 << 23, 50_000
SAMPLE = 1 << 20
_CONTENT = re.compile(
    rb"\n[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-(?:[Tt][Yy][Pp][Ee]|[Dd][Ii][Ss][Pp][Oo][Ss][Ii][Tt][Ii][Oo][Nn]):"
    rb"[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)"
)
_USUAL = (b"text/plain", b"text/html", b"multipart/alternative", b"multipart/mixed", b"multipart/related")


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A line `From ` with a date or before fields of a mail, at the very start."""
    start = _begin(head)
    if not head.startswith(b"From ", start):
        return None
    place = next(Borders(Held(head), start).places(), None)
    return Sniffed(confidence=0.99) if place == start else None


def _begin(head: bytes) -> int:
    """Where the first message may begin: after a byte order mark and blank lines."""
    mark = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    return mark + len(head[mark:4096]) - len(head[mark:4096].lstrip(b"\r\n"))


def survey(located: Located) -> Iterator[Section | Surveyed]:
    """Sections of some MiB that end where a message does; a very large message is one alone."""
    base = stretch_of(located)
    begin = _begin(base.read_at(0, 4096))
    number = count = first = 0
    start = last = begin
    for place in Borders(base, begin).places():
        if count > first and (place - start >= SECTION or place - last >= LARGE):
            if place - last >= LARGE and last > start:
                yield _section(located, number, (start, last), first)
                number, start, first = number + 1, last, count - 1
            yield _section(located, number, (start, place), first)
            number, start, first = number + 1, place, count
        last, count = place, count + 1
    surveyed = digest(located)
    if count > first or number == 0:
        if last > start and surveyed.bytes - last >= LARGE:
            yield _section(located, number, (start, last), first)
            number, start, first = number + 1, last, count - 1
        yield _section(located, number, (start, surveyed.bytes), first)
    yield surveyed


def _section(located: Located, number: int, place: tuple[int, int], first: int) -> Section:
    return Section(located=located, number=number, start=place[0], stop=place[1], first=first)


def read(section: Section) -> Iterator[Given]:
    """The messages of a section as rows, one a mention."""
    located = section.located
    mails, waiting = Mails(), 0
    for number, base, (start, stop) in _messages(section):
        parts = _parts(base, start, stop, inline=inline(located))
        if parts is None:
            place = f"record {number}"
            yield Issue(
                source=located.source, code="source.bad_record", place=place, bytes_unread=stop - start
            )
            continue
        yield from add(mails, number, located, base, parts)
        waiting = len(mails)
        if mails.bytes >= BATCH_BYTES or waiting >= BATCH_ROWS:
            yield mails.rows()
    if len(mails):
        yield mails.rows()


def _messages(section: Section) -> Iterator[tuple[int, Stretch, tuple[int, int]]]:
    """The messages of a section: their numbers, what they are read from, and where they stand."""
    base = stretch_of(section.located)
    start = section.start
    stop = section.stop if section.stop is not None else base.length()
    places = [*Borders(base, start, stop).places(), stop]
    held = Held(base.read_at(start, stop - start), start) if stop - start <= HELD else base
    for number, place in enumerate(pairwise(places), section.first):
        yield number, held, place


def _parts(base: Stretch, start: int, stop: int, *, inline: bool) -> Parts | None:
    """The parts of the message whose `From ` line is at `start`; None where it has no header and is no text."""
    line = base.read_at(start, min(stop - start, 4096))
    at = 0
    while line.startswith((b"From ", b">From "), at):
        at = line.find(b"\n", at) + 1 or len(line)
    found = split(base, start + at, stop, inline=inline)
    if not found.header and detect(base.read_at(start + at, min(stop - start - at, 1 << 16)), -1) is None:
        return None
    sender = line[5 : line.find(b"\n")].split(b" ", 1)[0]
    if b"@" in sender and not any(name in ("from", "return-path") for name, _ in found.header):
        found.header.append(("return-path", sender))
    return found


def members(located: Located) -> Iterator[Located | Issue]:
    """The attachments of all messages, in order."""
    deep = inline(located)
    for section in survey(located):
        if isinstance(section, Section):
            for number, base, (start, stop) in _messages(section):
                parts = _parts(base, start, stop, inline=deep) if _laden(base, start, stop) else None
                if parts is not None:
                    yield from listed(located, base, parts, f"{number}/")


def _laden(base: Stretch, start: int, stop: int) -> bool:
    """Whether a message may hold anything but its own text, by the fields that would say so."""
    data = base.read_at(start, stop - start) if stop - start <= LARGE else b""
    if not data or b"\nbegin " in data:
        return True
    for found in _CONTENT.finditer(data):
        value = found[1].lower()
        if b"name" in value or b"attach" in value or (b"/" in value and not value.startswith(_USUAL)):
            return True
    return False


def sample(located: Located) -> Rows | None:
    """The cells of the first messages; running text needs no plan."""
    head = stretch_of(located).read_at(0, SAMPLE)
    section = Section(located=located, number=0, start=_begin(head), stop=len(head))
    rows = next((one for one in read(section) if isinstance(one, Rows)), None)
    return None if rows is None else replace(rows, frame=rows.frame.drop(PROSE, strict=False))


FORMAT = Format(
    name="mbox",
    label={"fr": "boîte aux lettres (mbox)", "en": "mailbox (mbox)"},
    reader="mail",
    sniff=sniff,
    survey=survey,
    read=read,
    sample=sample,
    container=members,
    member=member,
    itself=True,
)
