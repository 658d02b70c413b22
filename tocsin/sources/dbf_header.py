"""The header of a dBase, FoxPro or Clipper table (DBF): its fields, its code page, how many records it announces.

dBASE .DBF file structure (dBase III+, IV, 7, as published by dBase LLC) and Visual FoxPro's "Table File Structure".
"""

from __future__ import annotations

from dataclasses import dataclass

LEVEL_7 = frozenset({0x04, 0x8C, 0x44})
FOXPRO = frozenset({0x30, 0x31, 0x32})
VERSIONS = frozenset({0x02, 0x03, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xE5, 0xF5, 0xFB}) | LEVEL_7 | FOXPRO
TYPES = frozenset("CNFDLMGPBIYTOQVW@+0")
NAME = frozenset(range(0x20, 0x100))

# Language driver numbers as dBase and FoxPro write them.
PAGES = {
    **dict.fromkeys((0x01, 0x09, 0x0B, 0x0D, 0x0F, 0x11, 0x15, 0x18, 0x19, 0x1B), "cp437"),
    **dict.fromkeys((0x02, 0x0A, 0x0E, 0x10, 0x12, 0x14, 0x16, 0x1A, 0x1D, 0x25, 0x37), "cp850"),
    **dict.fromkeys((0x03, 0x57, 0x58, 0x59), "cp1252"),
    **dict.fromkeys((0x1F, 0x22, 0x23, 0x40, 0x64, 0x87), "cp852"),
    **dict.fromkeys((0x08, 0x17, 0x66), "cp865"),
    **dict.fromkeys((0x26, 0x65), "cp866"),
    **dict.fromkeys((0x13, 0x7B), "cp932"),
    **dict.fromkeys((0x4D, 0x7A), "cp936"),
    **dict.fromkeys((0x4E, 0x79), "cp949"),
    **dict.fromkeys((0x4F, 0x78), "cp950"),
    **dict.fromkeys((0x50, 0x7C), "cp874"),
    **dict.fromkeys((0x6A, 0x86), "cp737"),
    **dict.fromkeys((0x6B, 0x88), "cp857"),
    0x04: "mac_roman",
    0x1C: "cp863",
    0x24: "cp860",
    0x67: "cp861",
    0xC8: "cp1250",
    0xC9: "cp1251",
    0xCA: "cp1254",
    0xCB: "cp1253",
    0x7D: "cp1255",
    0x7E: "cp1256",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, type letter, and which bytes of a record it takes."""

    name: str
    kind: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a table says of itself; `page` is the language driver's number, 0 for none."""

    version: int
    records: int
    begin: int
    width: int
    page: int
    fields: tuple[Field, ...]


def header(head: bytes) -> Header | None:
    """The header that `head` begins with; None where it does not hold together."""
    if len(head) < 68 or head[0] not in VERSIONS or not (head[2] <= 12 and head[3] <= 31):
        return None
    begin, width = int.from_bytes(head[8:10], "little"), int.from_bytes(head[10:12], "little")
    first, step = (68, 48) if head[0] in LEVEL_7 else (32, 32)
    fields: list[Field] = []
    at, start = first, 1
    while at + step <= min(begin, len(head)) and head[at] not in (0x0D, 0x00):
        field = _field(head[at : at + step], start, level_7=step == 48)
        if field is None:
            return None
        fields.append(field)
        at, start = at + step, start + field.width
    ended = at < len(head) and head[at] == 0x0D and begin > at
    if not fields or not ended or start != width or begin > 1 << 16:
        return None
    return Header(head[0], int.from_bytes(head[4:8], "little"), begin, width, head[29], tuple(fields))


def _field(raw: bytes, start: int, *, level_7: bool) -> Field | None:
    name, rest = (raw[:32], raw[32:]) if level_7 else (raw[:11], raw[11:])
    name = name.partition(b"\0")[0]
    kind = chr(rest[0])
    width, decimals = (rest[1], rest[2]) if level_7 else (rest[5], rest[6])
    if not name or kind not in TYPES or not set(name) <= NAME:
        return None
    if kind == "C" and decimals and not level_7:
        width += decimals << 8  # Clipper's and FoxPro's long character fields
    return None if width == 0 else Field(name.decode("cp850").strip(), kind, start, width)


def encoding(found: Header, sample: bytes) -> str:
    """The encoding of the texts: UTF-8 where they are, else the code page told, else the likelier of two.

    DOS pages write the accented letters of Western Europe below 0xA6, Windows' above 0xBF.
    """
    high = [byte for byte in sample if byte >= 0x80]
    if high:
        try:
            sample.decode("utf-8")
        except UnicodeDecodeError as damage:
            whole = damage.start >= len(sample) - 4
        else:
            whole = True
        if whole:
            return "utf-8"
    if found.page in PAGES:
        return PAGES[found.page]
    low = sum(1 for byte in high if byte < 0xA6)
    return "cp850" if low * 2 > len(high) else "cp1252"
