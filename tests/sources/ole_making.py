"""DOC and PPT files made by their specifications, for tests."""

from __future__ import annotations

import struct
import zlib

from tocsin.sources.ole_write import compound

TABLE = b"nom;tel\nA;0612345678\nB;0612345679\n"


def properties(*values: str, page: int = 1252) -> bytes:
    """A property set of these strings ([MS-OLEPS] 2.21)."""
    typed = [struct.pack("<HHHH", 2, 0, page, 0)]
    for value in values:
        raw = value.encode(f"cp{page}") + b"\0"
        typed.append(struct.pack("<HHI", 0x1E, 0, len(raw)) + raw + bytes(-len(raw) % 4))
    at, places = 8 + 8 * len(typed), b""
    for identity, value in enumerate(typed, 1):
        places += struct.pack("<II", identity, at)
        at += len(value)
    inside = struct.pack("<II", at, len(typed)) + places + b"".join(typed)
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, bytes(16), 1, bytes(16), 48) + inside


def strings(*values: str) -> bytes:
    """A table of strings ([MS-DOC] 2.2.4)."""
    rows = b"".join(struct.pack("<H", len(value)) + value.encode("utf-16-le") for value in values)
    return struct.pack("<HHH", 0xFFFF, len(values), 0) + rows


def word(stories: dict[int, str], *, cut: int = 7, flags: int = 0x200, **others: object) -> bytes:
    """A document whose stories (by the number of their count) are pieces of `cut` characters, 8 and 16 bits in turn."""
    text = "".join(stories.values())
    stream = bytearray(2048)
    borders, places = [0], []
    for number, at in enumerate(range(0, len(text), cut)):
        piece = text[at : at + cut]
        narrow = number % 2 == 0 and piece.isascii()
        places.append(len(stream) * 2 | 0x40000000 if narrow else len(stream))
        stream += piece.encode("cp1252" if narrow else "utf-16-le")
        borders.append(at + len(piece))
    rows = b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    pieces_ = struct.pack(f"<{len(borders)}I", *borders) + rows
    clx = b"\x01" + struct.pack("<H", 3) + b"xyz" + b"\x02" + struct.pack("<I", len(pieces_)) + pieces_
    authors = strings("Inconnu", "Correctrice")
    struct.pack_into("<HH", stream, 0, 0xA5EC, 193)
    struct.pack_into("<H", stream, 10, flags)
    struct.pack_into("<8i", stream, 0x4C, *(len(stories.get(number, "")) for number in range(8)))
    struct.pack_into("<II", stream, 0x9A + 8 * 33, 0, len(clx))
    struct.pack_into("<II", stream, 0x9A + 8 * 51, len(clx), len(authors))
    tree = {
        "WordDocument": bytes(stream),
        "1Table": clx + authors,
        "\x05SummaryInformation": properties("Titre", "Objet", "Autrice é"),
        **others,
    }
    return compound(tree)


def atom(kind: int, content: bytes, version: int = 0) -> bytes:
    """A record of PowerPoint ([MS-PPT] 2.3.1)."""
    return struct.pack("<HHI", version, kind, len(content)) + content


def presentation(**others: object) -> bytes:
    """Two slides in the list of slides, a box on one of them, a comment, an embedded object."""
    listed = atom(0x03F3, bytes(20)) + atom(0x0FA0, "Titre Ω\rpoint".encode("utf-16-le"))
    listed += atom(0x03F3, bytes(20)) + atom(0x0FA8, "été".encode("latin-1"))
    inside = compound({"\x01Ole10Native": struct.pack("<I", len(TABLE)) + TABLE})
    stream = atom(0x03E8, atom(0x0FF0, listed, 15), 15) + atom(0x03EE, atom(0x0FA8, b"bulle"), 15)
    stream += atom(0x0FBA, "Relectrice".encode("utf-16-le"))
    stream += atom(0x1011, struct.pack("<I", len(inside)) + zlib.compress(inside), 0x10)
    user = struct.pack("<HHIII", 0, 0x0FF6, 20, 20, others.pop("token", 0xE391C05F))  # type: ignore[call-overload]
    return compound({"PowerPoint Document": stream, "Current User": user + bytes(16), **others})
