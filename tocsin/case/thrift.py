"""The compact form of Thrift in which Parquet writes its headers and its footer, read and written field by field.

Source: apache/thrift, doc/specs/thrift-compact-protocol.md. A struct is a list of fields (number, type, value);
what a field means is the caller's affair, so that those it does not know go through unchanged.
"""

from __future__ import annotations

from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, STRUCT = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12
Struct = list[tuple[int, int, Any]]
Items = tuple[int, list[Any]]
"""A list: the type of its members, and they."""


def field(struct: Struct, number: int) -> Any:
    """The value of a field, None where it is not there."""
    return next((value for found, _, value in struct if found == number), None)


def changed(struct: Struct, number: int, kind: int, value: Any) -> Struct:
    """The struct with another value of a field, in its place or where its number belongs."""
    rest = [one for one in struct if one[0] != number]
    return sorted([*rest, (number, kind, value)], key=lambda one: one[0])


def decoded(data: bytes) -> Struct:
    """The struct that `data` begins with."""
    return _Reader(data).struct()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self) -> Struct:
        found: Struct = []
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            found.append((number, head & 15, self._value(head & 15)))
        return found

    def _value(self, kind: int) -> Any:
        if kind in (TRUE, FALSE):
            return kind == TRUE
        if kind in (I16, I32, I64):
            return self._zigzag()
        if kind in (LIST, SET):
            return self._items()
        if kind == STRUCT:
            return self.struct()
        size = {BYTE: 1, DOUBLE: 8}.get(kind)
        if size is None and kind != BINARY:
            raise ValueError("a map is in no Parquet footer")
        return self._bytes(self._varint() if size is None else size)

    def _items(self) -> Items:
        head = self._byte()
        size, kind = head >> 4, head & 15
        size = self._varint() if size == 15 else size
        if kind in (TRUE, FALSE):
            return kind, [self._byte() for _ in range(size)]
        return kind, [self._value(kind) for _ in range(size)]

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _bytes(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]

    def _varint(self) -> int:
        number = shift = 0
        while (byte := self._byte()) & 128:
            number |= (byte & 127) << shift
            shift += 7
        return number | byte << shift

    def _zigzag(self) -> int:
        number = self._varint()
        return number >> 1 ^ -(number & 1)


def encoded(struct: Struct) -> bytes:
    """The bytes of a struct."""
    found, before = bytearray(), 0
    for number, kind, value in struct:
        kind = (TRUE if value else FALSE) if kind in (TRUE, FALSE) else kind
        step = number - before
        found += bytes([step << 4 | kind]) if 0 < step < 16 else bytes([kind]) + _zigzag(number)
        if kind not in (TRUE, FALSE):
            found += _encoded(kind, value)
        before = number
    return bytes(found) + b"\0"


def _encoded(kind: int, value: Any) -> bytes:
    if kind in (I16, I32, I64):
        return _zigzag(value)
    if kind in (LIST, SET):
        member, items = value
        head = (
            bytes([len(items) << 4 | member])
            if len(items) < 15
            else bytes([240 | member]) + varint(len(items))
        )
        if member in (TRUE, FALSE):
            return head + bytes(items)
        return head + b"".join(_encoded(member, item) for item in items)
    if kind == STRUCT:
        return encoded(value)
    return varint(len(value)) + value if kind == BINARY else bytes(value)


def varint(number: int) -> bytes:
    """A whole number in groups of seven bits, the lowest first."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes(found) + bytes([number])


def _zigzag(number: int) -> bytes:
    return varint(number << 1 if number >= 0 else ~number << 1 | 1)
