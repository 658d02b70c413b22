"""The records of a section of a dump: the stretches of one table, each read as its kind asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from tocsin.sources.decoding import utf8, wide
from tocsin.sources.opening import read_range
from tocsin.sources.source import Given, Issue, Located, Rows, Section, Text
from tocsin.sources.sqldump_copy import frame_of as lines_frame
from tocsin.sources.sqldump_sections import (
    BAD,
    BLOCK,
    EXACT,
    FREE,
    LINES,
    Shape,
    Stretch,
    shapes_of,
    stretches_of,
)
from tocsin.sources.sqldump_values import Cells, Rules, add_block, add_row, frame_of, stand_ins
from tocsin.sources.sqldump_words import SWAPPED

TOGETHER = 1 << 20
NEAR = 1 << 16
SINGLE = 1000


@dataclass(slots=True)
class Reading:
    """What one section gives while it is read; `number` is that of the next record."""

    section: Section
    backslash: bool
    number: int
    issues: list[Issue] = field(default_factory=list)
    damaged: int = 0
    frames: list[tuple[pl.DataFrame, pl.Series]] = field(default_factory=list)

    def bad(self, line: int, length: int, code: str = "source.bad_record") -> None:
        """One record that cannot be read."""
        source = self.section.located.source
        self.issues.append(Issue(source=source, code=code, place=f"line {line}", bytes_unread=length))


def read(section: Section) -> Iterator[Given]:
    """The rows of one table, or the text between the rows; then the section's issues."""
    located = section.located
    stretches, shapes = stretches_of(located), shapes_of(located)
    if stretches and stretches[0].kind == FREE:
        yield from _free(section, stretches)
        return
    reading = Reading(section, bool(located.setting("backslash")), section.first)
    pieces = [piece for piece, damaged in _pieces(located, stretches, reading)]
    numbers = _numbers(stretches, section.first)
    for head, shape in enumerate(shapes):
        mine = [
            (one, piece, at)
            for one, piece, at in zip(stretches, pieces, numbers, strict=True)
            if one.head == head
        ]
        if mine:
            _shaped(reading, shape, mine)
    yield from _together(reading)
    yield from _told(reading)


def _numbers(stretches: list[Stretch], first: int) -> list[int]:
    """The number of each stretch's first record."""
    numbers = []
    for one in stretches:
        numbers.append(first)
        first += one.rows
    return numbers


def _pieces(located: Located, stretches: list[Stretch], reading: Reading) -> Iterator[tuple[bytes, int]]:
    """The bytes of each stretch as UTF-8; those that lie near each other are read at once."""
    at, swapped = 0, bool(located.setting("swapped"))
    while at < len(stretches):
        after = at + 1
        while after < len(stretches) and stretches[after].start - stretches[after - 1].stop < NEAR:
            after += 1
        start = stretches[at].start
        hull = read_range(located, start, stretches[after - 1].stop)
        for one in stretches[at:after]:
            piece, damaged = _utf8(hull[one.start - start : one.stop - start], located)
            if swapped and one.kind not in (FREE, LINES):
                piece = piece.translate(SWAPPED)
            reading.damaged += damaged
            yield piece, damaged
        at = after


def _utf8(raw: bytes, located: Located) -> tuple[bytes, int]:
    if wide(located):
        return raw.decode(located.encoding or "utf-16-le", "replace").encode("utf-8", "replace"), 0
    return utf8(raw, located.encoding)


def _shaped(reading: Reading, shape: Shape, mine: list[tuple[Stretch, bytes, int]]) -> None:
    """The rows of one shape."""
    names = list(shape.names)
    lines = [one for one in mine if one[0].kind == LINES]
    for one, piece, number in lines:
        cut, kept, bad = lines_frame(piece, shape, names)
        reading.frames.append((cut, pl.Series("record", (kept + number).astype(np.uint64))))
        for at, length in bad:
            reading.bad(one.line + at, length, "source.bad_line")
    hexed = None if shape.hexed is None else frozenset(shape.hexed)
    swapped = bool(reading.section.located.setting("swapped"))
    rules = Rules(len(names), reading.backslash, hexed, swapped)
    held = stand_ins([piece for one, piece, _ in mine if one.kind == BLOCK])
    frame = None
    if held is not None:
        issues = len(reading.issues)
        frame = frame_of(_filled(reading, Cells(held), mine, rules), names, swapped=swapped)
        if frame is None:
            del reading.issues[issues:]
    if frame is None:
        exactly = [
            (replace(one, kind=EXACT) if one.kind == BLOCK else one, piece, at) for one, piece, at in mine
        ]
        frame = frame_of(_filled(reading, Cells(b"\1\2\3"), exactly, rules), names, swapped=swapped)
    if frame is not None and frame[0].height:
        reading.frames.append(frame)


def _filled(reading: Reading, cells: Cells, mine: list[tuple[Stretch, bytes, int]], rules: Rules) -> Cells:
    """All stretches of rows read into `cells`, blocks that follow each other together."""
    block: list[tuple[Stretch, bytes, int]] = []
    size = 0
    for one, piece, number in mine:
        follows = not block or number == block[-1][2] + block[-1][0].rows
        if block and (one.kind != BLOCK or not follows or size >= TOGETHER):
            _add(reading, cells, block, rules)
            block, size = [], 0
        if one.kind == BLOCK:
            block.append((one, piece, number))
            size += len(piece)
        elif one.kind == EXACT:
            _exact(reading, cells, (one, piece, number), rules)
        elif one.kind == BAD:
            reading.bad(one.line, one.stop - one.start)
    if block:
        _add(reading, cells, block, rules)
    return cells


def _add(reading: Reading, cells: Cells, block: list[tuple[Stretch, bytes, int]], rules: Rules) -> None:
    """Rows of stretches that follow each other, as if a comma stood between them."""
    data = b",".join(piece for _, piece, _ in block)
    _, odd = add_block(cells, data, rules, block[0][2])
    for start, stop in odd:
        at = 0
        for one, piece, _ in block:
            if start < at + len(piece):
                reading.bad(one.line + piece.count(b"\n", 0, start - at), stop - start)
                break
            at += len(piece) + 1


def _exact(reading: Reading, cells: Cells, given: tuple[Stretch, bytes, int], rules: Rules) -> None:
    """The rows of one stretch by the exact reader."""
    one, piece, number = given
    place = line = 0
    for row in range(one.rows):
        start = piece.find(b"(", place) if row else 0
        stop = add_row(cells, piece, start, rules, number + row)
        if stop is None or stop < 0:
            line = one.line + piece.count(b"\n", 0, start)
            reading.bad(line, (len(piece) if stop is None else -stop) - start)
        if stop is None:
            return
        place = abs(stop)


def _together(reading: Reading) -> Iterator[Rows]:
    """All frames as one, in order of the records' numbers."""
    if not reading.frames:
        return
    if len(reading.frames) == 1:
        frame, numbers = reading.frames[0]
    else:
        frame = pl.concat([frame for frame, _ in reading.frames], how="diagonal")
        numbers = pl.concat([numbers for _, numbers in reading.frames])
        order = numbers.arg_sort()
        frame, numbers = frame[order], numbers[order]
    yield Rows(frame=frame, numbers=numbers)


def _told(reading: Reading) -> Iterator[Issue]:
    """The issues, those beyond the first thousand of a source together."""
    source, left = reading.section.located.source, max(0, SINGLE - reading.section.issues)
    told = sorted(reading.issues, key=lambda issue: int((issue.place or "line 0").partition(" ")[2]))
    yield from told[:left]
    for code in sorted({issue.code for issue in told[left:]}):
        rest = [issue for issue in told[left:] if issue.code == code]
        length = sum(issue.bytes_unread or 0 for issue in rest)
        yield Issue(source=source, code=code, place=rest[0].place, count=len(rest), bytes_unread=length)
    if reading.damaged:
        yield Issue(source=source, code="source.mixed_encoding", count=reading.damaged)


def _free(section: Section, stretches: list[Stretch]) -> Iterator[Given]:
    """The text of the rest: pieces of one document."""
    located, offset, damaged = section.located, section.offset, 0
    reading = Reading(section, False, 0)
    text = b"".join(piece + b"\n" for piece, _ in _pieces(located, stretches, reading))
    damaged = reading.damaged
    yield Text(record=0, data=text, offset=offset, last=bool(located.setting("last")))
    if damaged:
        yield Issue(source=located.source, code="source.mixed_encoding", count=damaged)
