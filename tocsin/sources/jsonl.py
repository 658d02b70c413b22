"""JSON lines: one JSON value a line, each a record; a bad line costs itself alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tocsin.sources.decoding import begin, physical_lines, wide
from tocsin.sources.encoding import detect
from tocsin.sources.json_rows import rows_of, value_of
from tocsin.sources.limits import limit
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed
from tocsin.sources.whole import one_section

BLOCK = 1 << 22
BATCH = 20_000
LOOKED_AT = 50


def sniff(head: bytes, size: int) -> Sniffed | None:
    """At least two lines, all objects or all arrays, nearly all of which are whole JSON values."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head.decode(encoding, "ignore").removeprefix("\ufeff")
    lines = text.split("\n")
    if len(head) != size and len(lines) > 1:
        lines = lines[:-1]
    lines = [line.strip() for line in lines if line.strip()][:LOOKED_AT]
    if len(lines) < 2 or lines[0][0] not in "{[":
        return None
    whole = sum(line[0] == lines[0][0] and line[-1] in "}]" and _is_value(line) for line in lines)
    return Sniffed(confidence=0.97, encoding=encoding) if whole * 10 >= len(lines) * 6 else None


def _is_value(line: str) -> bool:
    try:
        value_of(line)
    except ValueError:
        return False
    return True


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of some 4 MiB that end after a line; a record is a line that is not blank."""
    if wide(located):
        yield from one_section(located)
        return
    stretch, sha256 = stretch_of(located), hashlib.sha256()
    at = start = begin(located)
    sha256.update(stretch.read_at(0, at))
    number = first = 0
    line = 1
    filled = False
    while block := stretch.read_at(at, BLOCK):
        sha256.update(block)
        at += len(block)
        parts = block.split(b"\n")
        if len(parts) > 1 and at - len(block) - start > limit("json", "element_bytes"):
            stop = at - len(block) + len(parts[0]) + 1
            yield _section(located, number, (start, stop), first, line)
            number, start, line, first, filled = number + 1, stop, line + 1, first + 1, False
            parts = parts[1:]
        if len(parts) > 1:
            stop = at - len(parts[-1])
            yield _section(located, number, (start, stop), first, line)
            first += (filled or _filled(parts[0])) + sum(map(_filled, parts[1:-1]))
            number, start, line, filled = number + 1, stop, line + len(parts) - 1, False
        filled = filled or _filled(parts[-1])
    if filled or number == 0:
        yield replace(_section(located, number, (start, at), first, line), whole=number == 0)
    yield Surveyed(sha256=sha256.hexdigest(), bytes=at)


def _section(located: Located, number: int, place: tuple[int, int], first: int, line: int) -> Section:
    start, stop = place
    return Section(
        located=located, number=number, start=start, stop=stop, first=first, line=line, whole=False
    )


def _filled(line: bytes) -> bool:
    return bool(line.strip(b" \t\r"))


def read(section: Section) -> Iterator[Given]:
    """The lines of a section as rows, in batches; an issue for every line that is no JSON value."""
    values: list[Any] = []
    numbers: list[int] = []
    number = section.first
    for at, line in enumerate(_lines(section), section.line):
        if isinstance(line, Issue):
            yield line
            continue
        if not line.strip(" \t\r"):
            continue
        try:
            values.append(value_of(line))
            numbers.append(number)
        except ValueError:
            yield bad_line(section.located, at, len(line.encode("utf-8", "replace")))
        number += 1
        if len(values) == BATCH:
            yield from _given(values, numbers)
            values, numbers = [], []
    yield from _given(values, numbers)


def bad_line(located: Located, line: int, unread: int) -> Issue:
    """The issue of a line (counted from 1) that could not be read; it is one record."""
    return Issue(source=located.source, code="source.bad_line", place=f"line {line}", bytes_unread=unread)


def _given(values: list[Any], numbers: list[int]) -> Iterator[Rows]:
    rows = rows_of(values, numbers)
    if rows is not None:
        yield rows


def _lines(section: Section) -> Iterator[str | Issue]:
    """The physical lines of a section, without their line end."""
    located, stop = section.located, section.stop or 0
    if wide(located) or stop - section.start <= limit("json", "element_bytes"):
        yield from physical_lines(located, section.start, stop)
        return
    yield bad_line(located, section.line, stop - section.start)


FORMAT = Format(
    name="jsonl",
    label={"fr": "lignes JSON", "en": "JSON lines"},
    reader="json",
    sniff=sniff,
    survey=survey,
    read=read,
)
