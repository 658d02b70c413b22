"""One writer at a time: a lock that dies with its process and that no child inherits."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from weakref import WeakSet

from tocsin.case.durable import FILE_MODE
from tocsin.errors import CaseError

NAME = "lock"


class Lock:
    """`flock` on the case's `lock` file, held from construction until `release`.

    Raises CaseError `case.locked` at once where another process holds it. The descriptor is closed on
    exec (PEP 446) and in every forked child, so that an orphan worker never keeps the case locked.
    """

    def __init__(self, folder: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        self._handle: int | None = os.open(folder / NAME, flags, FILE_MODE)
        try:
            os.fchmod(self._handle, FILE_MODE)
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            busy = isinstance(error, BlockingIOError)
            self._drop()
            if not busy:
                raise
        if self._handle is None:
            raise CaseError("case.locked")
        HELD.add(self)

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        HELD.discard(self)
        self._drop()

    def _drop(self) -> None:
        """Close the descriptor: in the process that locked this unlocks, in a forked child it does not."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


HELD: WeakSet[Lock] = WeakSet()


def _forget() -> None:
    """In a forked child: close the copies of the parent's descriptors."""
    for lock in list(HELD):
        lock.release()


os.register_at_fork(after_in_child=_forget)
