"""From what a person hands in to its sources: folders, files, and archives inside archives, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.errors import SourceError
from tocsin.sources import catalogue, database
from tocsin.sources.limits import limit
from tocsin.sources.names import escaped
from tocsin.sources.opening import stamp, stretch_of
from tocsin.sources.source import Issue, Located

STREAMS = ("gzip", "bzip2", "rar", "xz", "zstd")
Found = Located | Issue
Members = Callable[[Located], Iterator[Found]]


@dataclass(slots=True)
class _Budget:
    """What was unpacked from one file of the pile so far, and whether it met a limit."""

    root: int
    listing: Members
    members: int = 0
    bytes: int = 0
    spent: bool = False

    def take(self, located: Located) -> bool:
        """Count one more member; False once there are too many or they announce too much."""
        self.members += 1
        self.bytes += max(located.bytes, 0)
        floor, ratio = limit("ratio", "floor_bytes"), limit("ratio", "most")
        swollen = self.bytes > max(floor, ratio * self.root) or self.bytes > limit("total", "bytes")
        self.spent = self.spent or swollen or self.members > limit("members", "count")
        return not self.spent


def walk(
    piles: Sequence[str], members: Members = catalogue.members, chosen: Sequence[Located] | None = None
) -> Iterator[Found]:
    """Every source of `piles`, recognised by its content, and an issue for all that is none.

    Names are relative to the PILE they come from, with its number (from 1) in front when there are
    several. In a folder the order is that of the names' bytes, in an archive its own. Links are not
    followed, but for a PILE itself. Nothing is written to disk. `members` lists what a container holds.
    `chosen` are files of one more folder (`below`) that count as the last PILE.
    """
    several = len(piles) + (chosen is not None) > 1
    for number, pile in enumerate(piles, 1):
        prefix = f"{number}/" if several else ""
        if database.is_address(pile) and database.sqlite_path(pile) is None:
            yield from database.tables(pile, prefix)
            continue
        pile = database.sqlite_path(pile) or pile
        for found in _pile(os.fsencode(pile), prefix):
            if isinstance(found, Issue):
                yield found
            else:
                yield from _recognised(found, _Budget(found.bytes, members), 0)
    for one in chosen or ():
        name = f"{len(piles) + 1}/{one.source}" if several else one.source
        yield from _recognised(replace(one, source=name), _Budget(one.bytes, members), 0)


def below(folder: str) -> Iterator[Found]:
    """Every file below a folder, named relative to it and not recognised, and an issue for all that is none."""
    yield from _folder(os.fsencode(os.path.realpath(folder)), "")


def _pile(pile: bytes, prefix: str) -> Iterator[Found]:
    path = os.path.realpath(pile)
    name = prefix + escaped(os.path.basename(os.path.abspath(pile)))
    if os.path.isdir(path):
        yield from _folder(path, prefix)
    else:
        yield _entry(path, name)


def _folder(folder: bytes, prefix: str) -> Iterator[Found]:
    """A folder and all inside it, without recursion, so that depth costs nothing."""
    waiting = [(folder, prefix)]
    while waiting:
        path, name = waiting.pop()
        if not name.endswith("/") and path != folder:
            yield _entry(path, name)
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name, reverse=True)
        except OSError:
            yield Issue(source=name or "./", code="source.unreadable")
            continue
        for entry in entries:
            inside = entry.is_dir(follow_symlinks=False)
            waiting.append((entry.path, name + escaped(entry.name) + ("/" if inside else "")))


def _entry(path: bytes, name: str) -> Found:
    """A file; or an issue for a link, a pipe, a device, a socket, something that may not be read."""
    try:
        found = os.lstat(path)
    except OSError:
        return Issue(source=name, code="source.unreadable")
    if stat.S_ISLNK(found.st_mode):
        return Issue(source=name, code="source.symlink")
    if not stat.S_ISREG(found.st_mode):
        return Issue(source=name, code="source.not_a_file")
    place = os.fsdecode(path)
    return Located(source=name, path=place, format="", encoding=None, reader="", bytes=found.st_size)


def _recognised(located: Located, budget: _Budget, level: int) -> Iterator[Found]:
    """`located` with its format, or what its members are if it is an archive."""
    try:
        known = recognise(located)
    except SourceError as refusal:
        yield Issue(source=located.source, code=refusal.code, bytes_unread=max(located.bytes, 0))
        return
    format = catalogue.formats()[known.format]
    container = format.container
    if container is None or format.itself:
        yield known
    if container is None:
        return
    if level >= limit("depth", "levels"):
        yield Issue(source=located.source, code="source.too_deep", bytes_unread=max(located.bytes, 0))
    else:
        yield from _members(known, budget.listing(known), budget, level)


def recognise(located: Located) -> Located:
    """`located` with format, encoding, reader and dialect as its first 256 KiB tell them.

    Raises SourceError where it cannot be opened.
    """
    head = stretch_of(located).read_at(0, catalogue.HEAD)
    found = catalogue.sniff(head, len(head) if len(head) < catalogue.HEAD else located.bytes)
    if found is None:
        raise SourceError("source.unknown_format")
    format, sniffed = found
    return replace(
        located,
        format=format.name,
        encoding=sniffed.encoding,
        reader=format.reader,
        dialect=(*sniffed.dialect, *_state(located)),
    )


def _state(located: Located) -> tuple[tuple[str, str | int], ...]:
    """Size and time of the file on disk as they are now, so that a change is seen at its end."""
    now = stamp(located.path)
    return () if now is None else (("file.size", now[0]), ("file.mtime_ns", now[1]))


def _members(archive: Located, members: Iterator[Found], budget: _Budget, level: int) -> Iterator[Found]:
    """The sources inside an archive; a second member of one name is called `name#2`."""
    seen: set[str] = set()
    for member in members:
        if isinstance(member, Issue):
            yield member
            continue
        if not budget.take(member):
            yield Issue(source=archive.source, code="source.bomb")
            return
        name, again = member.source, 2
        while name in seen:
            name, again = f"{member.source}#{again}", again + 1
        seen.add(name)
        if member.setting("part") is not None:
            yield replace(member, source=name, dialect=(*member.dialect, *_state(member)))
        else:
            yield from _unwrapped(archive, replace(member, source=name, dialect=()), budget, level + 1)
        if budget.spent:
            return


def _unwrapped(archive: Located, member: Located, budget: _Budget, level: int) -> Iterator[Found]:
    """A member; the tar inside a compressed stream bears the name of the stream's file (`b.tar.gz!/c.csv`)."""
    if archive.format in STREAMS:
        found = catalogue.container_of(stretch_of(member))
        if found is not None and found.name == "tar":
            member = replace(member, source=archive.source)
    yield from _recognised(member, budget, level)
