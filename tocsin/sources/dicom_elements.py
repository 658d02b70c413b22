"""The data elements of a DICOM data set, explicit or implicit, in either byte order, sequences inside sequences.

Rules: DICOM PS3.5 (7.1 data element structure, 7.5 nesting, annex A transfer syntaxes), PS3.10 7.1 (file meta
information), from public implementations; unverified against the standard's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Reader = Callable[[int, int], bytes]

TEXTS = frozenset("AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT".split())
# Value representations whose length takes four bytes after two reserved ones.
LONG = frozenset("OB OD OF OL OV OW SQ SV UC UN UR UT UV".split())
KNOWN = TEXTS | LONG | frozenset("AT FL FD SL SS UL US".split())
PIXELS = 0x7FE00010
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
UNDEFINED = 0xFFFFFFFF
LARGEST, MOST, DEEPEST = 1 << 20, 200_000, 32


class Damaged(Exception):
    """The data set goes on otherwise than it said; what came before stands."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag (group and number in one), its representation ("" where implicit), its place and length.

    `depth` is how many sequences it stands in. A value longer than a MiB is not held: `value` is empty then.
    """

    tag: int
    kind: str
    start: int
    length: int
    value: bytes
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a data set is written."""

    explicit: bool = True
    order: str = "little"


def elements(read: Reader, start: int, stop: int, syntax: Syntax, until: int = PIXELS) -> Iterator[Element]:
    """The elements from `start` on, those inside sequences too, up to `until` (a tag) or `stop` (a place).

    Raises Damaged where they do not go on. A sequence of an implicit data set is known by its first item.
    """
    order, at, depth, count = syntax.order, start, 0, 0
    while at < stop:
        head = read(at, 12)
        tag = _tag(head, order)
        if tag is None:
            raise Damaged
        if tag >= until and not depth and tag >> 16 != 0xFFFE:
            return
        kind, length, size = _lengths(head, tag, syntax)
        at += size
        count += 1
        if count > MOST:
            raise Damaged
        if tag in (ITEM_END, SEQUENCE_END):
            depth = max(depth - (tag == SEQUENCE_END), 0)
        elif tag == ITEM:
            continue
        elif kind == "SQ" or length == UNDEFINED or (not kind and _tag(read(at, 8), order) == ITEM):
            depth += length == UNDEFINED
            if depth > DEEPEST:
                raise Damaged
        else:
            if at + length > stop:
                raise Damaged
            value = read(at, length) if length <= LARGEST else b""
            yield Element(tag, kind, at, length, value, depth)
            at += length


def _tag(head: bytes, order: str) -> int | None:
    if len(head) < 8:
        return None
    group, number = head[:2], head[2:4]
    return (_number(group, order) << 16) | _number(number, order)


def _number(data: bytes, order: str) -> int:
    return int.from_bytes(data, "big" if order == "big" else "little")


def _lengths(head: bytes, tag: int, syntax: Syntax) -> tuple[str, int, int]:
    """The representation of an element's value, its length, and how many bytes its head takes."""
    if tag >> 16 == 0xFFFE or not syntax.explicit:
        return "", _number(head[4:8], syntax.order), 8
    kind = head[4:6].decode("latin-1")
    if kind not in KNOWN:
        raise Damaged
    if kind not in LONG:
        return kind, _number(head[6:8], syntax.order), 8
    if len(head) < 12:
        raise Damaged
    return kind, _number(head[8:12], syntax.order), 12
