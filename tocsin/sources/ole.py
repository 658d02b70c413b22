"""Compound files (OLE): their storages and streams, read where they stand, whatever their tables say.

Structures: [MS-CFB] 2.1 to 2.6. A chain that comes back to itself ends there, an entry that no storage leads to is
found all the same, and a stream whose sectors are missing gives what is there.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tocsin.sources.stretch import Damage, Nothing, Stretch

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STORAGE, STREAM, ROOT = 1, 2, 5
NONE = 0xFFFFFFFF
# Regular sectors have smaller numbers; what is above means free, end of chain or table ([MS-CFB] 2.1).
LAST = 0xFFFFFFFA
# Entries of a directory that are looked at, whatever it says.
ENTRIES = 1 << 20

Sectors = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A storage or a stream: its place in the directory, its names from the root on, its size in bytes.

    `orphan` says that no storage leads to it: it was deleted, or the directory is damaged.
    """

    number: int
    kind: int
    path: tuple[str, ...]
    size: int
    start: int
    clsid: bytes
    orphan: bool = False

    @property
    def name(self) -> str:
        """The last of its names."""
        return self.path[-1] if self.path else ""


class _Raw(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    clsid: bytes
    start: int
    size: int


class Compound:
    """A compound file in `base`. `damage` says what of its own tables could not be read.

    `sound` is False where `base` is no compound file at all; it then has no entry.
    """

    def __init__(self, base: Stretch) -> None:
        self._base = base
        self.damage: Damage | None = None
        head = base.read_at(0, 512)
        self.sound = len(head) == 512 and head.startswith(SIGNATURE)
        self._raws: list[_Raw] = []
        self.entries: dict[int, Entry] = {}
        if not self.sound:
            return
        self._wide, shift, small = struct.unpack("<2xH2xHH", head[24:34])
        self._sector = 1 << (shift if shift in (9, 12) else 9)
        self._small = 1 << (small if small <= 9 else 6)
        tables, directory, cutoff, first_small, _, extended = struct.unpack("<II4xIIII", head[44:72])
        self._cutoff = cutoff or 4096
        self._count = max((base.length() - 1) // self._sector, 0)
        self._fat = self._table(self._listed(head, tables, extended))
        self._read_directory(directory)
        self._minifat = self._table(self._chain(first_small, self._fat))
        root = self.entries.get(0)
        self._ministream = None if root is None else self._runs(root.start, root.size)

    def find(self, *path: str) -> Entry | None:
        """The entry of this path, compared without case as storages do ([MS-CFB] 2.6.4)."""
        wanted = tuple(name.casefold() for name in path)
        return next((e for e in self.streams(ROOT) if tuple(n.casefold() for n in e.path) == wanted), None)

    def inside(self, path: tuple[str, ...]) -> list[Entry]:
        """The entries directly inside the storage of this path, in the directory's order."""
        return [e for e in self.entries.values() if e.path[:-1] == path and e.path]

    def streams(self, kind: int = STREAM) -> Iterator[Entry]:
        """Every stream (ROOT: every entry), in the directory's order."""
        return (entry for entry in self.entries.values() if kind == ROOT or entry.kind == kind)

    def read(self, entry: Entry | None, most: int = 1 << 28) -> bytes:
        """The first `most` bytes of a stream; none without one."""
        return b"" if entry is None else self.open(entry).read_at(0, min(entry.size, most))

    def open(self, entry: Entry) -> Stretch:
        """A stream's bytes; its damage says what is missing."""
        if entry.kind != STREAM:
            return Nothing(self._base, Damage("source.damaged"))
        if entry.size >= self._cutoff or self._ministream is None:
            return self._runs(entry.start, entry.size)
        chain = self._chain(entry.start, self._minifat)
        return Runs(self._ministream, chain.astype(np.int64) * self._small, self._small, entry.size)

    def _runs(self, start: int, size: int) -> Runs:
        places = (self._chain(start, self._fat).astype(np.int64) + 1) * self._sector
        return Runs(self._base, places, self._sector, size)

    def _listed(self, head: bytes, tables: int, extended: int) -> Sectors:
        """The sectors that hold the table of sectors: 109 in the header, the others in a chain (2.5)."""
        found = [np.frombuffer(head, "<u4", 109, 76)]
        seen: set[int] = set()
        while extended < LAST and extended not in seen and extended < self._count:
            seen.add(extended)
            block = self._base.read_at((extended + 1) * self._sector, self._sector)
            numbers = np.frombuffer(block[: len(block) // 4 * 4], "<u4")
            found.append(numbers[:-1])
            extended = int(numbers[-1]) if len(numbers) else NONE
        every = np.concatenate(found)
        kept = every[every < LAST]
        return kept[: tables or len(kept)]

    def _table(self, sectors: Sectors) -> Sectors:
        """The numbers in these sectors, one after the other."""
        blocks: list[bytes] = []
        for number in sectors.tolist()[: self._count]:
            block = self._base.read_at((number + 1) * self._sector, self._sector)
            if len(block) < self._sector:
                self.damage = Damage("source.truncated")
            blocks.append(block.ljust(self._sector, b"\xff"))
        return np.frombuffer(b"".join(blocks), "<u4")

    def _chain(self, start: int, table: Sectors) -> Sectors:
        """The sectors of a chain, up to its end, its first repetition or the end of the table."""
        found: list[int] = []
        seen = bytearray(len(table))
        while start < len(table) and not seen[start]:
            seen[start] = 1
            found.append(start)
            start = int(table[start])
        if start < LAST:
            self.damage = self.damage or Damage("source.damaged")
        return np.array(found, dtype=np.uint32)

    def _read_directory(self, start: int) -> None:
        chain = self._chain(start, self._fat).tolist()
        for number in chain or [start]:
            block = self._base.read_at((number + 1) * self._sector, self._sector)
            self._raws += [_raw(block[at : at + 128], self._wide) for at in range(0, len(block) - 127, 128)]
            if len(self._raws) >= ENTRIES:
                break
        reached = dict(self._reached())
        for number, raw in enumerate(self._raws):
            if raw.kind in (STORAGE, STREAM) or number == 0:
                path = reached.get(number, (raw.name,))
                self.entries[number] = Entry(
                    number=number,
                    kind=ROOT if number == 0 else raw.kind,
                    path=path,
                    size=raw.size,
                    start=raw.start,
                    clsid=raw.clsid,
                    orphan=number not in reached,
                )

    def _reached(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Entries that the root leads to, each once, with their paths; no recursion."""
        if not self._raws:
            return
        yield 0, ()
        seen = {0}
        waiting: list[tuple[int, tuple[str, ...]]] = [(self._raws[0].child, ())]
        while waiting:
            number, path = waiting.pop()
            if number >= len(self._raws) or number in seen:
                continue
            seen.add(number)
            raw = self._raws[number]
            own = (*path, raw.name)
            yield number, own
            waiting += [(raw.left, path), (raw.right, path)]
            if raw.kind == STORAGE and len(own) < 64:
                waiting.append((raw.child, own))


def _raw(block: bytes, version: int) -> _Raw:
    """One entry of the directory (2.6.1); sizes have 32 bits in version 3."""
    name, length, kind, _, left, right, child, clsid, start, size = struct.unpack("<64sHBBIII16s20xIQ", block)
    text = name[: min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
    return _Raw(text, kind, left, right, child, clsid, start, size & NONE if version < 4 else size)


class Runs:
    """A stretch made of blocks of `step` bytes of another one, at `places`, `size` bytes in all."""

    def __init__(self, base: Stretch, places: npt.NDArray[np.int64], step: int, size: int) -> None:
        self._base, self._size = base, size
        self.root = base.root
        self.damage: Damage | None = None
        breaks = np.flatnonzero(np.diff(places) != step) + 1
        firsts = np.concatenate(([0], breaks)).astype(np.int64) if len(places) else np.empty(0, np.int64)
        self._starts: list[int] = (firsts * step).tolist()
        self._places: list[int] = places[firsts].tolist()
        self._there = min(size, len(places) * step)

    def read_at(self, start: int, count: int) -> bytes:
        """As asked; where blocks are missing the stream ends early, with a damage."""
        pieces: list[bytes] = []
        stop = min(start + count, self._there)
        while start < stop:
            run = bisect_right(self._starts, start) - 1
            end = self._starts[run + 1] if run + 1 < len(self._starts) else self._there
            asked = min(stop, end) - start
            piece = self._base.read_at(self._places[run] + start - self._starts[run], asked)
            pieces.append(piece)
            start += len(piece)
            if len(piece) < asked:
                self.damage = Damage("source.truncated", self._size - start)
                return b"".join(pieces)
        if start >= self._there < self._size:
            self.damage = Damage("source.truncated", self._size - self._there)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def length(self) -> int:
        """What the directory announces, or what is there of it."""
        return self._there
