"""The entries of a zip archive: those of its central directory, or those found one by one where it is missing."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.stretch import Damage, Stretch
from tocsin.sources.zip_cipher import Lock

# Signatures and layouts: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END64, LOCATOR64 = b"PK\x06\x06", b"PK\x06\x07"
ENCRYPTED, STREAMED, UTF8 = 1, 8, 1 << 11
AES, AES_FIELD = 99, 0x9901
MANY = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A member as its header describes it; `packed` None where only the stream itself knows its end."""

    number: int
    next: int
    name: bytes
    flags: int
    method: int
    crc: int | None
    packed: int | None
    size: int | None
    header: int
    link: bool
    lock: Lock | None = None


def directory(base: Stretch) -> tuple[int, int, int] | None:
    """Where the central directory begins, where it ends, and by how much all its offsets are wrong."""
    length = base.length()
    begin = max(length - 65_557 - 76, 0)
    tail = base.read_at(begin, length - begin)
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < 22:
        return None
    size, offset = struct.unpack("<II", tail[at + 12 : at + 20])
    stop = begin + at
    if MANY in (size, offset) or tail[at + 10 : at + 12] == b"\xff\xff":
        wide = tail[max(at - 76, 0) : at]
        found = wide.rfind(END64)
        if found >= 0 and len(wide) - found >= 56:
            size, offset = struct.unpack("<QQ", wide[found + 40 : found + 56])
            stop = begin + max(at - 76, 0) + found
    start = stop - size
    if start < 0 or (size and base.read_at(start, 4) != CENTRAL):
        return None
    return start, stop, start - offset


def listed(base: Stretch, start: int, stop: int, shift: int) -> Iterator[Entry | Damage]:
    """The entries of the central directory."""
    while start < stop:
        entry = central(base, start, shift)
        if entry is None:
            yield Damage("source.damaged")
            return
        yield entry
        start = entry.next


def central(base: Stretch, at: int, shift: int | None = None) -> Entry | None:
    """The entry of the central directory at `at` (APPNOTE 4.3.12)."""
    raw = base.read_at(at, 46)
    if len(raw) < 46 or not raw.startswith(CENTRAL):
        return None
    flags, method, crc, packed, size = struct.unpack("<HH4xIII", raw[8:28])
    name, extra, comment = struct.unpack("<HHH", raw[28:34])
    attributes, header = struct.unpack("<II", raw[38:46])
    rest = base.read_at(at + 46, name + extra)
    lock, method, crc = _lock(rest[name:], flags, method, crc, raw[13])
    size, packed, header = _wide(rest[name:], size, packed, header)
    if shift is None:
        found = None if base.read_at(header, 4) == LOCAL else directory(base)
        shift = 0 if found is None else found[2]
    return Entry(
        number=at,
        next=at + 46 + name + extra + comment,
        name=rest[:name],
        flags=flags,
        method=method,
        crc=crc,
        packed=packed,
        size=size,
        header=header + shift,
        link=raw[5] == 3 and attributes >> 28 == 0xA,
        lock=lock,
    )


def _lock(extra: bytes, flags: int, method: int, crc: int, hour: int) -> tuple[Lock | None, int, int | None]:
    """How a member is encrypted, its true method, and its checksum where the cipher leaves one.

    The old cipher's header ends with the checksum's first byte, or with that of the time where the checksum
    was not known yet (APPNOTE 6.1.6). WinZip's field names version, strength and method (section II.B).
    """
    if not flags & ENCRYPTED:
        return None, method, crc
    if method != AES:
        return Lock(hour if flags & STREAMED else crc >> 24), method, crc
    field = _field(extra, AES_FIELD)
    if len(field) < 7 or not 1 <= field[4] <= 3:
        return Lock(-1), AES, None
    lock = Lock(0, strength=field[4])
    return lock, int.from_bytes(field[5:7], "little"), crc if field[0] == 1 else None


def _field(extra: bytes, wanted: int) -> bytes:
    """One extra field's content (APPNOTE 4.5.1), empty where it is absent."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack("<HH", extra[at : at + 4])
        if kind == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _wide(extra: bytes, size: int, packed: int, header: int) -> tuple[int, int, int]:
    """Sizes and offset out of the zip64 field where the narrow ones are full (APPNOTE 4.5.3)."""
    field = _field(extra, 1)
    wide = struct.iter_unpack("<Q", field[: len(field) // 8 * 8])
    values = [next(wide, (value,))[0] if value == MANY else value for value in (size, packed, header)]
    return values[0], values[1], values[2]


def recovered(base: Stretch) -> Iterator[Entry | Damage]:
    """Members by their local headers, one after the other, of an archive that was cut."""
    at = _next_header(base, 0)
    while at is not None:
        entry = local(base, at)
        if entry is not None and entry.name:
            yield entry
        at = _next_header(base, at + 4 if entry is None else entry.next)


def local(base: Stretch, at: int) -> Entry | None:
    """The member whose local header is at `at` (APPNOTE 4.3.7)."""
    raw = base.read_at(at, 30)
    if len(raw) < 30 or not raw.startswith(LOCAL) or raw[4] > 63:
        return None
    flags, method, crc, packed, size = struct.unpack("<HH4xIII", raw[6:26])
    name, extra = struct.unpack("<HH", raw[26:30])
    rest = base.read_at(at + 30, name + extra)
    lock, method, crc = _lock(rest[name:], flags, method, crc, raw[11])
    size, packed, _ = _wide(rest[name:], size, packed, 0)
    streamed = bool(flags & STREAMED) and not packed
    return Entry(
        number=at,
        next=at + 30 + name + extra + (0 if streamed else packed),
        name=rest[:name],
        flags=flags,
        method=method,
        crc=None if streamed else crc,
        packed=None if streamed else packed,
        size=None if streamed else size,
        header=at,
        link=False,
        lock=lock,
    )


def _next_header(base: Stretch, at: int) -> int | None:
    """The place of the next local header from `at` on."""
    while window := base.read_at(at, 1 << 20):
        found = window.find(LOCAL)
        if found >= 0:
            return at + found
        at += max(len(window) - 3, 1)
    return None
