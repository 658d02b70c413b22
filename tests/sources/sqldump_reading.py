"""Reads a dump as the pipeline does, table by table, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.sources.reading import Read, read_source
from tocsin.sources import sqldump
from tocsin.sources.catalogue import HEAD
from tocsin.sources.opening import open_bytes
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue, Located

_numbers = count()
Rows = dict[int, dict[str, str]]


@dataclass
class Dump:
    """What a pile gave, by source; the name of the file itself is left out of the names of its tables."""

    sources: dict[str, Read]
    loose: list[Issue]

    def rows(self, table: str) -> Rows:
        """The rows of one table, by record."""
        return self.sources[table].rows

    def values(self, table: str) -> list[dict[str, str]]:
        """The rows of one table in order."""
        return [row for _, row in sorted(self.sources[table].rows.items())]

    @property
    def issues(self) -> list[tuple[str, str | None, int]]:
        """All issues: code, place, count."""
        found = [issue for source in self.sources.values() for issue in source.issues]
        return [(issue.code, issue.place, issue.count) for issue in [*self.loose, *found]]


def dump(folder: Path, content: bytes, name: str = "base.sql") -> Dump:
    """The pile of one file of this content."""
    path = folder / name
    path.write_bytes(content)
    return dump_of(path)


def direct(folder: Path, content: bytes) -> Dump:
    """The same without the other formats: a tenth of the time, for the tests that draw many examples."""
    path = folder / "base.sql"
    path.write_bytes(content)
    sniffed = sqldump.sniff(content[:HEAD], len(content))
    assert sniffed is not None
    located = Located(
        source="base.sql",
        path=str(path),
        format="sqldump",
        encoding=sniffed.encoding,
        reader=sqldump.FORMAT.reader,
        bytes=len(content),
        dialect=(*sniffed.dialect, ("test", next(_numbers))),
    )
    found = Dump({}, [])
    for part in sqldump.container(located):
        if isinstance(part, Issue):
            found.loose.append(part)
            continue
        result = found.sources.setdefault(part.source.rpartition("#")[2], Read())
        result.located.append(part)
        read_source(part, content, result)
    return found


def dump_of(path: Path) -> Dump:
    """The pile of this file."""
    found = Dump({}, [])
    for located in walk([str(path)]):
        if isinstance(located, Issue):
            found.loose.append(located)
            continue
        result = found.sources.setdefault(located.source.rpartition("#")[2], Read())
        result.located.append(located)
        with open_bytes(located) as stream:
            read_source(located, stream.read(), result)
    return found
