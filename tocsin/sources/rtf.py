"""Rich Text Format: the document's text, and the files and pictures that were put inside it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace

from tocsin.sources.document import record, said
from tocsin.sources.names import beside, escaped
from tocsin.sources.ole_document import Held, packaged
from tocsin.sources.opening import read_range, stretch_of
from tocsin.sources.rtf_text import Rtf, whole_characters
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed
from tocsin.sources.stretch import Damage, Nothing, Stretch
from tocsin.sources.whole import one_section

MOST = 1 << 29
_INSIDE = re.compile(rb"\\(?:objdata|pngblip|jpegblip)(?![A-Za-z])")
_CONTROL = re.compile(rb"\{[^{}]*\}|\\[A-Za-z]+-?[0-9]* ?|[^0-9A-Fa-f]+")
_END = re.compile(rb"[{}]")
LABELS = {b"objdata": "object", b"pngblip": "picture", b"jpegblip": "picture"}


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The first group of every document."""
    return Sniffed(confidence=0.99) if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"{\\rtf" else None


def read(section: Section) -> Iterator[Given]:
    """The document as one record."""
    located = section.located
    if located.bytes > MOST:
        yield Issue(source=located.source, code="source.too_large", bytes_unread=located.bytes)
        return
    reader = Rtf()
    text = whole_characters(reader.text(read_range(located, 0, MOST)))
    yield from record(iter((said(None, text),)))
    if reader.open:
        yield Issue(source=located.source, code="source.truncated")


def members(located: Located) -> Iterator[Located | Issue]:
    """The objects and pictures, in the file's order; an object by the name that it was packaged under."""
    if located.bytes > MOST:
        return
    data = stretch_of(located).read_at(0, MOST)
    for number, found in enumerate(_INSIDE.finditer(data), 1):
        label = f"{LABELS[found[0][1:]]}-{number}".encode()
        if found[0] == b"\\objdata":
            label = _object(_hexadecimal(data, found.end()))[0] or label
        name = beside(located.source, escaped(label))
        yield replace(located, source=name, members=(*located.members, found.start()), bytes=-1)


def member(base: Stretch, number: int) -> Stretch:
    """The object or the picture whose word begins at `number`."""
    data = base.read_at(number, MOST)
    found = _INSIDE.match(data)
    if found is None:
        return Nothing(base, Damage("source.damaged"))
    content = _hexadecimal(data, found.end())
    return Held(base, _object(content)[1] if found[0] == b"\\objdata" else content)


def _hexadecimal(data: bytes, at: int) -> bytes:
    """The bytes written in hexadecimal from `at` to the end of the group."""
    level, end = 0, at
    for brace in _END.finditer(data, at):
        level += 1 if brace[0] == b"{" else -1
        end = brace.end()
        if level < 0:
            break
    else:
        end = len(data) + 1
    digits = _CONTROL.sub(b"", data[at : end - 1])
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _object(data: bytes) -> tuple[bytes, bytes]:
    """The name and the bytes of an object of OLE 1.0 ([MS-OLEDS] 2.2.5): three counted names, then its counted data."""
    at = 8
    kind = b""
    for number in range(3):
        if at + 4 > len(data):
            return b"", data
        (length,) = struct.unpack_from("<I", data, at)
        kind = data[at + 4 : at + 4 + length].rstrip(b"\0") if number == 0 else kind
        at += 4 + length
    native = data[at + 4 :] if at + 4 <= len(data) else b""
    if kind.lower() == b"package":
        label, start, size = packaged(bytes(4) + native, len(native) + 4)
        return label, (bytes(4) + native)[start : start + size]
    return b"", native


FORMAT = Format(
    name="rtf",
    label={"fr": "document RTF", "en": "RTF document"},
    reader="rtf",
    sniff=sniff,
    survey=one_section,
    read=read,
    container=members,
    member=member,
    itself=True,
)
