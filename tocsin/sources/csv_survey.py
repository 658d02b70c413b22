"""The survey of a delimited file: one walk that hashes it, counts what is irregular and gives its sections."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.csv_dialect import Dialect, dialect_of
from tocsin.sources.csv_runs import Run, runs
from tocsin.sources.encoding import WIDE, Transcoder
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Issue, Located, Section, Surveyed
from tocsin.sources.stretch import Stretch

BLOCK = 1 << 19
READ_BLOCK = 1 << 24
SECTION = 1 << 24
# A regular stretch of so many bytes is worth a section of its own.
_APART = 1 << 20


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of 8 to 16 MiB of a plain 8-bit file; one whole section of a member or of UTF-16 and UTF-32."""
    hashing = _Hashing()
    blocks = hashing.through(raw_blocks(stretch_of(located), 0, None, BLOCK))
    if located.members or located.encoding in WIDE:
        yield Section(located=located, number=0)
        for _ in blocks:
            pass
    else:
        yield from _sections(located, blocks, hashing)
    yield Surveyed(sha256=hashing.sha256.hexdigest(), bytes=hashing.bytes)


class _Hashing:
    """The SHA-256 and the size of the blocks that went through."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()
        self.bytes = 0

    def through(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The same blocks, each counted before it is given."""
        for block in blocks:
            self.sha256.update(block)
            self.bytes += len(block)
            yield block


@dataclass(slots=True)
class _Draft:
    """A section that grows run by run."""

    start: int
    first: int
    line: int
    issues: int
    number: int = 0
    length: int = 0
    records: int = 0
    unread: int = 0
    lines: int = 0
    regular: bool = True

    def add(self, run: Run) -> None:
        """One more run at its end."""
        self.regular = self.regular and run.regular
        self.length += run.length
        self.records += run.records
        self.lines += run.lines
        self.unread += len(run.bad)

    def next(self) -> _Draft:
        """The empty section that follows."""
        return _Draft(
            start=self.start + self.length,
            first=self.first + self.records,
            line=self.line + self.lines,
            issues=self.issues + self.unread,
            number=self.number + 1,
        )

    def section(self, located: Located, size: int, *, whole: bool) -> Section:
        """The section as it stands, `size` bytes of the file having been read."""
        return Section(
            located=located,
            number=self.number,
            start=self.start,
            stop=min(self.start + self.length, size),
            first=self.first,
            regular=self.regular and self.length > 0,
            whole=whole,
            line=self.line,
            records=self.records,
            unread=self.unread,
            issues=self.issues,
        )


def _sections(located: Located, blocks: Iterator[bytes], hashing: _Hashing) -> Iterator[Section]:
    """The sections of a plain file, each when it is full or when regularity begins or ends."""
    dialect = dialect_of(located)
    head = next(blocks, b"")
    begin = records_begin(head, dialect)
    draft = _Draft(start=begin, first=0, line=dialect.skip + 1, issues=0)
    for run in runs(_after(head[begin:], blocks), dialect):
        full = draft.length >= SECTION
        if full or (draft.length >= _APART and draft.regular != run.regular):
            yield draft.section(located, hashing.bytes, whole=False)
            draft = draft.next()
        draft.add(run)
    if draft.length or draft.number == 0:
        yield draft.section(located, hashing.bytes, whole=draft.number == 0)


def records_begin(head: bytes, dialect: Dialect) -> int:
    """Where in `head` the first line after mark, preamble and header begins; lines end with the dialect's newline."""
    at, newline = dialect.mark, dialect.newline.encode()
    for _ in range(dialect.skip):
        end = head.find(newline, at)
        if end < 0:
            return len(head)
        at = end + 1
    return at


def _after(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from blocks


def raw_blocks(stretch: Stretch, start: int, stop: int | None, size: int) -> Iterator[bytes]:
    """The bytes [start, stop) in blocks of `size`."""
    while stop is None or start < stop:
        block = stretch.read_at(start, size if stop is None else min(size, stop - start))
        if not block:
            return
        start += len(block)
        yield block


def section_blocks(section: Section, dialect: Dialect, transcoder: Transcoder | None) -> Iterator[bytes]:
    """The 8-bit blocks of a section, from its first record on; `transcoder` for UTF-16 and UTF-32."""
    stretch = stretch_of(section.located)
    if section.stop is not None:
        yield from raw_blocks(stretch, section.start, section.stop, READ_BLOCK)
        return
    blocks = raw_blocks(stretch, section.start, None, READ_BLOCK)
    if transcoder is not None:
        blocks = transcoder.transcode(blocks)
    head = next(blocks, b"")
    yield head[records_begin(head, dialect) :]
    yield from blocks
