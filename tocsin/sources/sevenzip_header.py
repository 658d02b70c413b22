"""The header of a 7z archive: which streams are packed how, and which files they hold, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# 7-Zip source, DOC/7zFormat.txt: property numbers.
END, HEADER, STREAMS, FILES = 0x00, 0x01, 0x04, 0x05
PACKED, FOLDERS, PARTS, SIZES, DIGESTS = 0x06, 0x07, 0x08, 0x09, 0x0A
FOLDER, UNPACKED, COUNTS, NO_STREAM, NO_FILE = 0x0B, 0x0C, 0x0D, 0x0E, 0x0F
ANTI, NAMES, ATTRIBUTES, ENCODED = 0x10, 0x11, 0x15, 0x17
UNIX, LINK = 1 << 15, 0xA


class BadHeaderError(ValueError):
    """The header does not follow its own rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """One step between packed and unpacked bytes; `size` is what it gives."""

    method: bytes
    properties: bytes
    size: int


@dataclass(slots=True, kw_only=True)
class Folder:
    """A packed stream: where it is, its steps from packed to unpacked (empty where they are no simple chain)."""

    coders: list[Coder] = field(default_factory=list)
    start: int = 0
    packed: int = 0
    size: int = 0
    crc: int | None = None
    streams: int = 1
    links: list[tuple[bytes, bytes]] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file: its name, and where it stands in its folder (None: it is empty)."""

    name: bytes
    folder: int | None
    offset: int
    size: int
    crc: int | None
    link: bool


class Bytes:
    """A header read from its start to its end. Raises BadHeaderError where it ends too early."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def left(self) -> int:
        """How many bytes are still to come."""
        return len(self._data) - self._at

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        if count > self.left:
            raise BadHeaderError
        self._at += count
        return self._data[self._at - count : self._at]

    def byte(self) -> int:
        """The next byte."""
        return self.take(1)[0]

    def number(self) -> int:
        """A number whose first byte says how many follow."""
        first, value = self.byte(), 0
        for more in range(8):
            if not first & 0x80 >> more:
                return value | (first & (0x7F >> more)) << 8 * more
            value |= self.byte() << 8 * more
        return value

    def count(self) -> int:
        """A number of things of which each takes a byte at least: never more than the bytes left."""
        found = self.number()
        if found > self.left:
            raise BadHeaderError
        return found

    def bits(self, count: int) -> list[bool]:
        """`count` flags, the first one highest."""
        raw = self.take(-(-count // 8))
        return [bool(raw[at // 8] & 0x80 >> at % 8) for at in range(count)]

    def known(self, count: int) -> list[bool]:
        """Which of `count` things are given: all, or those of a list of flags."""
        return [True] * count if self.byte() else self.bits(count)

    def digests(self, count: int) -> list[int | None]:
        """CRC-32 of those that have one."""
        return [int.from_bytes(self.take(4), "little") if given else None for given in self.known(count)]

    def skip_to(self, wanted: int) -> None:
        """Past properties of no interest to the one that is `wanted`."""
        while (found := self.number()) != wanted:
            if found == END:
                raise BadHeaderError
            self.take(self.number())


def streams(data: Bytes) -> tuple[list[Folder], list[tuple[int, int, int, int | None]]]:
    """The folders, and for each stream in them: folder, offset, size, checksum."""
    folders: list[Folder] = []
    packed: tuple[int, list[int]] = (0, [])
    parts: list[tuple[int, int, int, int | None]] | None = None
    while (kind := data.number()) != END:
        if kind == PACKED:
            packed = _packed(data)
        elif kind == FOLDERS:
            folders = _folders(data)
        elif kind == PARTS:
            parts = _parts(data, folders)
        else:
            raise BadHeaderError
    _place(folders, *packed)
    if parts is None:
        parts = [(number, 0, folder.size, folder.crc) for number, folder in enumerate(folders)]
    return folders, parts


def _packed(data: Bytes) -> tuple[int, list[int]]:
    """Where the packed streams begin, and their sizes."""
    start, count, sizes = data.number(), data.count(), list[int]()
    while (kind := data.number()) != END:
        if kind == SIZES:
            sizes = [data.number() for _ in range(count)]
        elif kind == DIGESTS:
            data.digests(count)
        else:
            raise BadHeaderError
    return start, sizes


def _folders(data: Bytes) -> list[Folder]:
    data.skip_to(FOLDER)
    count = data.count()
    if data.byte():
        raise BadHeaderError
    folders = [_folder(data) for _ in range(count)]
    data.skip_to(UNPACKED)
    for folder in folders:
        sizes = [data.number() for _ in folder.links]
        folder.coders = [
            Coder(method=folder.links[at][0], properties=folder.links[at][1], size=sizes[at])
            for at in folder.chain
        ]
        folder.size = sizes[folder.chain[-1]] if folder.chain else 0
    while (kind := data.number()) != END:
        if kind != DIGESTS:
            raise BadHeaderError
        for folder, crc in zip(folders, data.digests(count), strict=True):
            folder.crc = crc
    return folders


def _folder(data: Bytes) -> Folder:
    """The steps of a folder in the order of unpacking; none where a step has several inputs (BCJ2)."""
    folder, inputs, outputs = Folder(), 0, 0
    for _ in range(data.count()):
        flags = data.byte()
        method = data.take(flags & 0xF)
        into, out = (data.count(), data.count()) if flags & 0x10 else (1, 1)
        folder.links.append((method, data.take(data.number()) if flags & 0x20 else b""))
        inputs, outputs = inputs + into, outputs + out
    if not 0 < outputs <= inputs <= 32 or outputs != len(folder.links):
        raise BadHeaderError
    fed = {data.number(): data.number() for _ in range(outputs - 1)}
    streams = inputs - len(fed)
    if streams > 1:
        for _ in range(streams):
            data.number()
    folder.streams = streams
    if inputs == outputs == len(folder.links):
        folder.chain = list(_chain(fed, inputs))
    return folder


def _chain(fed: dict[int, int], count: int) -> Iterator[int]:
    """The numbers of the steps from the one that takes packed bytes on; `fed` says whose output each one takes."""
    follows = {source: taker for taker, source in fed.items()}
    at = next((number for number in range(count) if number not in fed), None)
    for _ in range(count):
        if at is None:
            raise BadHeaderError
        yield at
        at = follows.get(at)


def _place(folders: list[Folder], start: int, sizes: list[int]) -> None:
    """Give each folder its packed stream."""
    number = 0
    for folder in folders:
        mine = sizes[number : number + folder.streams]
        if len(mine) < folder.streams:
            raise BadHeaderError
        folder.start, folder.packed = start, mine[0] if mine else 0
        start, number = start + sum(mine), number + folder.streams


def _parts(data: Bytes, folders: list[Folder]) -> list[tuple[int, int, int, int | None]]:
    """The streams inside the folders."""
    counts, kind = [1] * len(folders), data.number()
    if kind == COUNTS:
        counts, kind = [data.count() for _ in folders], data.number()
    if sum(counts) > data.left + len(folders):
        raise BadHeaderError
    sizes: list[list[int]] = []
    for folder, count in zip(folders, counts, strict=True):
        told = [data.number() for _ in range(count - 1)] if kind == SIZES else []
        sizes.append([*told, max(folder.size - sum(told), 0)] if count else [])
    kind = data.number() if kind == SIZES else kind
    alone = [count == 1 and folder.crc is not None for folder, count in zip(folders, counts, strict=True)]
    asked = sum(count for count, known in zip(counts, alone, strict=True) if not known)
    told_crc = iter(data.digests(asked) if kind == DIGESTS else [None] * asked)
    while kind != END:
        kind = data.number()
    found: list[tuple[int, int, int, int | None]] = []
    for number, folder in enumerate(folders):
        offset = 0
        for size in sizes[number]:
            found.append((number, offset, size, folder.crc if alone[number] else next(told_crc)))
            offset += size
    return found


def files(data: Bytes, parts: list[tuple[int, int, int, int | None]]) -> list[File]:
    """The files; folders of the file system are left out."""
    count = data.count()
    empty, no_folder, anti = [False] * count, list[bool](), list[bool]()
    names, attributes = [b""] * count, [0] * count
    while (kind := data.number()) != END:
        content = Bytes(data.take(data.number()))
        if kind == NO_STREAM:
            empty = content.bits(count)
        elif kind == NO_FILE:
            no_folder = content.bits(sum(empty))
        elif kind == ANTI:
            anti = content.bits(sum(empty))
        elif kind == NAMES and not content.byte():
            names = _names(content, count)
        elif kind == ATTRIBUTES:
            known = content.known(count)
            if not content.byte():
                attributes = [int.from_bytes(content.take(4), "little") if one else 0 for one in known]
    streams, bare = iter(parts), 0
    found: list[File] = []
    for at in range(count):
        link = bool(attributes[at] & UNIX) and attributes[at] >> 28 == LINK
        place: tuple[int | None, int, int, int | None] | None = (None, 0, 0, None)
        if empty[at]:
            real = bare < len(no_folder) and no_folder[bare] and not (bare < len(anti) and anti[bare])
            bare += 1
            if not real:
                continue
        else:
            place = next(streams, None)
        if place is None:
            raise BadHeaderError
        folder, offset, size, crc = place
        found.append(File(name=names[at], folder=folder, offset=offset, size=size, crc=crc, link=link))
    return found


def _names(data: Bytes, count: int) -> list[bytes]:
    """Names in UTF-16, each ended by a zero, as UTF-8."""
    text = data.take(data.left // 2 * 2).decode("utf-16-le", "surrogatepass").split("\0")
    if len(text) <= count - 1:
        raise BadHeaderError
    return [name.encode("utf-8", "surrogatepass") for name in text[:count]]
