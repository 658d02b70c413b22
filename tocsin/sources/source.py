"""What a source is and gives: the types that every format's file fills in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tocsin.sources.stretch import Stretch
from tocsin.tables import Rows as Rows
from tocsin.tables import Text as Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something that could not be read: a row of ISSUES. `detail` never holds a value or a library's message."""

    source: str
    code: str
    place: str | None = None
    count: int = 1
    bytes_unread: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A source found in a pile: where its bytes are, and what its content says it is.

    `source` is the exact name of the contract (relative to its PILE, `archive.zip!/dir/a.csv`).
    `path` is a file on disk; `members` the chain of member numbers inside nested archives (empty for a
    plain file). `dialect` holds what sniffing settled (delimiter, quote, header, newline, mark, …):
    strings and whole numbers only, so that a section can travel to another process.
    `bytes` is the size of the source itself (of the member once unpacked where the archive says so).
    """

    source: str
    path: str
    members: tuple[int, ...] = ()
    format: str
    encoding: str | None
    reader: str
    bytes: int
    dialect: tuple[tuple[str, str | int], ...] = ()

    def setting(self, name: str) -> str | int | None:
        """One entry of the dialect."""
        return dict(self.dialect).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of one source that can be read alone: the unit of work of a process.

    [start, stop) are bytes of a plain file (stop None: to the end); `first` is the number of its first
    record; `regular` says that a byte check proved every line of it to have the same fields, so that
    the fast reader may take it; `records` and `unread` are what the survey counted where it had to.
    `whole` says that it is all of the source; `line` is the number (from 1) of its first physical line, `offset`
    how many characters stand before it in its record (text).
    """

    located: Located
    number: int
    start: int = 0
    stop: int | None = None
    first: int = 0
    regular: bool = False
    whole: bool = True
    line: int = 1
    records: int | None = None
    unread: int | None = None
    issues: int = 0
    offset: int = 0


Given = Rows | Text | Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """The end of a survey: the source's SHA-256 (hex; None for a table of a live database) and size as read."""

    sha256: str | None
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A source format: how to know it by its content and how to read it.

    `sniff(head, size)` gets the first 256 KiB (the whole of a smaller file) and gives the confidence in
    [0, 1] and the dialect, or None. `survey(located)` reads the file once and yields its sections while
    it goes, so that work starts at once, then one `Surveyed`. `read(section)` gives the records.
    A `container` lists what it holds instead: members (`members` one number longer, to be recognised),
    whose bytes `member` gives by that number; or parts (tables, sheets), whose `format` is settled, with the
    same `members` and a setting `part` that tells them apart: they are surveyed and read by that format.
    `itself` says that it is a source of its own besides (a mail and its attachments).
    `risky` says that its parser is native code that hostile bytes may bring down: `sample` and `read` then run in a
    worker with limits, never in the process that holds the case.
    """

    name: str
    label: dict[str, str]
    reader: str
    sniff: Callable[[bytes, int], Sniffed | None]
    survey: Callable[[Located], Iterator[Section | Issue | Surveyed]]
    read: Callable[[Section], Iterator[Given]]
    sample: Callable[[Located], Rows | None] = field(default=lambda located: None)
    container: Callable[[Located], Iterator[Located | Issue]] | None = None
    member: Callable[[Stretch, int], Stretch] | None = None
    itself: bool = False
    risky: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """What a format recognised: how sure it is, the encoding, and its dialect."""

    confidence: float
    encoding: str | None = None
    dialect: tuple[tuple[str, str | int], ...] = ()
