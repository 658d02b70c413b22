"""The sections of one table of a dump: which stretches of the file hold its rows, found once and read apart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from tocsin.sources.source import Located, Section

SECTION = 1 << 23
FIRST = 1 << 21
# How a stretch is read: rows by the block, one row exactly, a row that cannot be read, lines of COPY, or free text.
BLOCK, EXACT, BAD, LINES, FREE = "vebct"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes [start, stop) of the dump that hold `rows` rows of statement head number `head`; `line` from 1."""

    kind: str
    head: int
    start: int
    stop: int
    line: int
    rows: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows under one statement head look like: the fields' names, how COPY writes them, columns of bytes."""

    names: tuple[str, ...]
    delimiter: str = "\t"
    null: str = "\\N"
    hexed: tuple[int, ...] | None = None


@dataclass(slots=True)
class Table:
    """One table as the pass meets its rows."""

    part: str
    shapes: list[Shape] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    open: list[Stretch] = field(default_factory=list)
    size: int = 0
    records: int = 0
    first: int = 0
    unread: int = 0
    before: int = 0

    def shape(self, shape: Shape) -> int:
        """The number of this shape."""
        if shape not in self.shapes:
            self.shapes.append(shape)
        return self.shapes.index(shape)

    def add(self, stretch: Stretch, located: Located, backslash: bool) -> None:
        """One more stretch at the end; a full section is closed."""
        last = self.open[-1] if self.open else None
        if (
            last
            and stretch.kind != BAD
            and (last.kind, last.head, last.stop) == (stretch.kind, stretch.head, stretch.start)
        ):
            self.open[-1] = replace(last, stop=stretch.stop, rows=last.rows + stretch.rows)
        else:
            self.open.append(stretch)
        self.size += stretch.stop - stretch.start
        self.records += stretch.rows
        self.unread += stretch.rows * (stretch.kind == BAD)
        if self.size >= (SECTION if self.sections else FIRST):
            self.close(located, backslash)

    def close(self, located: Located, backslash: bool) -> None:
        """The open section, if it holds anything, is done."""
        if not self.open:
            return
        settings = (
            ("shapes", json.dumps([(s.names, s.delimiter, s.null, s.hexed) for s in self.shapes])),
            ("stretches", written(self.open)),
            ("backslash", int(backslash)),
        )
        mine = replace(located, source=f"{located.source}", dialect=(*located.dialect, *settings))
        section = Section(
            located=mine,
            number=len(self.sections),
            start=self.open[0].start,
            stop=max(one.stop for one in self.open),
            first=self.first,
            whole=False,
            line=self.open[0].line,
            records=self.records,
            issues=self.before,
        )
        self.sections.append(section)
        self.first += self.records
        self.before += self.unread
        self.open, self.size, self.records, self.unread = [], 0, 0, 0


def written(stretches: list[Stretch]) -> str:
    """Stretches as one short string that travels to another process."""
    parts: list[str] = []
    at = line = 0
    for one in stretches:
        parts.append(
            f"{one.kind}{one.head},{one.start - at},{one.stop - one.start},{one.line - line},{one.rows}"
        )
        at, line = one.stop, one.line
    return ";".join(parts)


def stretches_of(located: Located) -> list[Stretch]:
    """The stretches of a section."""
    found: list[Stretch] = []
    at = line = 0
    text = str(located.setting("stretches") or "")
    for part in text.split(";") if text else ():
        head, gap, length, lines, rows = part[1:].split(",")
        start, line = at + int(gap), line + int(lines)
        at = start + int(length)
        found.append(Stretch(part[0], int(head), start, at, line, int(rows)))
    return found


def shapes_of(located: Located) -> list[Shape]:
    """The shapes of a section's rows."""
    given = json.loads(str(located.setting("shapes") or "[]"))
    return [
        Shape(tuple(names), delimiter, null, None if hexed is None else tuple(hexed))
        for names, delimiter, null, hexed in given
    ]
