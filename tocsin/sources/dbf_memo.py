"""The long texts of a dBase or FoxPro table, which stand in a file of their own beside it (DBT, FPT)."""

from __future__ import annotations

import os
from dataclasses import dataclass

from tocsin.errors import SourceError
from tocsin.sources.cell_text import Cell
from tocsin.sources.dbf_header import Header
from tocsin.sources.source import Located
from tocsin.sources.stretch import Plain, Stretch

ENDINGS = (".dbt", ".fpt", ".smt")
BLOCK = 512
MOST = 16 << 20
END = b"\x1a"


@dataclass(slots=True)
class Memo:
    """Long texts by the number of their block; `lost` counts those that are not there. `stretch` None: no such file.

    `size` is that of a block, `framed` how a text's length is told: "fpt" (FoxPro), "dbt" (dBase IV), "" (dBase III,
    up to its end mark).
    """

    stretch: Stretch | None
    size: int
    framed: str
    lost: int = 0

    def text(self, number: int, encoding: str) -> Cell:
        """The text of block `number`, None for 0, for a picture, and for one that is missing."""
        if number <= 0:
            return None
        raw = self._raw(number)
        if raw is None:
            self.lost += 1
            return None
        text = raw.decode(encoding, "replace").strip(" \0\r\n\x1a")
        return text.replace("\x8d\n", "\n").replace("\0", "") or None

    def _raw(self, number: int) -> bytes | None:
        if self.stretch is None:
            return None
        at = number * self.size
        head = self.stretch.read_at(at, 8)
        if len(head) < (8 if self.framed else 1):
            return None
        if self.framed == "fpt":
            length = int.from_bytes(head[4:8], "big")
            return (
                self.stretch.read_at(at + 8, length) if length <= MOST and head[:4] == b"\0\0\0\1" else None
            )
        if self.framed == "dbt" and head.startswith(b"\xff\xff\x08\x00"):
            length = int.from_bytes(head[4:8], "little") - 8
            return self.stretch.read_at(at + 8, length) if 0 <= length <= MOST else None
        return self._marked(at)

    def _marked(self, at: int) -> bytes | None:
        """The bytes from `at` up to the end mark."""
        assert self.stretch is not None
        found = b""
        while len(found) < MOST:
            piece = self.stretch.read_at(at + len(found), 1 << 14)
            found += piece
            if END in piece or not piece:
                break
        return found.partition(END)[0]


def memo_beside(located: Located, found: Header) -> Memo | None:
    """The memo file of a table; one without a file for a member of an archive. None: no field needs one."""
    if not any(field.kind in "MGPW" or field.kind == "B" for field in found.fields):
        return None
    path = None if located.members else _beside(located.path)
    if path is None:
        return Memo(None, BLOCK, "")
    try:
        stretch = Plain(path)
    except SourceError:
        return Memo(None, BLOCK, "")
    head = stretch.read_at(0, 24)
    if path.lower().endswith((".fpt", ".smt")):
        return Memo(stretch, int.from_bytes(head[6:8], "big") or BLOCK, "fpt")
    level_4 = found.version in (0x8B, 0x8E, 0xCB, 0x8C, 0x04, 0x44)
    size = int.from_bytes(head[20:22], "little") if level_4 else 0
    return Memo(stretch, size or BLOCK, "dbt" if level_4 else "")


def _beside(path: str) -> str | None:
    """The file of the same name that ends as memo files do, whatever the case of its letters."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0].lower()
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return None
    wanted = {stem + ending for ending in ENDINGS}
    return next((os.path.join(folder, other) for other in names if other.lower() in wanted), None)
