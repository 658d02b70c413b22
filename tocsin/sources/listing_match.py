"""Listed files put beside the controller's own copies: by the end of the path, by size, by date."""

from __future__ import annotations

import os
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tocsin.sources.listing_cell import at_the_time
from tocsin.sources.listing_text import Listed
from tocsin.sources.source import Located

END = "\x00"
VOTES = 2


class State(StrEnum):
    """What became of a listed file."""

    FOUND = "found"
    CHANGED = "changed_since"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Match:
    """A listed file and the numbers of the own copies that it can be."""

    listed: Listed
    state: State
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Near:
    """The copies that share the most last steps with a listed path; `whole`: one of both paths ends there."""

    copies: range
    steps: int
    whole: bool


def key(path: str) -> str:
    """A path as it is compared: composed letters, no case."""
    return unicodedata.normalize("NFC", path).casefold()


class Copies:
    """The own files by the end of their paths."""

    def __init__(self, files: Sequence[Located], folder: str, folders: frozenset[str] = frozenset()) -> None:
        """`files` lie below `folder`; `folders` are the names of the folders there, relative to it."""
        rows = []
        for number, file in enumerate(files):
            inside = os.fsencode(os.path.relpath(file.path, folder)).decode("utf-8", "replace")
            rows.append((_backwards(key(inside)), number))
        rows.sort()
        self._paths = [path for path, _ in rows]
        self._numbers = [number for _, number in rows]
        self._sizes = [files[number].bytes for number in self._numbers]
        self._times = [_changed(files[number]) for number in self._numbers]
        self._folders = sorted(_backwards(key(name)) for name in folders)
        self._by_size: dict[range, list[tuple[int, int]]] = {}

    def match(self, files: Sequence[Listed]) -> Iterator[Match]:
        """Each listed file with its state, in their order."""
        near = [self._near(_backwards(key(one.path))) for one in files]
        roots = self._roots(files, near)
        for listed, found in zip(files, near, strict=True):
            told = self._told(listed, found, roots)
            if told is not None:
                yield told

    def _near(self, path: str) -> _Near:
        """The copies whose paths end like this one the longest way."""
        best, steps, at = range(0), 0, path.find(END)
        while at >= 0:
            low, high = self._range(path[: at + 1])
            if low == high:
                break
            best, steps, at = range(low, high), steps + 1, path.find(END, at + 1)
        if not steps:
            return _Near(best, 0, False)
        if steps < path.count(END):  # the list says more steps than these copies have, or other ones
            prefix = _first(path, steps)
            shortest = [at for at in best[:1] if self._paths[at] == prefix]
            return _Near(
                range(best[0], best[0] + len(self._equal(prefix))) if shortest else best,
                steps,
                bool(shortest),
            )
        return _Near(best, steps, True)

    def _equal(self, path: str) -> range:
        """The copies of exactly this path."""
        return range(bisect_left(self._paths, path), bisect_right(self._paths, path))

    def _range(self, start: str) -> tuple[int, int]:
        low = bisect_left(self._paths, start)
        return low, bisect_left(self._paths, start[:-1] + "\x01", low)

    def _roots(self, files: Sequence[Listed], near: Sequence[_Near]) -> dict[str, str]:
        """Which folder of the list is which of the copies, as most files that can be one copy only say."""
        votes: dict[str, Counter[str]] = {}
        for listed, found in zip(files, near, strict=True):
            path = _backwards(key(listed.path))
            if len(found.copies) == 1 and (found.steps > 1 or found.whole):
                said, own = _after(path, found.steps), _after(self._paths[found.copies[0]], found.steps)
                votes.setdefault(said, Counter())[own] += 1
        roots = {}
        for said, counted in votes.items():
            own, most = counted.most_common(1)[0]
            if most >= VOTES and 2 * most > counted.total():
                roots[said] = own
        return roots

    def _told(self, listed: Listed, near: _Near, roots: dict[str, str]) -> Match | None:
        """The state of one listed file; None for what is a folder of one's own."""
        path = _backwards(key(listed.path))
        at_root = self._at_root(path, roots)
        whole = at_root if at_root else near.copies if near.whole else range(0)
        fitting = self._fitting(listed, whole)
        if fitting:
            return self._match(listed, State.FOUND if len(fitting) == 1 else State.AMBIGUOUS, fitting)
        if whole:
            return self._match(listed, State.CHANGED if len(whole) == 1 else State.AMBIGUOUS, whole)
        if self._is_folder(path):
            return None
        moved = self._fitting(listed, near.copies) if listed.bytes is not None else []
        if moved:
            return self._match(listed, State.FOUND if len(moved) == 1 else State.AMBIGUOUS, moved)
        return Match(listed, State.MISSING)

    def _at_root(self, path: str, roots: dict[str, str]) -> range:
        """The copy that stands where the list's folders say; none where they say nothing."""
        at = path.find(END)
        while at >= 0:
            own = roots.get(path[at + 1 :])
            if own is not None and (at + 1 < len(path) or not own or path.count(END) > 1):
                found = self._equal(path[: at + 1] + own)
                if found:
                    return found
            at = path.find(END, at + 1)
        return range(0)

    def _fitting(self, listed: Listed, copies: range) -> list[int]:
        """The copies that have the size and the date that the list gives."""
        if listed.bytes is None:
            return [at for at in copies if at_the_time(listed.times, self._times[at])]
        if copies not in self._by_size:
            self._by_size[copies] = sorted((self._sizes[at], at) for at in copies)
        rows, (low, high) = self._by_size[copies], listed.bytes
        sized = rows[bisect_left(rows, (low, -1)) : bisect_right(rows, (high, len(self._paths)))]
        return sorted(at for _, at in sized if at_the_time(listed.times, self._times[at]))

    def _is_folder(self, path: str) -> bool:
        at = bisect_left(self._folders, path)
        return at < len(self._folders) and self._folders[at].startswith(path)

    def _match(self, listed: Listed, state: State, copies: Sequence[int]) -> Match:
        return Match(listed, state, tuple(self._numbers[at] for at in copies))


def _backwards(path: str) -> str:
    """The steps of a path from its last to its first, each ended by a sign that no name holds."""
    return END.join(reversed(path.split("/"))) + END


def _first(path: str, steps: int) -> str:
    """The first steps of a path that is written backwards."""
    at = -1
    for _ in range(steps):
        at = path.find(END, at + 1)
    return path[: at + 1]


def _after(path: str, steps: int) -> str:
    """What is left of a path that is written backwards after its first steps."""
    return path[len(_first(path, steps)) :]


def _changed(file: Located) -> float:
    try:
        return os.stat(file.path, follow_symlinks=False).st_mtime
    except OSError:
        return 0.0
