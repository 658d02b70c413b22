"""The sheets that an old or binary workbook (XLS, XLSB) lists, read from its bytes: names, and whether it is locked.

[MS-XLS] 2.4.28 (BoundSheet8), 2.4.117 (FilePass); [MS-XLSB] 2.4.304 (BrtBundleSh), 2.1.4 (records).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.limits import limit
from tocsin.sources.stretch import Stretch

BOF, EOF, FILEPASS, BOUNDSHEET, CODEPAGE = 0x809, 0x0A, 0x2F, 0x85, 0x42
BUNDLE_SHEET = 156
# The records of the workbook itself stand before those of the first sheet.
MOST = 64 << 20


@dataclass(frozen=True, slots=True)
class Listed:
    """The sheets of a workbook by their place, those without cells (charts, macros) left out; `locked` by a password."""

    sheets: tuple[tuple[int, str], ...]
    locked: bool = False
    sound: bool = True


def sheets_of(stream: Stretch) -> Listed:
    """What the workbook stream of an XLS says of its sheets."""
    found: list[tuple[int, str]] = []
    place, page, wide, sound = 0, "cp1252", True, False
    for kind, data in _records(stream):
        if kind == BOF:
            sound, wide = True, data[:2] == b"\x00\x06"
        elif kind == FILEPASS:
            return Listed((), locked=True)
        elif kind == CODEPAGE and len(data) >= 2:
            page = _page(int.from_bytes(data[:2], "little"))
        elif kind == BOUNDSHEET and len(data) >= 8:
            if data[5] == 0 and len(found) < limit("sheet", "sheets"):
                found.append((place, _name(data[6:], page, wide=wide)))
            place += 1
        elif kind == EOF:
            break
    return Listed(tuple(found), sound=sound)


def _records(stream: Stretch) -> Iterator[tuple[int, bytes]]:
    """Kind and content of every record from the start."""
    at = 0
    while at < MOST:
        head = stream.read_at(at, 4)
        if len(head) < 4:
            return
        size = int.from_bytes(head[2:], "little")
        yield int.from_bytes(head[:2], "little"), stream.read_at(at + 4, min(size, 8224))
        at += 4 + size


def _page(number: int) -> str:
    """A Windows code page by its number; 1200 is UTF-16, which names say themselves."""
    try:
        "".encode(f"cp{number}")
    except LookupError:
        return "mac_roman" if number == 10000 else "cp1252"
    return f"cp{number}"


def _name(data: bytes, page: str, *, wide: bool) -> str:
    count = data[0]
    if not wide:
        return data[1 : 1 + count].decode(page, "replace")
    if data[1] & 1:
        return data[2 : 2 + 2 * count].decode("utf-16-le", "replace")
    return data[2 : 2 + count].decode("latin-1")


def bundled_sheets(data: bytes) -> Listed:
    """What `xl/workbook.bin` of an XLSB says of its sheets."""
    found: list[tuple[int, str]] = []
    at = place = 0
    while at < len(data) and len(found) < limit("sheet", "sheets"):
        kind, at = _varint(data, at, 2)
        size, at = _varint(data, at, 4)
        body = data[at : at + size]
        at += size
        if kind == BUNDLE_SHEET and len(body) >= 16:
            _, after = _string(body, 8)
            name, _ = _string(body, after)
            found.append((place, name))
            place += 1
    return Listed(tuple(found), sound=bool(found))


def _varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        byte = data[at] if at < len(data) else 0
        at += 1
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            break
    return value, at


def _string(data: bytes, at: int) -> tuple[str, int]:
    count = int.from_bytes(data[at : at + 4], "little")
    if count > len(data):
        return "", at + 4
    return data[at + 4 : at + 4 + 2 * count].decode("utf-16-le", "replace"), at + 4 + 2 * count
