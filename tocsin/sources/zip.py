"""zip archives: members by the central directory, or by their own headers where it is missing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from tocsin.sources import password
from tocsin.sources.decoders import Engine, bunzip, inflate, lzma1, raw, unxz, unzstd
from tocsin.sources.names import beside, escaped, hostile
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Issue, Located, Sniffed
from tocsin.sources.stretch import Damage, Nothing, Part, Stretch
from tocsin.sources.unpacking import Unpacked
from tocsin.sources.zip_cipher import opened
from tocsin.sources.zip_entries import CENTRAL, END, UTF8, Entry, central, directory, listed, local, recovered
from tocsin.sources.zip_entries import LOCAL as LOCAL
from tocsin.sources.zip_entries import STREAMED as STREAMED

# PKWARE APPNOTE 6.3.10, section 4.4.5.
STORED, DEFLATED, LZMA = 0, 8, 14
METHODS: dict[int, Callable[[], Engine]] = {DEFLATED: inflate, 12: bunzip, 20: unzstd, 93: unzstd, 95: unxz}
TRIED, SOON = 1 << 16, 1 << 22


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The signature of a first member, or of the end of an archive without any."""
    return Sniffed(confidence=0.9) if head.startswith((LOCAL, END, b"PK\x07\x08PK\x03\x04")) else None


def members(located: Located) -> Iterator[Located | Issue]:
    """Every member that can be read, and an issue for every one that cannot."""
    base = stretch_of(located)
    found = directory(base)
    if found is None:
        yield Issue(source=located.source, code="source.no_directory")
        entries = recovered(base)
    else:
        entries = listed(base, *found)
    seen, again = set[int](), 0
    for entry in entries:
        if isinstance(entry, Damage):
            yield Issue(source=located.source, code=entry.code, bytes_unread=entry.bytes_unread)
        elif entry.header in seen:
            again += 1
        elif not entry.name.endswith(b"/") or entry.size:
            seen.add(entry.header)
            yield from _given(located, base, entry)
    if again:
        yield Issue(source=located.source, code="source.bomb", count=again, detail="same bytes again")


def _given(located: Located, base: Stretch, entry: Entry) -> Iterator[Located | Issue]:
    name = escaped(_decoded(entry))
    refused = _refused(base, entry)
    if refused is not None:
        code, detail = refused
        yield Issue(source=located.source, place=name, code=code, bytes_unread=entry.size, detail=detail)
        return
    if hostile(name):
        yield Issue(source=located.source, place=name, code="source.hostile_name")
    size = -1 if entry.size is None else entry.size
    chain = (*located.members, entry.number)
    yield replace(located, source=beside(located.source, name), members=chain, bytes=size)


def _refused(base: Stretch, entry: Entry) -> tuple[str, str | None] | None:
    """Why a member is not read: code and detail."""
    if entry.link:
        return "source.symlink", None
    if entry.method not in (STORED, LZMA, *METHODS):
        return "source.method", f"method {entry.method}"
    if entry.lock is not None and not password.offered():
        return "source.encrypted", None
    if entry.lock is not None and _bytes(base, entry) is None:
        return "source.encrypted", "no password fits"
    return None


def member(base: Stretch, number: int) -> Stretch:
    """The bytes of the member whose header (central, else local) begins at `number`."""
    entry = central(base, number) if base.read_at(number, 4) == CENTRAL else local(base, number)
    found = None if entry is None else _bytes(base, entry)
    return Nothing(base, Damage("source.damaged")) if found is None else found


def _bytes(base: Stretch, entry: Entry) -> Stretch | None:
    """A member's content; None where its header is damaged or no password opens it."""
    header = base.read_at(entry.header, 30)
    if len(header) < 30 or not header.startswith(LOCAL):
        return None
    name, extra = struct.unpack("<HH", header[26:30])
    start = entry.header + 30 + name + extra
    packed = Part(base, start, base.length() - start if entry.packed is None else entry.packed)
    if entry.lock is None:
        return _unpacked(packed, entry, entry.packed is None)
    for word, clear in opened(packed, entry.lock):
        found = _unpacked(clear, entry, False)
        if _proved(found, entry):
            password.opened(word)
            return found
    return None


def _unpacked(packed: Stretch, entry: Entry, endless: bool) -> Stretch:
    """What a method makes of packed bytes; `endless` where only the stream itself knows its end."""
    if entry.method == STORED:
        return packed
    start, new = 0, METHODS.get(entry.method)
    if new is None:
        # Version, length and content of the properties stand before the stream (APPNOTE 5.8.8).
        head = packed.read_at(0, 9)
        start, size = 4 + int.from_bytes(head[2:4], "little"), entry.size
        filter = None if size is None else lzma1(head[4:], size)
        if filter is None or size is None:
            return Nothing(packed, Damage("source.damaged", size))
        new = raw([filter], size)
    length = None if endless else packed.length() - start
    return Unpacked(packed, new, start=start, length=length, size=entry.size, crc=entry.crc)


def _proved(found: Stretch, entry: Entry) -> bool:
    """Whether a password that passed the lock's own check gives what was packed, as far as is soon seen."""
    if isinstance(found, Unpacked):
        found.read_at(0, TRIED)
        return found.damage is None or found.damage.code not in ("source.damaged", "source.bad_checksum")
    size = found.length()
    return entry.crc is None or size > SOON or zlib.crc32(found.read_at(0, size)) == entry.crc


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
