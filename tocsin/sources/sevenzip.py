"""7z archives: solid streams unpacked once, in order, whoever asks; encrypted ones with the passwords offered."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tocsin.sources import password
from tocsin.sources.decoders import raw
from tocsin.sources.limits import limit
from tocsin.sources.names import beside, escaped, hostile
from tocsin.sources.opening import stretch_of
from tocsin.sources.sevenzip_archive import FIRST, Archive
from tocsin.sources.sevenzip_header import File
from tocsin.sources.source import Format, Issue, Located, Sniffed
from tocsin.sources.stretch import Damage, Nothing, Part, Stretch
from tocsin.sources.unpacking import Unpacked

MAGIC = b"7z\xbc\xaf\x27\x1c"
BLIND, KEPT = 1 << 31, 4
_kept: list[tuple[Stretch, list[str], Archive]] = []


class Member(Part):
    """A file inside its folder; read in order to its end, its checksum is looked at."""

    def __init__(self, folder: Stretch, file: File) -> None:
        super().__init__(folder, file.offset, file.size)
        self._folder, self._file, self._next, self._crc = folder, file, 0, 0

    def read_at(self, start: int, count: int) -> bytes:
        """As asked."""
        piece = super().read_at(start, count)
        if start == 0:
            self._next = self._crc = 0
        if start == self._next:
            self._next, self._crc = start + len(piece), zlib.crc32(piece, self._crc)
        if self.damage is not None and self._folder.damage is not None:
            self.damage = Damage(self._folder.damage.code, self.damage.bytes_unread)
        elif self._next == self._file.size and self._file.crc not in (None, self._crc):
            self.damage = Damage("source.bad_checksum")
        return piece


def _of(base: Stretch) -> Archive:
    """The archive in `base`, whose header is read once for each set of passwords."""
    words = sorted(password.offered())
    for known, offered, archive in _kept:
        if known is base and offered == words:
            return archive
    _kept.append((base, words, Archive(base)))
    del _kept[:-KEPT]
    return _kept[-1][2]


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The signature."""
    return Sniffed(confidence=0.99) if head.startswith(MAGIC) else None


def members(located: Located) -> Iterator[Located | Issue]:
    """Every file that can be read, and an issue for every one that cannot."""
    base = stretch_of(located)
    archive = _of(base)
    if archive.damage is not None:
        unread = None if archive.damage.code == "source.no_directory" else base.length()
        yield Issue(source=located.source, code=archive.damage.code, bytes_unread=unread)
        if unread is None and _blind(base) is not None:
            name = beside(located.source, "recovered")
            yield replace(located, source=name, members=(*located.members, BLIND), bytes=-1)
    for number, file in enumerate(archive.files):
        name = escaped(file.name)
        found = "source.symlink" if file.link else archive.folder(file)
        if isinstance(found, str):
            yield Issue(source=located.source, place=name, code=found, bytes_unread=file.size)
            continue
        if hostile(name):
            yield Issue(source=located.source, place=name, code="source.hostile_name")
        chain = (*located.members, number)
        yield replace(located, source=beside(located.source, name), members=chain, bytes=file.size)


def member(base: Stretch, number: int) -> Stretch:
    """The bytes of one file."""
    if number == BLIND:
        return _blind(base) or Nothing(base, Damage("source.damaged"))
    archive = _of(base)
    found = archive.folder(archive.files[number]) if number < len(archive.files) else "source.damaged"
    return Nothing(base, Damage(found)) if isinstance(found, str) else Member(found, archive.files[number])


def _blind(base: Stretch) -> Stretch | None:
    """The first stream of an archive that lost its header, unpacked by the usual methods: all its files in a row."""
    most = limit("total", "bytes")
    usual: list[dict[str, Any]] = [
        {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 26},
        {"id": lzma.FILTER_LZMA1, "dict_size": 1 << 26, "lc": 3, "lp": 0, "pb": 2},
    ]
    for filter in usual:
        found = Unpacked(base, raw([filter], most), start=FIRST)
        if len(found.read_at(0, 64)) == 64:
            return found
    return None


FORMAT = Format(
    name="7z",
    label={"fr": "archive 7z", "en": "7z archive"},
    reader="lzma",
    sniff=sniff,
    survey=lambda located: iter(()),
    read=lambda section: iter(()),
    container=members,
    member=member,
)
