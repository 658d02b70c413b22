"""This process's own footprint: no image of its memory may ever reach the disk."""

from __future__ import annotations

import ctypes
import resource
import sys
from contextlib import suppress

PR_SET_DUMPABLE = 4


def no_core_dumps() -> bool:
    """Forbid core dumps of this process, piped ones too; True where nothing of its memory can be dumped.

    The size limit goes to zero; as Linux ignores that limit for a core handed to a program (core(5)),
    the process is also marked as not dumpable (prctl(2)), which keeps other processes of the same user
    from reading its memory. A new program after exec must call this again.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return False
    with suppress(OSError, AttributeError):
        return int(ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)) == 0
    return False
