"""How the bytes of a located source are reached: a file, or a member of archives inside archives.

Nothing is written to disk and nothing large is kept in memory: a compressed stream is read where it stands
and remembers marks to come back to.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections import OrderedDict
from collections.abc import Iterator
from typing import BinaryIO

from tocsin.errors import SourceError
from tocsin.sources.source import Format, Issue, Located, Surveyed
from tocsin.sources.stretch import Plain, Stream, Stretch

BUFFER = 1 << 20
KEPT = 16
_kept: OrderedDict[tuple[str, tuple[int, ...]], Stretch] = OrderedDict()
_digests: OrderedDict[tuple[object, ...], Surveyed] = OrderedDict()
_formats: OrderedDict[int, tuple[Stretch, Format]] = OrderedDict()


def open_bytes(located: Located) -> BinaryIO:
    """The bytes of `located` as a file that is read in order or sought in (not from its end).

    Ends early where an archive is damaged; `ending` then says why. Raises SourceError where the file
    itself cannot be opened.
    """
    return io.BufferedReader(Stream(stretch_of(located)), BUFFER)


def read_range(located: Located, start: int, stop: int | None) -> bytes:
    """The bytes [start, stop) of `located`, of a member too; `stop` None is the end."""
    stretch = stretch_of(located)
    if stop is not None:
        return stretch.read_at(start, stop - start)
    pieces: list[bytes] = []
    while piece := stretch.read_at(start, BUFFER):
        pieces.append(piece)
        start += len(piece)
    return b"".join(pieces)


def stretch_of(located: Located) -> Stretch:
    """The bytes of `located`, readable at any place; the last few are kept open, with their marks."""
    return _reach(located.path, located.members)


def ending(located: Located) -> Iterator[Issue]:
    """What is wrong with the bytes of `located`, asked once they were read to their end.

    A stream that is cut or damaged, one that unpacks to more than the limits allow, a file on disk that
    is not the one that was located any more.
    """
    if located.setting("address") is not None:
        return
    stretch = stretch_of(located)
    if stretch.damage is not None:
        damage = stretch.damage
        yield Issue(
            source=located.source, code=damage.code, bytes_unread=damage.bytes_unread, detail=damage.detail
        )
    if located.setting("file.size") is not None and stamp(located.path) != (
        located.setting("file.size"),
        located.setting("file.mtime_ns"),
    ):
        yield Issue(source=located.source, code="source.changed_while_read")


def digest(located: Located) -> Surveyed:
    """SHA-256 and size of `located`, read through once, also for the many parts of one file."""
    key = (located.path, located.members, stamp(located.path))
    if key in _digests:
        return _digests[key]
    stretch, sha256, at = stretch_of(located), hashlib.sha256(), 0
    while piece := stretch.read_at(at, BUFFER):
        sha256.update(piece)
        at += len(piece)
    _digests[key] = Surveyed(sha256=sha256.hexdigest(), bytes=at)
    while len(_digests) > KEPT:
        _digests.popitem(last=False)
    return _digests[key]


def stamp(path: str) -> tuple[int, int] | None:
    """Size in bytes and time of the last change (ns) of a file on disk; None where it is gone."""
    try:
        found = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _reach(path: str, members: tuple[int, ...]) -> Stretch:
    """The stretch of these members, its archives opened first; all of them become the last used ones."""
    base = _reach(path, members[:-1]) if members else None
    stretch = _kept.pop((path, members), None)
    if stretch is None or (base is None and not _same(stretch, path)):
        stretch = _plain(path) if base is None else _member(base, members[-1])
    _kept[(path, members)] = stretch
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return stretch


def _plain(path: str) -> Plain:
    """The file itself; whatever was kept of an older state of it is dropped."""
    for key in [key for key in _kept if key[0] == path]:
        del _kept[key]
    return Plain(path)


def _same(kept: Stretch, path: str) -> bool:
    """Whether the open file is still the one at `path`."""
    try:
        found = os.stat(path, follow_symlinks=False)
    except OSError:
        return False
    now = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    return isinstance(kept, Plain) and kept.identity == now


def _member(base: Stretch, number: int) -> Stretch:
    """Member `number` of the archive that `base` holds, whose format is looked for once for all its members."""
    from tocsin.sources.catalogue import container_of

    known = _formats.pop(id(base), None)
    container = known[1] if known is not None else container_of(base)
    if container is None or container.member is None:
        raise SourceError("source.unreadable")
    _formats[id(base)] = (base, container)
    while len(_formats) > KEPT:
        _formats.popitem(last=False)
    return container.member(base, number)
