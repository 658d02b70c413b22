"""The footer of a Parquet file, read from its bytes: how many rows each of its groups holds, and whether it is encrypted.

The layout is that of https://parquet.apache.org/docs/file-format/ and of Thrift's compact protocol.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.sources.limits import limit
from tocsin.sources.stretch import Stretch

MAGIC, ENCRYPTED = b"PAR1", b"PARE"
# Fields of FileMetaData and RowGroup (parquet.thrift).
ROW_GROUPS, ENCRYPTION = 4, 8
TOTAL_BYTES, ROWS = 2, 3
DEPTH = 32

Struct = dict[int, object]


class NoFooter(Exception):
    """The footer is missing, damaged, or too large."""


@dataclass(frozen=True, slots=True)
class Footer:
    """Rows and unpacked bytes of every row group; `encrypted` where a key is needed."""

    groups: tuple[tuple[int, int], ...]
    encrypted: bool


def footer(stretch: Stretch) -> Footer:
    """The footer of a file. Raises NoFooter."""
    length = stretch.length()
    tail = stretch.read_at(max(length - 8, 0), 8)
    if stretch.read_at(0, 4) == ENCRYPTED and tail[4:] == ENCRYPTED:
        return Footer((), encrypted=True)
    size = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or not 0 < size <= min(length - 8, limit("parquet", "footer_bytes")):
        raise NoFooter
    data = stretch.read_at(length - 8 - size, size)
    try:
        fields = _Compact(data).struct(0)
        groups = fields.get(ROW_GROUPS)
        counted = tuple(map(_group, groups if isinstance(groups, list) else []))
    except (IndexError, ValueError):
        raise NoFooter from None
    return Footer(counted, encrypted=ENCRYPTION in fields)


def _group(group: object) -> tuple[int, int]:
    """Rows and bytes of a row group. Raises ValueError."""
    rows, size = (group.get(ROWS), group.get(TOTAL_BYTES)) if isinstance(group, dict) else (None, None)
    if not isinstance(rows, int) or rows < 0:
        raise ValueError
    return rows, size if isinstance(size, int) and size > 0 else 0


class _Compact:
    """Thrift's compact protocol; raises IndexError or ValueError for what is none."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self, depth: int) -> Struct:
        """A struct's fields by number."""
        if depth > DEPTH:
            raise ValueError
        fields: Struct = {}
        number = 0
        while byte := self._byte():
            number = number + (byte >> 4) if byte >> 4 else self._zigzag()
            fields[number] = self._value(byte & 15, depth, inside=False)
        return fields

    def _value(self, kind: int, depth: int, *, inside: bool) -> object:
        if kind in (1, 2):
            return self._byte() == 1 if inside else kind == 1
        if kind == 3:
            return self._byte()
        if kind in (4, 5, 6):
            return self._zigzag()
        if kind == 7:
            return self._skip(8)
        if kind == 8:
            return self._skip(self._varint())
        if kind in (9, 10):
            return self._list(depth + 1)
        if kind == 11:
            return self._map(depth + 1)
        if kind == 12:
            return self.struct(depth + 1)
        raise ValueError

    def _list(self, depth: int) -> list[object]:
        byte = self._byte()
        count = byte >> 4 if byte >> 4 != 15 else self._varint()
        if count > len(self._data) - self._at or depth > DEPTH:
            raise ValueError
        return [self._value(byte & 15, depth, inside=True) for _ in range(count)]

    def _map(self, depth: int) -> object:
        count = self._varint()
        if count > len(self._data) - self._at or depth > DEPTH:
            raise ValueError
        kinds = self._byte() if count else 0
        for _ in range(count):
            self._value(kinds >> 4, depth, inside=True)
            self._value(kinds & 15, depth, inside=True)
        return None

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _skip(self, count: int) -> object:
        if count > len(self._data) - self._at:
            raise ValueError
        self._at += count
        return None

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
            if shift > 63:
                raise ValueError

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
