"""SQL dumps of MySQL, MariaDB, PostgreSQL, SQLite, SQL Server and Oracle: each table of a dump is a source."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

from tocsin.sources.decoding import characters
from tocsin.sources.names import escaped
from tocsin.sources.opening import stamp
from tocsin.sources.source import Format, Issue, Located, Section, Surveyed, Text
from tocsin.sources.sqldump_pass import REST, Pass
from tocsin.sources.sqldump_read import read
from tocsin.sources.sqldump_sniff import sniff

KEPT = 4
_passes: OrderedDict[tuple[object, ...], Pass] = OrderedDict()


def pass_of(located: Located) -> Pass:
    """The pass over this dump, as far as it went; the last few are kept, so that its tables share one."""
    key = (located.path, located.members, stamp(located.path))
    going = _passes.pop(key, None) or Pass(_dump(located))
    _passes[key] = going
    while len(_passes) > KEPT:
        _passes.popitem(last=False)
    return going


def _dump(located: Located) -> Located:
    """The dump that a part is of."""
    dialect = tuple(entry for entry in located.dialect if entry[0] != "part")
    return replace(located, dialect=dialect)


def container(located: Located) -> Iterator[Located | Issue]:
    """A part for each table, as soon as its first row is seen; at the end what stands between the rows, if it tells."""
    going = Pass(located)
    _passes[(located.path, located.members, stamp(located.path))] = going
    given: set[str] = set()
    more = True
    while more:
        more = going.step()
        for part in [part for part in going.tables if part not in given]:
            given.add(part)
            yield _part(located, part)
    if going.telling or not going.tables:
        yield _part(located, REST)


def _part(located: Located, part: str) -> Located:
    name = located.source if part == REST else f"{located.source}#{escaped(part.encode('utf-8', 'replace'))}"
    return replace(located, source=name, bytes=0, dialect=(*located.dialect, ("part", part)))


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """The sections of one table while the pass goes on, or those of the rest."""
    going, part = pass_of(located), str(located.setting("part") or "")
    given, more = 0, True
    while more:
        more = going.step()
        sections = [] if part == REST else going.tables[part].sections if part in going.tables else []
        while given < len(sections):
            yield _mine(sections[given], located)
            given += 1
    if part == REST:
        yield from _rest(going, located)
    for issue in going.issues.get(part, ()):
        yield replace(issue, source=located.source)
    if going.surveyed is not None:
        yield going.surveyed


def _mine(section: Section, located: Located) -> Section:
    """The section as one of `located`'s."""
    dialect = (*section.located.dialect, ("part", str(located.setting("part"))))
    return replace(section, located=replace(section.located, source=located.source, dialect=dialect))


def _rest(going: Pass, located: Located) -> Iterator[Section]:
    """Sections of the text between the rows, each with its offset in characters."""
    sections, offset = going.rest_sections(_dump(located)), 0
    for number, section in enumerate(sections):
        mine = _mine(section, located)
        last = int(number == len(sections) - 1)
        mine = replace(
            mine,
            offset=offset,
            whole=len(sections) == 1,
            records=None,
            located=replace(mine.located, dialect=(*mine.located.dialect, ("last", last))),
        )
        yield mine
        if not last:
            offset += sum(characters(piece.data) for piece in read(mine) if isinstance(piece, Text))


FORMAT = Format(
    name="sqldump",
    label={"fr": "sauvegarde SQL", "en": "SQL dump"},
    reader="positions",
    sniff=sniff,
    survey=survey,
    read=read,
    container=container,
)
