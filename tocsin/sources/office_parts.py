"""The parts of documents that are zip archives (OOXML, ODF, EPUB): known by their first members, read one by one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tocsin.sources import zip as archive
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Issue, Located
from tocsin.sources.stretch import Stretch

BLOCK = 1 << 20
# What the members met while sniffing may unpack to, all together.
LOOKED = 1 << 22
# Fonts, settings of printers, and the small picture of the first page.
NO_DATA = (".odttf", ".ttf", ".fntdata", "thumbnail.jpeg", "thumbnail.png", "thumbnail.emf", "thumbnail.wmf")


@dataclass(frozen=True, slots=True)
class First:
    """One of the first members of an archive: its name and, for a small one, its content."""

    name: str
    content: bytes


@lru_cache(maxsize=2)
def first_members(head: bytes) -> tuple[First, ...]:
    """The members whose headers stand in `head`, one after the other from its start (APPNOTE 4.3.7).

    A zip inside a stored member of this one is not looked into, so that its members are not taken for ours.
    """
    found: list[First] = []
    at = budget = 0
    while head.startswith(archive.LOCAL, at) and len(head) - at >= 30 and budget < LOOKED:
        flags, method, _, packed, _ = struct.unpack("<HH4xIII", head[at + 6 : at + 26])
        name, extra = struct.unpack("<HH", head[at + 26 : at + 30])
        start = at + 30 + name + extra
        content, end = b"", start + packed
        if method == archive.DEFLATED and (packed < 1000 or flags & archive.STREAMED):
            content, used = _inflated(head[start : end if packed else None])
            budget += len(content)
            end = end if packed else start + used
        elif method == archive.STORED and packed < 1000:
            content = head[start:end]
        found.append(First(head[at + 30 : at + 30 + name].decode("utf-8", "replace"), content[:1000]))
        at = end
        if flags & archive.STREAMED:
            following = head.find(b"PK", end + 1, end + 30) if head[end : end + 4] == b"PK\x07\x08" else -1
            at = following if following >= 0 else end + 12
    return tuple(found)


def _inflated(data: bytes) -> tuple[bytes, int]:
    """What deflated `data` unpacks to (at most 4 MiB), and how many bytes of it belong to the stream."""
    engine = zlib.decompressobj(-15)
    try:
        content = engine.decompress(data, LOOKED)
    except zlib.error:
        return b"", len(data)
    return content, len(data) - len(engine.unused_data) - len(engine.unconsumed_tail)


def holds(head: bytes, folder: str) -> bool:
    """Whether `head` begins an OOXML package whose main parts stand in `folder` (ECMA-376 part 2, 6 and 7)."""
    names = {member.name for member in first_members(head)} if head.startswith(archive.LOCAL) else set()
    package = "[Content_Types].xml" in names or "_rels/.rels" in names or f"{folder}/_rels/" in "".join(names)
    return package and any(
        name.startswith(f"{folder}/") and name.endswith((".xml", ".rels")) for name in names
    )


def mimetype(head: bytes) -> str:
    """The content of the member `mimetype` (ODF 1.3 part 2, 3.3; EPUB 3.3, 4.2.3), "" without one."""
    members = first_members(head) if head.startswith(archive.LOCAL) else ()
    found = next((member.content for member in members if member.name == "mimetype"), b"")
    return found.decode("ascii", "replace").strip()


class Parts:
    """The parts of the package that `located` is, by name; a second one of a name is called `name#2`.

    `issues` are what its directory says of parts that cannot be read, and of itself.
    """

    def __init__(self, located: Located) -> None:
        self.located = located
        self.issues: list[Issue] = []
        self.members: dict[str, Located] = {}
        self._base = stretch_of(located)
        before = len(located.source) + 2
        for found in archive.members(located):
            if isinstance(found, Issue):
                self.issues.append(found)
                continue
            name, again = found.source[before:], 2
            while name in self.members:
                name, again = f"{found.source[before:]}#{again}", again + 1
            self.members[name] = found

    def names(self, folder: str = "", ending: str = "") -> list[str]:
        """The names that begin and end so, numbers inside them in order (`slide2` before `slide10`)."""
        return sorted((n for n in self.members if n.startswith(folder) and n.endswith(ending)), key=in_order)

    def open(self, name: str) -> Stretch | None:
        """A part's bytes, None where there is no such part."""
        found = self.members.get(name)
        return None if found is None else archive.member(self._base, found.members[-1])

    def read(self, name: str, most: int = 1 << 26) -> bytes:
        """The first `most` bytes of a part; none where it is missing."""
        stretch = self.open(name)
        return b"" if stretch is None else stretch.read_at(0, most)

    def blocks(self, name: str) -> Iterator[bytes | Issue]:
        """A part's bytes in blocks of 1 MiB, then an issue if it ends early."""
        stretch, at = self.open(name), 0
        if stretch is None:
            return
        while block := stretch.read_at(at, BLOCK):
            yield block
            at += len(block)
        if stretch.damage is not None:
            damage = stretch.damage
            yield Issue(
                source=self.located.source, code=damage.code, place=name, bytes_unread=damage.bytes_unread
            )

    def others(
        self, read: frozenset[str] | tuple[str, ...] = (".xml", ".rels", ".vml")
    ) -> Iterator[Located | Issue]:
        """What the package holds besides the parts whose names end so: pictures, embedded files, strangers."""
        endings = (*read, *NO_DATA)
        before = len(self.located.source) + 2
        for name, found in self.members.items():
            if not name.lower().partition("#")[0].endswith(endings) and "printerSettings" not in name:
                yield replace(found, source=found.source[:before] + name)
        for issue in self.issues:
            if issue.place is not None and not issue.place.lower().endswith(endings):
                yield issue


def in_order(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts numbers inside names by value."""
    pieces: list[tuple[int, str]] = []
    digits = ""
    for char in name:
        if char.isascii() and char.isdigit():
            digits += char
            continue
        if digits:
            pieces.append((int(digits[:18]), ""))
            digits = ""
        pieces.append((-1, char))
    return (*pieces, (int(digits[:18]), "")) if digits else tuple(pieces)
