"""The case's folder before it is trusted: whose it is, what it is, and what a crash left in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tocsin.case import lock
from tocsin.case.durable import FOLDER_MODE, TEMPORARY, explained, make_folder
from tocsin.case.layout import JOURNAL, OURS, PARQUET, SPILL, STATE
from tocsin.errors import CaseError, UsageError


def prepare(path: Path, create: bool) -> None:
    """Make sure that `path` is a folder of ours that may hold a case, and make it where `create` allows.

    Raises UsageError for a symbolic link, a file, somebody else's folder, a folder with other things in
    it, and a folder without a case where none may be created.
    """
    with explained():
        if create and not os.path.lexists(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            make_folder(path)
        inspect(path)
        if not (path / STATE).exists() and not (create and _vacant(path)):
            raise UsageError("case.foreign" if create else "case.not_found")


def inspect(path: Path) -> None:
    """Refuse (UsageError) what is no folder of ours: nothing, a symbolic link, a file, another owner's."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError("case.not_found") from None
    if stat.S_ISLNK(found.st_mode):
        raise UsageError("case.symlink")
    if not stat.S_ISDIR(found.st_mode):
        raise UsageError("case.not_a_folder")
    if found.st_uid != os.geteuid():
        raise UsageError("case.not_yours")


def tighten(path: Path) -> bool:
    """Shut the folder to everybody but its owner; True where it was open to others."""
    mode = stat.S_IMODE(os.lstat(path).st_mode)
    if mode != FOLDER_MODE:
        path.chmod(FOLDER_MODE)
    return bool(mode & 0o077)


def sweep(path: Path, known: frozenset[str]) -> int:
    """Remove what a crash left: temporary files, engines' spill, tables' files that are not `known`.

    What Tocsin did not write stays. Gives the number of files removed.
    """
    leftovers = [path / name for name in strangers(path, known)]
    for leftover in leftovers:
        leftover.unlink()
    return len(leftovers)


def strangers(path: Path, known: frozenset[str]) -> list[str]:
    """The names under `path` that `sweep` would remove, sorted."""
    found = []
    for name in names(path):
        folder = name.partition("/")[0]
        table = folder.endswith(PARQUET) or name in OURS
        if name not in known and (table or folder == SPILL or name.endswith(TEMPORARY)):
            found.append(name)
    return sorted(found)


def names(path: Path) -> Iterator[str]:
    """Every file under the case, by its name relative to it; a linked folder or table is refused (CaseError)."""
    for here, folders, files in os.walk(path, onerror=_raise):
        at = Path(here)
        if any((at / name).is_symlink() for name in folders):
            raise CaseError("case.linked")
        for name in files:
            yield (at / name).relative_to(path).as_posix()


def remove_empty_folders(path: Path) -> None:
    """Remove the folders under `path` that hold nothing."""
    for here, _, _ in os.walk(path, topdown=False):
        if Path(here) != path:
            with suppress(OSError):
                Path(here).rmdir()


def _vacant(path: Path) -> bool:
    """Whether the folder holds nothing but what the creation of a case, cut short, leaves."""
    return all(
        entry.name in (lock.NAME, JOURNAL)
        or (entry.name.startswith(STATE + ".") and entry.name.endswith(TEMPORARY))
        for entry in path.iterdir()
    )


def _raise(error: OSError) -> None:
    """A folder that cannot be listed is an error, not an empty folder."""
    raise error
