"""Which files of a pile everybody on their machine could read: the mode bits, where the pile is on disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from tocsin.sources.names import escaped


def open_to_all(piles: Sequence[str]) -> frozenset[str]:
    """The names (as in `sources`) of the regular files that others may read, all folders of the pile above them
    being open to others too. The bits of a copy may differ from the original's: this says what is seen here.

    Links are not followed; what cannot be looked at is passed over, and so is what is no path.
    """
    found: set[str] = set()
    for number, pile in enumerate(piles, 1):
        prefix = f"{number}/" if len(piles) > 1 else ""
        path = os.path.realpath(os.fsencode(pile))
        if os.path.isdir(path):
            found.update(prefix + name for name in _inside(path))
        elif _mode(path) & stat.S_IROTH and stat.S_ISREG(_mode(path)):
            found.add(prefix + escaped(os.path.basename(os.path.abspath(os.fsencode(pile)))))
    return frozenset(found)


def _inside(root: bytes) -> list[str]:
    """The files below an open folder, relative to it."""
    names = []
    for folder, folders, entries in os.walk(root):
        if not _mode(folder) & stat.S_IXOTH:
            folders.clear()
            continue
        for entry in entries:
            path = os.path.join(folder, entry)
            if stat.S_ISREG(_mode(path)) and _mode(path) & stat.S_IROTH:
                names.append("/".join(map(escaped, os.path.relpath(path, root).split(b"/"))))
    return names


def _mode(path: bytes) -> int:
    """The mode of what stands there itself (a link's own), 0 where it cannot be asked."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0
