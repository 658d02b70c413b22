"""The sources of a scan as they grow, and the rows that they and their issues become."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from tocsin import tables
from tocsin.pipeline.section import UNREAD
from tocsin.scan.tally import Tallies
from tocsin.sources.source import Issue, Located, Surveyed

# Issues about what was read all the same, or is no record.
READ = frozenset(
    "source." + code
    for code in "mixed_encoding nul_bytes preamble undecodable hostile_name empty bad_checksum trailing_bytes binary_cells macros deleted_rows long_header repaired_encoding".split()
) | frozenset(
    f"listing.{code}" for code in ("missing", "ambiguous", "changed_since", "unread_line", "no_file")
)


@dataclass(slots=True)
class Source:
    """One source on its way."""

    source_id: int
    located: Located
    surveyed: Surveyed | None = None
    records: int = 0
    unread: int = 0
    origin: str | None = None
    unknown: bool = False
    document: dict[tuple[str, str | None], list[pl.Series]] = field(default_factory=dict)
    spread: bool = False
    given_up: bool = False
    tallies: Tallies = field(default_factory=Tallies)
    named: Tallies = field(default_factory=Tallies)
    issues: list[Issue] = field(default_factory=list)


class SourceRows:
    """The rows of the tables SOURCES and ISSUES; what could not even be opened is a source too."""

    def __init__(self, sources: list[Source], loose: list[Issue], free: int) -> None:
        self._sources = sources
        self._issues = [*loose, *(issue for source in sources for issue in source.issues)]
        self._numbers = {source.located.source: source.source_id for source in sources}
        self._unopened: dict[str, Issue] = {}
        for issue in loose:
            if issue.source not in self._numbers:
                self._numbers[issue.source] = free + len(self._unopened)
                self._unopened[issue.source] = issue

    def sources(self) -> pl.DataFrame:
        """One row a source, in the order in which they were met; those that were not opened last."""
        rows = [source_row(source) for source in self._sources]
        for name, issue in self._unopened.items():
            rows.append(
                {
                    "source_id": self._numbers[name],
                    "source": name,
                    "format": issue.detail or "unknown",
                    "state": "unread",
                    "bytes": issue.bytes_unread or 0,
                    "records": 0,
                }
            )
        return pl.DataFrame(rows, schema=tables.SOURCES)

    def issues(self) -> pl.DataFrame:
        """One row an issue."""
        rows = [
            {
                "source_id": self._numbers[issue.source],
                "source": issue.source,
                "place": issue.place,
                "code": issue.code,
                "count": issue.count,
                "bytes_unread": issue.bytes_unread,
                "detail": issue.detail,
            }
            for issue in self._issues
            if issue.source in self._numbers
        ]
        return pl.DataFrame(rows, schema=tables.ISSUES)


def source_row(source: Source) -> dict[str, object]:
    """The row of one source; `unread` is null where nobody can know it."""
    located, surveyed = source.located, source.surveyed
    unknown = any(issue.code not in UNREAD | READ for issue in source.issues)
    return {
        "source_id": source.source_id,
        "source": located.source,
        "format": located.format,
        "sha256": surveyed.sha256 if surveyed else None,
        "bytes": surveyed.bytes if surveyed else located.bytes,
        "records": source.records,
        "unread": None if unknown or surveyed is None else source.unread,
        "encoding": located.encoding,
        "reader": located.reader,
        "state": _state(source),
    }


def _state(source: Source) -> str:
    """Read, read in part, or not at all."""
    lost = any(issue.code not in READ for issue in source.issues)
    if source.surveyed is None or (lost and not source.records):
        return "unread"
    return "partly_read" if lost else "read"


def pile_bytes(piles: Sequence[str]) -> int:
    """The bytes of all regular files of the piles, for the time left; 0 for what cannot be looked at."""
    total = 0
    for path in piles:
        if os.path.isdir(path):
            for folder, _, files in os.walk(path):
                for name in files:
                    try:
                        total += os.lstat(os.path.join(folder, name)).st_size
                    except OSError:
                        continue
        else:
            try:
                total += os.stat(path).st_size
            except OSError:
                continue
    return total
