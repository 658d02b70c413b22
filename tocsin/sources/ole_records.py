"""Files inside the streams of Office documents: pictures ([MS-ODRAW] 2.2.23) and embedded objects ([MS-PPT] 2.10.34).

Each is a record with a header of eight bytes; its number says in which stream and where that header stands.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace

from tocsin.sources.decoders import Inflater
from tocsin.sources.names import beside, escaped
from tocsin.sources.ole import Compound
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Issue, Located
from tocsin.sources.stretch import Damage, Nothing, Part, Stretch
from tocsin.sources.unpacking import Unpacked

# A member's number: the stream's entry above, the place of the record in it below.
SHIFT = 36
OBJECT, MACROS = 0x1011, 0x1006
JPEG, PNG, TIFF, JPEG_CMYK = 0xF01D, 0xF01E, 0xF029, 0xF02A
_BLIP = re.compile(rb"..[\x1d\x1e\x29\x2a]\xf0....", re.DOTALL)
_BEGINS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
# A picture stands behind one or two digests of 16 bytes and a mark.
SKIPS = (17, 33)
ZLIB = 15
MOST = 1 << 28


def pictures(located: Located, streams: tuple[str, ...]) -> Iterator[Located | Issue]:
    """The pictures in these streams of a compound file."""
    file = Compound(stretch_of(located))
    count = 0
    for name in streams:
        entry = file.find(name)
        data = file.read(entry, MOST)
        for found in _BLIP.finditer(data) if entry is not None else ():
            if entry is not None and _skipped(data, found.start()) is not None:
                count += 1
                yield _member(located, f"picture-{count}", entry.number, found.start())


def objects(located: Located, places: list[int], stream: str) -> Iterator[Located | Issue]:
    """The embedded objects whose records begin at `places` of a stream."""
    entry = Compound(stretch_of(located)).find(stream)
    for number, at in enumerate(places, 1):
        if entry is not None:
            yield _member(located, f"object-{number}", entry.number, at)


def _member(located: Located, name: str, entry: int, at: int) -> Located:
    label = beside(located.source, escaped(name.encode()))
    chain = (*located.members, (entry << SHIFT) + at)
    return replace(located, source=label, members=chain, bytes=-1, dialect=())


def _skipped(data: bytes, at: int) -> int | None:
    """Where the picture of the record at `at` begins in it, None where there is no picture."""
    return next((at + 8 + skip for skip in SKIPS if data.startswith(_BEGINS, at + 8 + skip)), None)


def record_stretch(file: Compound, number: int) -> Stretch | None:
    """The picture or object of this number."""
    entry, at = file.entries.get(number >> SHIFT), number & ((1 << SHIFT) - 1)
    if entry is None:
        return None
    base = file.open(entry)
    head = base.read_at(at, 64)
    if len(head) < 12:
        return Nothing(base, Damage("source.damaged"))
    instance, kind, size = struct.unpack_from("<HHI", head)
    if kind in (OBJECT, MACROS):
        if instance >> 4:
            return Unpacked(base, lambda: Inflater(ZLIB), start=at + 12, length=max(size - 4, 0))
        return Part(base, at + 8, size)
    start = _skipped(head, 0)
    if start is None:
        return Nothing(base, Damage("source.damaged"))
    return Part(base, at + start, max(size + 8 - start, 0))
