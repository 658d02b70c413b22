"""What Outlook hides in `winmail.dat` (TNEF): the text of a message and its attachments, each a source of its own.

Structures: [MS-OXTNEF] 2.1 (attributes, the encapsulation of properties), [MS-OXPROPS] (the numbers of properties).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from tocsin.sources.mail_decoding import text_in
from tocsin.sources.mail_page import page
from tocsin.sources.mail_rows import Mails
from tocsin.sources.mail_text import Said, signed
from tocsin.sources.msg_properties import rtf
from tocsin.sources.msg_rtf import text_of_rtf
from tocsin.sources.names import beside, escaped, hostile
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed
from tocsin.sources.stretch import Part, Stretch
from tocsin.sources.whole import one_section

MAGIC = b"\x78\x9f\x3e\x22"
SUBJECT, BODY, PROPERTIES, TITLE, DATA, BEGINS, ATTACHED = (
    0x8004,
    0x800C,
    0x9003,
    0x8010,
    0x800F,
    0x9002,
    0x9005,
)
LONG_NAME, PLAIN, PAGE, PACKED = 0x3707, 0x1000, 0x1013, 0x1009
MOST, BITS = 1 << 26, 48
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_COUNTED = (0x1E, 0x1F, 0x102, 0x0D)


@dataclass(slots=True)
class _Content:
    """What a stream holds; attachments by name with where their bytes are."""

    texts: dict[int, str] = field(default_factory=dict)
    files: list[tuple[str, int, int]] = field(default_factory=list)
    cut: bool = False


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The signature."""
    return Sniffed(confidence=0.99) if head.startswith(MAGIC) else None


def _content(base: Stretch) -> _Content:
    """The attributes in order; a cut one ends the stream."""
    found, at, length = _Content(), 6, base.length()
    name, data = "", None
    while at < length:
        head = base.read_at(at, 9)
        if len(head) < 9:
            found.cut = True
            break
        number, _, size = struct.unpack_from("<HHI", head, 1)
        start, at = at + 9, at + 11 + size
        found.cut = found.cut or at > length
        if number == BEGINS:
            _file(found, name, data)
            name, data = "", None
        elif number == DATA:
            data = (start, min(size, max(length - start, 0)))
        elif number in (SUBJECT, BODY, TITLE, PROPERTIES, ATTACHED):
            value = base.read_at(start, min(size, MOST))
            told = properties(value) if number in (PROPERTIES, ATTACHED) else {}
            if number == ATTACHED:
                name = told.get(LONG_NAME, name)
            elif number == TITLE:
                name = name or text_in(value.rstrip(b"\0"), "cp1252")[0]
            else:
                found.texts |= told or {number: text_in(value.rstrip(b"\0"), "cp1252")[0]}
    _file(found, name, data)
    return found


def _file(found: _Content, name: str, data: tuple[int, int] | None) -> None:
    if data is not None:
        found.files.append((name, *data))


def properties(data: bytes) -> dict[int, str]:
    """The text properties of an encapsulation; damage ends it."""
    found: dict[int, str] = {}
    try:
        (count,), at = struct.unpack_from("<I", data), 4
        for _ in range(count):
            kind, number = struct.unpack_from("<HH", data, at)
            at = _past_name(data, at + 4, number)
            values, at = _values(data, at, kind)
            for value in values[:1]:
                found[number] = _text(number, kind & 0xFFF, value)
    except struct.error:
        pass
    return {number: text for number, text in found.items() if text}


def _past_name(data: bytes, at: int, number: int) -> int:
    """Past the name of a named property."""
    if number < 0x8000:
        return at
    (kind,) = struct.unpack_from("<I", data, at + 16)
    if kind == 0:
        return at + 24
    (length,) = struct.unpack_from("<I", data, at + 20)
    return int(at + 24 + (length + 3) // 4 * 4)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    """The values of a property and where they end. Raises struct.error where they are cut or of an unknown kind."""
    single, several = kind & 0xFFF, bool(kind & 0x1000)
    if single in _COUNTED:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    elif several:
        (count,) = struct.unpack_from("<I", data, at)
        return [], int(at + 4 + count * _SIZES.get(single, 4))
    elif single in _SIZES:
        return [], at + _SIZES[single]
    else:
        raise struct.error
    values = []
    for _ in range(count):
        (length,) = struct.unpack_from("<I", data, at)
        values.append(data[at + 4 : at + 4 + length])
        at += int(4 + (length + 3) // 4 * 4)
    return values, at


def _text(number: int, kind: int, value: bytes) -> str:
    """A property as text; binary ones only where they are the message."""
    if kind == 0x1F:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    if kind == 0x1E:
        return text_in(value.rstrip(b"\0"), "cp1252")[0]
    if number == PAGE:
        return text_in(value, "utf-8")[0]
    if number == PACKED:
        text, hidden = text_of_rtf(rtf(value))
        return page(text) if hidden else text
    return ""


def read(section: Section) -> Iterator[Given]:
    """The text of the message, the page where it is one; who it is from stands in the mail around it."""
    located = section.located
    content = _content(stretch_of(located))
    if content.cut:
        yield Issue(source=located.source, code="source.truncated", place="record 0")
    texts = content.texts
    whole = (
        texts.get(BODY) or texts.get(PLAIN) or (page(texts[PAGE]) if PAGE in texts else texts.get(PACKED, ""))
    )
    body, signature = signed(whole.replace("\r\n", "\n").strip())
    mails = Mails()
    mails.add(0, [("subject", texts.get(SUBJECT, "").encode())], Said(body, signature, ()))
    yield mails.rows()


def members(located: Located) -> Iterator[Located | Issue]:
    """The attachments."""
    for number, (name, start, size) in enumerate(_content(stretch_of(located)).files, 1):
        name = escaped((name.strip("\0") or f"part-{number}.bin").encode("utf-8", "surrogateescape"))
        if hostile(name):
            yield Issue(source=located.source, place=name, code="source.hostile_name")
        chain = (*located.members, (size << BITS) + start)
        yield replace(located, source=beside(located.source, name), members=chain, bytes=size)


def member(base: Stretch, number: int) -> Stretch:
    """The bytes of an attachment, whose place and size its number is."""
    return Part(base, number & ((1 << BITS) - 1), number >> BITS)


FORMAT = Format(
    name="tnef",
    label={
        "fr": "message Outlook encapsulé (winmail.dat)",
        "en": "Outlook message in a capsule (winmail.dat)",
    },
    reader="mail",
    sniff=sniff,
    survey=one_section,
    read=read,
    sample=lambda located: Rows(frame=pl.DataFrame(), numbers=pl.Series("record", [], pl.UInt64())),
    container=members,
    member=member,
    itself=True,
)
