"""Calendars (iCalendar): every event, task or note a record, with those who organise and attend as mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from tocsin.sources.encoding import detect
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed
from tocsin.sources.vcard_blocks import records_in, survey_by, text_of
from tocsin.sources.vcard_lines import Line, lines_of, plain

_BEGIN = re.compile(rb"(?im)^BEGIN:V(?:EVENT|TODO|JOURNAL|FREEBUSY)\b")
_BEGINS = re.compile(_BEGIN.pattern.decode())
_SILENT = frozenset(
    "begin end version prodid uid dtstamp sequence calscale method tzid tzoffsetfrom tzoffsetto tzname rrule trigger"
    " action transp class created last-modified priority status attach exdate recurrence-id refresh-interval".split()
)
_PERSONS = ("organizer", "attendee")
PROSE = frozenset(("summary", "description", "comment"))
BATCH = 50_000


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The first line of a calendar."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[:4096].decode(encoding, "replace").removeprefix("\ufeff").lstrip()
    return Sniffed(confidence=0.99, encoding=encoding) if text[:15].upper() == "BEGIN:VCALENDAR" else None


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of whole components."""
    return survey_by(located, _BEGIN)


def read(section: Section) -> Iterator[Given]:
    """The components as rows, one a mention; one without its end is read and told."""
    text, issue = text_of(section)
    rows: list[tuple[int, int, dict[str, str]]] = []
    for number, component in enumerate(records_in(text, _BEGINS), section.first):
        rows += [(number, mention, cells) for mention, cells in enumerate(_mentions(component))]
        begun = _BEGINS.search(component)
        if begun is None or f"\nEND:{begun[0][6:]}".upper() not in component.upper():
            yield Issue(source=section.located.source, code="source.truncated", place=f"record {number}")
        if len(rows) >= BATCH:
            yield _given(rows)
            rows = []
    if rows:
        yield _given(rows)
    if issue is not None:
        yield issue


def _given(rows: list[tuple[int, int, dict[str, str]]]) -> Rows:
    names = sorted({name for _, _, cells in rows for name in cells}) or ["summary"]
    columns = [pl.Series(name, [cells.get(name) for _, _, cells in rows], pl.String()) for name in names]
    return Rows(
        frame=pl.DataFrame(columns),
        numbers=pl.Series("record", [number for number, _, _ in rows], pl.UInt64()),
        mentions=pl.Series("mention", [mention for _, mention, _ in rows], pl.Int32()),
        prose=PROSE,
    )


def _mentions(text: str) -> list[dict[str, str]]:
    """What a component says, then its organiser and everybody who attends, each once."""
    said: dict[str, list[str]] = {}
    persons: dict[str, dict[str, str]] = {}
    for line in lines_of(text):
        if isinstance(line, str):
            said.setdefault("description", []).append(line)
        elif line.name in _PERSONS:
            _person(line, persons)
        elif line.name not in _SILENT and line.value.strip():
            said.setdefault(line.name, []).append(plain(line.value))
    return [{name: "\n".join(values) for name, values in said.items()}, *persons.values()]


def _person(line: Line, persons: dict[str, dict[str, str]]) -> None:
    """One more who organises or attends (RFC 5545, section 3.8.4)."""
    address = re.sub("^mailto:", "", plain(line.value), flags=re.IGNORECASE)
    cells = persons.setdefault(address.lower(), {})
    cells.setdefault(line.name, address)
    name = line.parameters.get("cn", "").strip()
    if name and name != address:
        cells.setdefault(f"{line.name}.name", name)


FORMAT = Format(
    name="ical",
    label={"fr": "agenda (iCalendar)", "en": "calendar (iCalendar)"},
    reader="ical",
    sniff=sniff,
    survey=survey,
    read=read,
)
