"""The properties of documents in compound files: author, last author, company, title, whatever else is text.

Property sets: [MS-OLEPS] 2.1 to 2.21.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator

from tocsin.sources.ole import Compound

STREAMS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
CODE_PAGE, TEMPLATE, PROGRAM = 1, 7, 18
LPSTR, LPWSTR, VECTOR, VARIANT = 0x1E, 0x1F, 0x1000, 0x0C
MOST, COUNT = 1 << 22, 10_000
FEW = 2_000


def properties(file: Compound) -> str:
    """Every property that is text, one a line, each once."""
    found: dict[str, None] = {}
    for name in STREAMS:
        for value in _values(file.read(file.find(name), MOST), name == STREAMS[0]):
            line = " ".join(value.replace("\0", " ").split())
            if line:
                found[line] = None
    return "".join(f"{line}\n" for line in found)


def _values(data: bytes, summary: bool) -> Iterator[str]:
    """The strings of every set of a stream."""
    if len(data) < 28 or data[:2] != b"\xfe\xff":
        return
    sets = min(struct.unpack_from("<I", data, 24)[0], 8)
    for number in range(sets):
        if 28 + number * 20 + 20 > len(data):
            return
        (start,) = struct.unpack_from("<I", data, 28 + number * 20 + 16)
        yield from _set(data, start, (TEMPLATE, PROGRAM) if summary else ())


def _set(data: bytes, start: int, without: tuple[int, ...]) -> Iterator[str]:
    if start + 8 > len(data):
        return
    count = min(struct.unpack_from("<I", data, start + 4)[0], COUNT, (len(data) - start - 8) // 8)
    places = dict(struct.unpack_from("<II", data, start + 8 + 8 * number) for number in range(count))
    page = "cp1252"
    if CODE_PAGE in places and start + places[CODE_PAGE] + 6 <= len(data):
        page = codec(struct.unpack_from("<H", data, start + places[CODE_PAGE] + 4)[0])
    for identity, offset in places.items():
        if identity not in (0, CODE_PAGE, *without):
            yield from _typed(data, start + offset, page)


def codec(number: int) -> str:
    """The codec of a Windows code page, Windows-1252 where it is not known."""
    name = {1200: "utf-16-le", 65001: "utf-8", 10000: "mac_roman", 0: "cp1252"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _typed(data: bytes, at: int, page: str) -> Iterator[str]:
    """A typed value: a string, or the strings of a vector (2.14, 2.15)."""
    if at + 8 > len(data):
        return
    kind, count = struct.unpack_from("<HxxI", data, at)
    at += 4
    single = kind & ~VECTOR
    if single not in (LPSTR, LPWSTR, VARIANT):
        return
    if kind & VECTOR:
        at += 4
    for _ in range(min(count, FEW) if kind & VECTOR else 1):
        inner = single
        if single == VARIANT and at + 8 <= len(data):
            inner = struct.unpack_from("<H", data, at)[0]
            at += 4
        if inner not in (LPSTR, LPWSTR):
            at += 4
            continue
        if at + 4 > len(data):
            return
        (length,) = struct.unpack_from("<I", data, at)
        size = length * 2 if inner == LPWSTR else length
        raw = data[at + 4 : at + 4 + size]
        yield raw.decode("utf-16-le" if inner == LPWSTR else page, "replace").rstrip("\0")
        at += 4 + size + (-size % 4 if inner == LPWSTR or single == VARIANT else 0)
