"""The attacker's list in a scan: its own row among the sources, what is missing, and the copies that are to be scanned."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.errors import UsageError
from tocsin.sources import pile
from tocsin.sources.listing import FileList, read_list
from tocsin.sources.listing_match import Copies, Match, State
from tocsin.sources.names import escaped
from tocsin.sources.source import Issue, Located, Surveyed

FORMAT = "listing"
SINGLY = 1000
CODES = {
    State.MISSING: "listing.missing",
    State.AMBIGUOUS: "listing.ambiguous",
    State.CHANGED: "listing.changed_since",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A list with what became of its files: the source that it is itself, its names, its issues, the copies to scan."""

    located: Located
    surveyed: Surveyed
    unread: int
    names: Sequence[str]
    counts: dict[str, int]
    issues: Sequence[Issue]
    unopened: Sequence[Issue]
    copies: Sequence[Located] = field(repr=False)


def matched(listing: Path | None, originals: Path | None) -> Matched | None:
    """The files of a list beside the copies below a folder; None where neither is given.

    Raises UsageError for one without the other, for a list that is no text and for what is no folder.
    """
    if listing is None and originals is None:
        return None
    if listing is None or originals is None:
        raise UsageError("listing.together")
    if not originals.is_dir():
        raise UsageError("listing.no_originals")
    held = read_list(str(listing))
    files: list[Located] = []
    unopened: list[Issue] = []
    for found in pile.below(str(originals)):
        if isinstance(found, Located):
            files.append(found)
        elif found.code == "source.unreadable":
            unopened.append(found)
    root = os.path.realpath(originals)
    copies = Copies(files, root, frozenset(_folders(root)))
    told = list(copies.match(held.files))
    wanted = sorted({number for match in told for number in match.copies})
    located, surveyed = _source(listing, held)
    return Matched(
        located=located,
        surveyed=surveyed,
        unread=held.unread,
        names=[match.listed.path for match in told],
        counts=_counts(told),
        issues=list(_issues(located.source, held, told)),
        unopened=unopened,
        copies=[files[number] for number in wanted],
    )


def _folders(root: str) -> Iterator[str]:
    """The folders below `root`, relative to it."""
    for folder, inside, _ in os.walk(os.fsencode(root)):
        for name in inside:
            below = os.path.relpath(os.path.join(folder, name), os.fsencode(root))
            yield below.decode("utf-8", "replace")


def _source(listing: Path, held: FileList) -> tuple[Located, Surveyed]:
    """The list as a source: it holds no record, its names are its content."""
    raw = listing.read_bytes()
    located = Located(
        source=escaped(os.fsencode(listing.name)),
        path=os.path.realpath(listing),
        format=FORMAT,
        encoding=held.encoding,
        reader=held.form,
        bytes=len(raw),
    )
    return located, Surveyed(sha256=hashlib.sha256(raw).hexdigest(), bytes=len(raw))


def _counts(told: Sequence[Match]) -> dict[str, int]:
    """How many files the list names, and how many are in each state."""
    states = Counter(match.state for match in told)
    return {"files": len(told), **{str(state): states[state] for state in State}}


def _issues(source: str, held: FileList, told: Sequence[Match]) -> Iterator[Issue]:
    """A file each for the first of every code, then a folder each with the number of its files."""
    if not told:
        yield Issue(source=source, code="listing.no_file")
    if held.unread:
        yield Issue(source=source, code="listing.unread_line", count=held.unread)
    for state, code in CODES.items():
        paths = [
            escaped(os.fsencode(match.listed.path.encode("utf-8", "replace")))
            for match in told
            if match.state is state
        ]
        for path in paths[:SINGLY]:
            yield Issue(source=source, code=code, place=path)
        for folder, count in Counter(path.rpartition("/")[0] + "/" for path in paths[SINGLY:]).items():
            yield Issue(source=source, code=code, place=folder, count=count)
