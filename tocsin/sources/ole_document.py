"""Compound files (OLE): which document each one holds, and the files that were put inside it.

A format that lives in a compound file knows nothing of signatures: `DOCUMENTS` names its main stream, its `sniff` gives
None, and it gets the whole compound file as its source (`Compound(stretch_of(located))`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from tocsin.sources.names import beside, escaped
from tocsin.sources.ole import SIGNATURE, STORAGE, STREAM, Compound, Entry
from tocsin.sources.ole_cipher import PACKAGE, package
from tocsin.sources.ole_records import SHIFT, record_stretch
from tocsin.sources.ole_write import Tree, compound
from tocsin.sources.opening import digest, stretch_of
from tocsin.sources.source import Format, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.stretch import Damage, Nothing, Part, Stretch

# The stream at the root that tells the document: [MS-DOC] 2.1, [MS-PPT] 2.1.1, [MS-XLS] 2.1.2, [MS-OXMSG] 2.4, [MS-OVBA] 2.2.1.
DOCUMENTS = {
    "WordDocument": "doc",
    "PowerPoint Document": "ppt",
    "Workbook": "xls",
    "Book": "xls",
    "__properties_version1.0": "msg",
    "PROJECT": "vba",
}
ENCRYPTED = ("EncryptedPackage", "EncryptedSummary")
# Streams that are a file of their own: [MS-OLEDS] 2.3.6 and what the packager, Office and Acrobat put there.
NATIVE = "\x01Ole10Native"
FILES = ("Package", "CONTENTS", "Contents")
# What a storage holds of an embedded document is copied in memory up to this size.
MOST = 1 << 28


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The signature of a compound file ([MS-CFB] 2.2)."""
    return Sniffed(confidence=0.99) if head.startswith(SIGNATURE) else None


def members(located: Located) -> Iterator[Located | Issue]:
    """The document as a part whose format is settled, then the files inside it."""
    from tocsin.sources.catalogue import formats

    file = Compound(stretch_of(located))
    inner = list(_inner(file))
    known = {entry.name: DOCUMENTS[entry.name] for entry in file.inside(()) if entry.name in DOCUMENTS}
    name = next((format for format in known.values() if format in formats()), None)
    if package(file) is not None:
        entry = file.find(PACKAGE)
        number = -1 if entry is None else entry.number
        label = beside(located.source, PACKAGE)
        yield replace(located, source=label, members=(*located.members, number), bytes=-1, dialect=())
        return
    if any(file.find(stream) is not None for stream in ENCRYPTED):
        name = "ole_encrypted"
    elif name is None and not inner:
        name = "ole_other"
    if name is not None:
        form = formats()[name]
        settled = (*located.dialect, ("part", name))
        part = replace(located, format=name, reader=form.reader, dialect=settled)
        yield part
        if form.container is not None:
            yield from form.container(part)
    for entry in inner:
        if name != "msg":
            chain = (*located.members, entry.number)
            label = beside(located.source, _label(file, entry))
            yield replace(located, source=label, members=chain, bytes=entry.size, dialect=())


def _inner(file: Compound) -> Iterator[Entry]:
    """The entries that are files or documents of their own, none inside another one of them."""
    taken: set[tuple[str, ...]] = set()
    for entry in file.streams():
        storage = entry.path[:-1]
        if entry.name == NATIVE or entry.name in FILES:
            yield entry
        elif entry.name in DOCUMENTS and storage and not any(storage[:n] in taken for n in range(1, 64)):
            holder = file.find(*storage)
            if holder is not None and holder.kind == STORAGE:
                taken.add(storage)
                yield holder


def _label(file: Compound, entry: Entry) -> str:
    """What a member is called: its path, a packaged file by the name that it was packaged under."""
    packaged = _packaged(file, entry)[0] or b"object" if entry.name == NATIVE else b""
    names = [name.encode("utf-8", "replace") for name in entry.path]
    return escaped(b"/".join([*names[:-1], packaged or names[-1]]))


def member(base: Stretch, number: int) -> Stretch:
    """A stream's bytes, a packaged file without its wrapping, an embedded storage as a compound file of its own."""
    file = Compound(base)
    if number >> SHIFT:
        return record_stretch(file, number) or Nothing(base, Damage("source.damaged"))
    entry = file.entries.get(number)
    if entry is None:
        return Nothing(base, Damage("source.damaged"))
    if entry.name == PACKAGE:
        return package(file) or Nothing(base, Damage("source.encrypted"))
    if entry.kind == STORAGE:
        return Held(base, compound(_tree(file, entry.path), entry.clsid))
    if entry.name == NATIVE:
        _, start, length = _packaged(file, entry)
        return Part(file.open(entry), start, length)
    return file.open(entry)


def _packaged(file: Compound, entry: Entry) -> tuple[bytes, int, int]:
    """As `packaged`, for a stream."""
    return packaged(file.read(entry, 1 << 14), entry.size)


def packaged(head: bytes, size: int) -> tuple[bytes, int, int]:
    """The name of a packaged file out of `size` bytes, and where its bytes begin and how many they are.

    A size, then 2 and four strings (label, path, and a counted temporary path), then the counted bytes; anything
    else is only counted bytes ([MS-OLEDS] 2.3.6; what the packager puts there is not specified).
    """
    plain = (b"", 4, max(size - 4, 0))
    if head[4:6] != b"\x02\0":
        return plain
    label = head[6 : max(head.find(b"\0", 6), 6)]
    at = head.find(b"\0", 6 + len(label) + 1) + 1
    if at <= 0 or at + 8 > len(head):
        return plain
    (length,) = struct.unpack_from("<I", head, at + 4)
    at += 8 + length
    if at + 4 > len(head):
        return plain
    return label, at + 4, struct.unpack_from("<I", head, at)[0]


def _tree(file: Compound, path: tuple[str, ...]) -> Tree:
    """Everything below the storage `path`."""
    tree: dict[str, bytes | Tree] = {}
    left = MOST
    for entry in file.inside(path):
        if entry.kind == STORAGE and len(path) < 64:
            tree[entry.name] = _tree(file, entry.path)
        elif entry.kind == STREAM and entry.size <= left:
            tree[entry.name] = file.read(entry)
            left -= entry.size
    return tree


class Held:
    """A stretch of bytes that are in memory."""

    def __init__(self, base: Stretch, data: bytes, damage: Damage | None = None) -> None:
        self.root, self.damage, self._data = base.root, damage, data

    def read_at(self, start: int, count: int) -> bytes:
        """As asked."""
        return self._data[start : start + count]

    def length(self) -> int:
        """All of it."""
        return len(self._data)


def _unread(code: str, detail: str | None = None) -> Format:
    """A compound file that says of itself why it is not read."""

    def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
        surveyed = digest(located)
        yield Issue(source=located.source, code=code, bytes_unread=surveyed.bytes, detail=detail)
        yield surveyed

    name = "ole_encrypted" if code == "source.encrypted" else "ole_other"
    return Format(
        name=name,
        label={
            "fr": "document Office chiffré" if detail is None else "fichier composé d’un autre logiciel",
            "en": "encrypted Office document" if detail is None else "compound file of another program",
        },
        reader="none",
        sniff=lambda head, size: None,
        survey=survey,
        read=lambda section: iter(()),
    )


FORMAT = (
    Format(
        name="ole",
        label={"fr": "fichier composé (OLE)", "en": "compound file (OLE)"},
        reader="ole",
        sniff=sniff,
        survey=lambda located: iter(()),
        read=lambda section: iter(()),
        container=members,
        member=member,
    ),
    _unread("source.encrypted"),
    _unread("source.unsupported", "ole"),
)
