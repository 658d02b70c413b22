"""The pages of an SQLite database read from its bytes alone: its tables, their rows, and what is damaged.

The layout is that of https://www.sqlite.org/fileformat2.html; the numbers of its sections stand beside the code.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.stretch import Stretch

MAGIC = b"SQLite format 3\0"
TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR = 13, 5, 10, 2
LEVELS = 24
ENCODINGS = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}
LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
# A cell of more bytes than this is not put together from its overflow pages.
PAYLOAD = 64 << 20

Value = int | float | str | bytes | None


class Broken(Exception):
    """A cell or page that does not follow the format."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a b-tree: its number, kind, bytes, where its cells begin; `right` the last child of an interior one."""

    number: int
    kind: int
    data: bytes
    cells: tuple[int, ...]
    right: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of rows met on the way through a tree, and the lowest and highest row number that belong on it.

    `rows` is None where the page is damaged or missing; `pages` counts what is lost with it as far as it is known.
    """

    number: int
    low: int
    high: int
    rows: int | None


class Database:
    """The pages of one database. Raises Broken where the header is none."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch
        header = stretch.read_at(0, 100)
        if len(header) < 100 or not header.startswith(MAGIC):
            raise Broken
        size = int.from_bytes(header[16:18], "big")
        self.page_size = 65536 if size == 1 else size
        if not 512 <= self.page_size <= 65536 or self.page_size & (self.page_size - 1):
            raise Broken
        self.usable = self.page_size - header[20]
        if self.usable < 480:
            raise Broken
        self.logged = header[18] == 2 or header[19] == 2
        self.encoding = ENCODINGS.get(int.from_bytes(header[56:60], "big"), "utf-8")
        self._spent = 0

    def raw(self, number: int) -> bytes:
        """The bytes of a page (from 1). Raises Broken where it is not there."""
        data = self._stretch.read_at((number - 1) * self.page_size, self.page_size) if number > 0 else b""
        if len(data) < self.usable:
            raise Broken
        return data

    def page(self, number: int) -> Page:
        """A page of a b-tree (section 1.6). Raises Broken."""
        data = self.raw(number)
        at = 100 if number == 1 else 0
        kind, count = data[at], int.from_bytes(data[at + 3 : at + 5], "big")
        interior = kind in (TABLE_INTERIOR, INDEX_INTERIOR)
        begin = at + (12 if interior else 8)
        if kind not in (TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR):
            raise Broken
        if begin + 2 * count > self.usable:
            raise Broken
        cells = struct.unpack(f">{count}H", data[begin : begin + 2 * count])
        if count and (min(cells) < begin + 2 * count or max(cells) > self.usable - 2):
            raise Broken
        right = int.from_bytes(data[at + 8 : at + 12], "big") if interior else 0
        return Page(number, kind, data, cells, right)

    def leaves(self, root: int, low: int = LOWEST, high: int = HIGHEST) -> Iterator[Leaf]:
        """The pages of a table's rows from `low` to `high`, in the order of row numbers; damaged ones too."""
        seen: set[int] = set()
        waiting = [(root, low, high, 0)]
        while waiting:
            number, first, last, level = waiting.pop()
            try:
                if number in seen or level > LEVELS:
                    raise Broken
                seen.add(number)
                page = self.page(number)
                if page.kind == TABLE_LEAF:
                    yield Leaf(number, first, last, len(page.cells))
                    continue
                if page.kind != TABLE_INTERIOR:
                    raise Broken
                children = list(self._children(page, first, last))
            except Broken:
                yield Leaf(number, first, last, None)
                continue
            waiting += [(child, lowest, highest, level + 1) for child, lowest, highest in reversed(children)]

    def _children(self, page: Page, low: int, high: int) -> Iterator[tuple[int, int, int]]:
        """The children of an interior page that hold rows from `low` to `high`, each with its own bounds."""
        before = LOWEST
        for at in page.cells:
            child = int.from_bytes(page.data[at : at + 4], "big")
            key, _ = varint(page.data, at + 4)
            key = signed(key)
            if key < before:
                raise Broken
            if key >= low and before <= high:
                yield child, max(before, low), min(key, high)
            before = min(key + 1, HIGHEST)
        if before <= high:
            yield page.right, max(before, low), high

    def rows(self, leaf: int) -> Iterator[tuple[int, list[Value]] | None]:
        """The rows of one page of a table: their number and values; None for a row that is damaged."""
        page = self.page(leaf)
        for at in page.cells:
            try:
                size, start = varint(page.data, at)
                number, start = varint(page.data, start)
                yield signed(number), self.record(self._payload(page.data, start, size, self.usable - 35))
            except (Broken, IndexError, struct.error):
                yield None

    def entries(self, root: int) -> Iterator[list[Value] | int | None]:
        """The records of an index tree in order (a table WITHOUT ROWID); None for a damaged one, a page's number
        for a page that is lost."""
        seen: set[int] = set()
        waiting: list[tuple[int, int, int]] = [(root, -1, 0)]
        while waiting:
            number, cell, level = waiting.pop()
            try:
                if cell < 0 and (number in seen or level > LEVELS):
                    raise Broken
                seen.add(number)
                page = self.page(number)
                if page.kind not in (INDEX_LEAF, INDEX_INTERIOR):
                    raise Broken
            except Broken:
                yield number
                continue
            if cell >= 0:
                yield self._entry(page, page.cells[cell] + 4)
            elif page.kind == INDEX_LEAF:
                yield from (self._entry(page, at) for at in page.cells)
            else:
                waiting.append((page.right, -1, level + 1))
                for place in range(len(page.cells) - 1, -1, -1):
                    at = page.cells[place]
                    waiting.append((number, place, level))
                    waiting.append((int.from_bytes(page.data[at : at + 4], "big"), -1, level + 1))

    def _entry(self, page: Page, at: int) -> list[Value] | None:
        try:
            size, start = varint(page.data, at)
            most = (self.usable - 12) * 64 // 255 - 23
            return self.record(self._payload(page.data, start, size, most))
        except (Broken, IndexError, struct.error):
            return None

    def _payload(self, data: bytes, start: int, size: int, most: int) -> bytes:
        """A cell's payload, with its overflow pages (section 1.6, "b-tree cells")."""
        if size > PAYLOAD:
            raise Broken
        if size <= most:
            if start + size > self.usable:
                raise Broken
            return data[start : start + size]
        least = (self.usable - 12) * 32 // 255 - 23
        kept = least + (size - least) % (self.usable - 4)
        kept = kept if kept <= most else least
        if start + kept + 4 > self.usable:
            raise Broken
        self._spend(size)
        pieces, left = [data[start : start + kept]], size - kept
        following = int.from_bytes(data[start + kept : start + kept + 4], "big")
        while left > 0:
            page = self.raw(following)
            pieces.append(page[4 : 4 + min(left, self.usable - 4)])
            left -= len(pieces[-1])
            following = int.from_bytes(page[:4], "big")
        return b"".join(pieces)

    def _spend(self, size: int) -> None:
        """Count what overflow pages give. Raises Broken once it is far more than the file holds: pages shared in a loop."""
        self._spent += size
        if self._spent > PAYLOAD and self._spent > 2 * self._stretch.length():
            raise Broken

    def record(self, payload: bytes) -> list[Value]:
        """The values of a record (section 2.1). Raises Broken."""
        header, at = varint(payload, 0)
        if header > len(payload):
            raise Broken
        values: list[Value] = []
        body = header
        while at < header:
            serial, at = varint(payload, at)
            value, body = self._value(payload, serial, body)
            values.append(value)
        return values

    def _value(self, payload: bytes, serial: int, at: int) -> tuple[Value, int]:
        if serial == 0 or serial in (10, 11):
            return None, at
        if serial in (8, 9):
            return serial - 8, at
        size = _SIZES[serial] if serial < 8 else (serial - 12) // 2
        raw = payload[at : at + size]
        if len(raw) < size:
            raise Broken
        if serial < 7:
            return int.from_bytes(raw, "big", signed=True), at + size
        if serial == 7:
            return float(struct.unpack(">d", raw)[0]), at + size
        if serial % 2 == 0:
            return raw, at + size
        return self.text(raw), at + size

    def text(self, raw: bytes) -> str:
        """TEXT in the database's encoding; what is no UTF-8 is read as Windows-1252."""
        try:
            return raw.decode(self.encoding)
        except UnicodeDecodeError:
            return raw.decode("cp1252" if self.encoding == "utf-8" else self.encoding, "replace")


_SIZES = (0, 1, 2, 3, 4, 6, 8, 8)


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The variable-length integer at `at` and where it ends. Raises Broken."""
    value = 0
    for place in range(9):
        if at + place >= len(data):
            raise Broken
        byte = data[at + place]
        if place == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + place + 1
    raise Broken


def signed(value: int) -> int:
    """A 64-bit number in two's complement."""
    return value - (1 << 64) if value >= 1 << 63 else value
