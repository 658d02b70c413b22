"""Macros of Office documents: their source as text, for the names, addresses and passwords written in it; never run.

[MS-OVBA] 2.4.1 (compression), 2.3.4 (modules).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tocsin.sources.document import Said, record, said
from tocsin.sources.ole import Compound
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Section
from tocsin.sources.whole import one_section

# The first words of every module, behind the flags of its first chunk: `Attribute VB_Name`.
FIRST = b"\0Attribut"
CHUNK, MOST = 4096, 1 << 24


def unpacked(data: bytes) -> bytes:
    """What a compressed container holds (2.4.1.3.1), as much of it as is sound."""
    out = bytearray()
    at = 1 if data[:1] == b"\1" else len(data)
    while at + 2 <= len(data) and len(out) < MOST:
        (head,) = struct.unpack_from("<H", data, at)
        end = min(at + (head & 0x0FFF) + 3, len(data))
        if head >> 12 & 7 != 3:
            break
        if head & 0x8000:
            _chunk(data, at + 2, end, out)
        else:
            out += data[at + 2 : at + 2 + CHUNK]
        at = end
    return bytes(out)


def _chunk(data: bytes, at: int, end: int, out: bytearray) -> None:
    """One chunk: a byte of flags before every eight signs, each of which is a byte or a copy of what came before."""
    start = len(out)
    while at < end:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= end:
                return
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            if at + 2 > end or len(out) == start:
                return
            (token,) = struct.unpack_from("<H", data, at)
            bits = max((len(out) - start - 1).bit_length(), 4)
            back, length = (token >> (16 - bits)) + 1, (token & 0xFFFF >> bits) + 3
            if back > len(out) - start or len(out) - start + length > CHUNK:
                return
            for _ in range(length):
                out.append(out[-back])
            at += 2


def _said(section: Section) -> Iterator[Said | Issue]:
    """Every module, then the project's own description."""
    file = Compound(stretch_of(section.located))
    for entry in file.streams():
        data = file.read(entry, MOST)
        at = data.find(FIRST)
        if at >= 3:
            source = unpacked(data[at - 3 :]).decode("cp1252", "replace")
            yield said(entry.name, source.replace("\r\n", "\n"), whole=True)
    project = file.read(file.find("PROJECT"), MOST).decode("cp1252", "replace")
    yield said("PROJECT", project.replace("\r\n", "\n"))
    if file.damage is not None:
        yield Issue(source=section.located.source, code=file.damage.code)


def read(section: Section) -> Iterator[Given]:
    """The project as one record; a module's place is its name."""
    yield from record(_said(section))


FORMAT = Format(
    name="vba",
    label={"fr": "macros Office (VBA)", "en": "Office macros (VBA)"},
    reader="ms-ovba",
    sniff=lambda head, size: None,
    survey=one_section,
    read=read,
)
