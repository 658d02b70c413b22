"""A compound file made in memory: what an embedded storage is once it stands alone ([MS-CFB], version 3)."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from tocsin.sources.ole import NONE, SIGNATURE

SECTOR, SMALL, CUTOFF = 512, 64, 4096
END, TABLE = 0xFFFFFFFE, 0xFFFFFFFD

Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree, clsid: bytes = bytes(16)) -> bytes:
    """The bytes of a compound file whose storages (mappings) and streams (bytes) are those of `tree`."""
    entries: list[list[int | str | bytes]] = [["Root Entry", 5, NONE, NONE, clsid, END, 0]]
    contents: list[bytes] = [b""]
    _enter(tree, 0, entries, contents)
    sectors: list[bytes] = []
    table: list[int] = []
    small = b""
    small_table: list[int] = []
    for entry, content in zip(entries, contents, strict=True):
        if entry[1] != 2 or not content:
            continue
        if len(content) < CUTOFF:
            entry[5] = len(small_table)
            _link(small_table, -(-len(content) // SMALL))
            small += content.ljust(-(-len(content) // SMALL) * SMALL, b"\0")
        else:
            entry[5] = _store(content, sectors, table)
    if small:
        entries[0][5], entries[0][6] = _store(small, sectors, table), len(small)
    packed = struct.pack(f"<{len(small_table)}I", *small_table)
    first_small = _store(packed, sectors, table, b"\xff") if packed else END
    directory = _store(b"".join(_packed(entry) for entry in entries), sectors, table)
    return _assembled(sectors, table, directory, first_small, -(-len(packed) // SECTOR))


def _enter(
    tree: Tree, parent: int, entries: list[list[int | str | bytes]], contents: list[bytes], depth: int = 0
) -> None:
    """Add what `tree` holds; entries of one storage hang one behind the other on their right."""
    before = parent
    for name, content in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        inner = not isinstance(content, bytes)
        number = len(entries)
        entries[before][3 if before == parent else 2] = number
        size = 0 if isinstance(content, Mapping) else len(content)
        entries.append([name, 1 if inner else 2, NONE, NONE, bytes(16), END if size else 0, size])
        contents.append(content if isinstance(content, bytes) else b"")
        if isinstance(content, Mapping) and depth < 64:
            _enter(content, number, entries, contents, depth + 1)
        before = number


def _link(table: list[int], count: int) -> None:
    """A chain of so many more sectors."""
    at = len(table)
    table += [*range(at + 1, at + count), END]


def _store(content: bytes, sectors: list[bytes], table: list[int], fill: bytes = b"\0") -> int:
    """Put `content` in new sectors; the number of the first."""
    start = len(sectors)
    count = -(-len(content) // SECTOR)
    sectors += [content[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, fill) for at in range(count)]
    _link(table, count)
    return start


def _packed(entry: list[int | str | bytes]) -> bytes:
    """An entry of the directory (2.6.1): field 2 is its right neighbour, 3 its child."""
    name, kind, right, child, clsid, start, size = entry
    raw = str(name)[:31].encode("utf-16-le", "replace")
    return struct.pack(
        "<64sHBBIII16s20xIQ", raw, len(raw) + 2, kind, 1, NONE, right, child, clsid, start, size
    )


def _assembled(
    sectors: list[bytes], table: list[int], directory: int, first_small: int, smalls: int
) -> bytes:
    """Header, sectors, and the table of sectors, in sectors of its own (2.2 to 2.5)."""
    per = SECTOR // 4
    tables = extended = 0
    while tables * per < len(table) + tables + extended:
        tables += 1
        extended = -(-max(tables - 109, 0) // (per - 1))
    at = len(sectors)
    numbers = list(range(at, at + tables))
    more = numbers[109:]
    first_more = at + tables if more else END
    full = [*table, *([TABLE] * tables), *([TABLE - 1] * extended)]
    full += [NONE] * (tables * per - len(full))
    tail = struct.pack(f"<{len(full)}I", *full)
    for block in range(extended):
        part = more[block * (per - 1) : (block + 1) * (per - 1)]
        following = first_more + block + 1 if block + 1 < extended else END
        tail += struct.pack(f"<{per}I", *part, *([NONE] * (per - 1 - len(part))), following)
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, directory, 0, CUTOFF, first_small, smalls, first_more, extended)
    listed = numbers[:109] + [NONE] * (109 - len(numbers[:109]))
    return head + struct.pack("<109I", *listed) + b"".join(sectors) + tail
