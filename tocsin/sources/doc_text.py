"""The text of Word 97-2003 documents: the pieces that the file's tables put in order ([MS-DOC] 2.4.1, 2.5, 2.8.35).

Deleted and hidden text is part of it. Where the tables are missing, what looks like text is taken instead.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.ole import Compound

MAGIC, OLD = 0xA5EC, (0xA5DC, 0xA5DB)
ENCRYPTED, SECOND_TABLE, FAST_SAVED = 0x0100, 0x0200, 0x0004
# Where the file information block keeps its counts and the places of its tables (2.5.4, 2.5.6).
COUNTS, PLACES = 0x4C, 0x9A
CLX, COMMENT_OWNERS, REVISION_AUTHORS, SAVED_BY = 33, 36, 51, 71
STORIES = (None, "footnotes", "headers", None, "comments", "endnotes", "text boxes", "text boxes")
PIECES = 1_000_000
MOST = 1 << 28
_SIGNS = {
    0x07: "\t", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x0E: "\n", 0x13: " ", 0x14: " ", 0x15: "", 0x1E: "-", 0x1F: "",
    **dict.fromkeys([*range(7), 8, *range(0x0F, 0x13), *range(0x16, 0x1E)], ""),
}  # fmt: skip
_ROWS = re.compile("\x07\x07")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff\r\t\x07]\0|[\x18-\x22]\x20|[\x52\x53\x78]\x01){6,}")
_NARROW = re.compile(rb"[\x20-\x7e\xa0-\xff\r\t\x07\x91-\x94]{6,}")


@dataclass(frozen=True, slots=True)
class Story:
    """A part of the document's text and its name (None: the body)."""

    name: str | None
    text: str


class Locked(Exception):
    """The document is encrypted."""


class NoTables(Exception):
    """The tables that order the text are missing or damaged."""


def stories(file: Compound) -> Iterator[Story]:
    """The document's texts in their order, then the names of its authors. Raises Locked or NoTables."""
    stream = file.read(file.find("WordDocument"), MOST)
    if len(stream) < 0x22:
        raise NoTables
    magic, flags = struct.unpack_from("<H8xH", stream)
    if flags & ENCRYPTED:
        raise Locked
    if magic in OLD or (magic == MAGIC and struct.unpack_from("<H", stream, 2)[0] < 101):
        yield from _old(stream, flags)
        return
    if len(stream) < PLACES + 8 * (CLX + 1):
        raise NoTables
    table = file.read(file.find("1Table" if flags & SECOND_TABLE else "0Table"), MOST)
    text = "".join(_pieces(stream, _at(stream, table, CLX)))
    counts = struct.unpack_from("<8i", stream, COUNTS)
    at = 0
    for name, count in zip(STORIES, counts, strict=True):
        if count > 0 and text[at : at + count].strip():
            yield Story(name, shown(text[at : at + count]))
        at += max(count, 0)
    if text[at:].strip("\r\0 "):
        yield Story("text boxes", shown(text[at:]))
    names = [
        *_strings(_at(stream, table, REVISION_AUTHORS)),
        *_strings(_at(stream, table, SAVED_BY)),
        *_counted(_at(stream, table, COMMENT_OWNERS)),
    ]
    yield Story("authors", "".join(f"{name}\n" for name in dict.fromkeys(names) if name.strip()))


def shown(text: str) -> str:
    """Line ends, tabs between cells, line ends between rows, blanks around field codes; marks without a text dropped."""
    text = _ROWS.sub("\n", text).translate(_SIGNS)
    return text if text.endswith("\n") else f"{text}\n"


def _old(stream: bytes, flags: int) -> Iterator[Story]:
    """Word 6 and 95: one run of bytes, unless the file was saved fast."""
    if flags & FAST_SAVED:
        raise NoTables
    start, stop = struct.unpack_from("<II", stream, 0x18)
    yield Story(None, shown(stream[start:stop].decode("cp1252", "replace")))


def _at(stream: bytes, table: bytes, number: int) -> bytes:
    """The entry of this number among the places, out of the table stream."""
    if PLACES + 8 * number + 8 > len(stream):
        return b""
    start, size = struct.unpack_from("<II", stream, PLACES + 8 * number)
    return table[start : start + size]


def _pieces(stream: bytes, clx: bytes) -> Iterator[str]:
    """The pieces in order (2.9.38, 2.9.177, 2.9.73): a compressed one has a byte a character."""
    at = 0
    while clx[at : at + 1] == b"\x01" and at + 3 <= len(clx):
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at : at + 1] != b"\x02" or at + 5 > len(clx):
        raise NoTables
    size = min(struct.unpack_from("<I", clx, at + 1)[0], len(clx) - at - 5)
    count = min((size - 4) // 12, PIECES)
    if count < 1:
        raise NoTables
    borders = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    budget = 4 * len(stream) + 1024
    for number in range(count):
        length = max(borders[number + 1] - borders[number], 0)
        (place,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)
        narrow, start = bool(place & 0x40000000), place & 0x3FFFFFFF
        start = start // 2 if narrow else start
        raw = stream[start : start + length * (1 if narrow else 2)]
        budget -= len(raw)
        if budget < 0:
            return
        text = raw.decode("cp1252" if narrow else "utf-16-le", "replace")
        yield text + "\0" * min(length - len(text), len(stream))


def _strings(data: bytes) -> Iterator[str]:
    """The strings of a table of them (2.2.4), in 16-bit characters."""
    if data[:2] != b"\xff\xff" or len(data) < 6:
        return
    count, extra = struct.unpack_from("<HH", data, 2)
    at = 6
    for _ in range(count):
        if at + 2 > len(data):
            return
        size = 2 * struct.unpack_from("<H", data, at)[0]
        yield data[at + 2 : at + 2 + size].decode("utf-16-le", "replace")
        at += 2 + size + extra


def _counted(data: bytes) -> Iterator[str]:
    """Strings one after the other, each behind its length."""
    at = 0
    while at + 2 <= len(data):
        size = 2 * struct.unpack_from("<H", data, at)[0]
        yield data[at + 2 : at + 2 + size].decode("utf-16-le", "replace")
        at += 2 + size


def salvaged(data: bytes) -> str:
    """What looks like text in a stream whose tables are lost: runs of Latin letters, 16 bits or 8 bits wide."""
    wide = [found[0].decode("utf-16-le", "replace") for found in _WIDE.finditer(data)]
    narrow = [found[0].decode("cp1252", "replace") for found in _NARROW.finditer(_WIDE.sub(b"\0", data))]
    return "".join(f"{run}\n" for run in [*wide, *narrow]).replace("\r", "\n").replace("\x07", "\t")
