"""zip archives: members by the central directory, or by their own headers where it is missing."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tocsin.sources.names import beside, escaped, hostile
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Issue, Located, Sniffed
from tocsin.sources.stretch import Damage, Nothing, Part, Stretch
from tocsin.sources.unpacking import RAW, Inflater, Unpacked, bunzip

# Signatures and layouts: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END64, LOCATOR64 = b"PK\x06\x06", b"PK\x06\x07"
STORED, DEFLATED, BZIP2 = 0, 8, 12
ENCRYPTED, STREAMED, UTF8 = 1, 8, 1 << 11
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


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The signature of a first member, or of the end of an archive without any."""
    return Sniffed(confidence=0.9) if head.startswith((LOCAL, END, b"PK\x07\x08PK\x03\x04")) else None


def members(located: Located) -> Iterator[Located | Issue]:
    """Every member that can be read, and an issue for every one that cannot."""
    base = stretch_of(located)
    directory = _directory(base)
    if directory is None:
        yield Issue(source=located.source, code="source.no_directory")
        entries = _recovered(base)
    else:
        entries = _listed(base, *directory)
    for entry in entries:
        if isinstance(entry, Damage):
            yield Issue(source=located.source, code=entry.code, bytes_unread=entry.bytes_unread)
        elif not entry.name.endswith(b"/") or entry.size:
            yield from _given(located, entry)


def _given(located: Located, entry: Entry) -> Iterator[Located | Issue]:
    name = escaped(_decoded(entry))
    if entry.link or entry.flags & ENCRYPTED:
        code = "source.symlink" if entry.link else "source.encrypted"
        yield Issue(source=located.source, place=name, code=code, bytes_unread=entry.size)
        return
    if entry.method not in (STORED, DEFLATED, BZIP2):
        yield Issue(source=located.source, place=name, code="source.method", bytes_unread=entry.size)
        return
    if hostile(name):
        yield Issue(source=located.source, place=name, code="source.hostile_name")
    size = -1 if entry.size is None else entry.size
    chain = (*located.members, entry.number)
    yield replace(located, source=beside(located.source, name), members=chain, bytes=size)


def member(base: Stretch, number: int) -> Stretch:
    """The bytes of the member whose header (central, else local) begins at `number`."""
    entry = _central(base, number) if base.read_at(number, 4) == CENTRAL else _local(base, number)
    header = None if entry is None else _header(base, entry)
    if entry is None or header is None:
        return Nothing(base, Damage("source.damaged"))
    name, extra = struct.unpack("<HH", header[26:30])
    start = entry.header + 30 + name + extra
    if entry.method == STORED:
        return Part(base, start, base.length() - start if entry.packed is None else entry.packed)
    engine = bunzip if entry.method == BZIP2 else lambda: Inflater(RAW)
    return Unpacked(base, engine, start=start, length=entry.packed, size=entry.size, crc=entry.crc)


def _header(base: Stretch, entry: Entry) -> bytes | None:
    """The local header of `entry`."""
    header = base.read_at(entry.header, 30)
    return header if len(header) == 30 and header.startswith(LOCAL) else None


def _directory(base: Stretch) -> tuple[int, int, int] | None:
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


def _listed(base: Stretch, start: int, stop: int, shift: int) -> Iterator[Entry | Damage]:
    """The entries of the central directory."""
    while start < stop:
        entry = _central(base, start, shift)
        if entry is None:
            yield Damage("source.damaged")
            return
        yield entry
        start = entry.next


def _central(base: Stretch, at: int, shift: int | None = None) -> Entry | None:
    """The entry of the central directory at `at` (APPNOTE 4.3.12)."""
    raw = base.read_at(at, 46)
    if len(raw) < 46 or not raw.startswith(CENTRAL):
        return None
    flags, method, crc, packed, size = struct.unpack("<HH4xIII", raw[8:28])
    name, extra, comment = struct.unpack("<HHH", raw[28:34])
    attributes, header = struct.unpack("<II", raw[38:46])
    rest = base.read_at(at + 46, name + extra)
    size, packed, header = _wide(rest[name:], size, packed, header)
    if shift is None:
        found = None if base.read_at(header, 4) == LOCAL else _directory(base)
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
    )


def _wide(extra: bytes, size: int, packed: int, header: int) -> tuple[int, int, int]:
    """Sizes and offset out of the zip64 field where the narrow ones are full (APPNOTE 4.5.3)."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack("<HH", extra[at : at + 4])
        if kind == 1:
            wide = iter(struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8]))
            values = [next(wide, (value,))[0] if value == MANY else value for value in (size, packed, header)]
            return values[0], values[1], values[2]
        at += 4 + length
    return size, packed, header


def _recovered(base: Stretch) -> Iterator[Entry | Damage]:
    """Members by their local headers, one after the other, of an archive that was cut."""
    at = _next_header(base, 0)
    while at is not None:
        entry = _local(base, at)
        if entry is not None:
            yield entry
        at = _next_header(base, at + 4 if entry is None else entry.next)


def _local(base: Stretch, at: int) -> Entry | None:
    """The member whose local header is at `at` (APPNOTE 4.3.7)."""
    raw = base.read_at(at, 30)
    if len(raw) < 30 or not raw.startswith(LOCAL) or raw[4] > 63:
        return None
    flags, method, crc, packed, size = struct.unpack("<HH4xIII", raw[6:26])
    name, extra = struct.unpack("<HH", raw[26:30])
    rest = base.read_at(at + 30, name + extra)
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
    )


def _next_header(base: Stretch, at: int) -> int | None:
    """The place of the next local header from `at` on."""
    while window := base.read_at(at, 1 << 20):
        found = window.find(LOCAL)
        if found >= 0:
            return at + found
        at += max(len(window) - 3, 1)
    return None


def _decoded(entry: Entry) -> bytes:
    """The member's name in UTF-8: as flagged, else where it is valid UTF-8, else from code page 437."""
    try:
        entry.name.decode("utf-8")
    except UnicodeDecodeError:
        return entry.name if entry.flags & UTF8 else entry.name.decode("cp437").encode("utf-8")
    return entry.name


FORMAT = Format(
    name="zip",
    label={"fr": "archive zip", "en": "zip archive"},
    reader="zlib",
    sniff=sniff,
    survey=lambda located: iter(()),
    read=lambda section: iter(()),
    container=members,
    member=member,
)
