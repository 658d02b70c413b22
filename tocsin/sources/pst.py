"""Outlook mailboxes (PST, OST): unpacked by the installed tool readpst into mailboxes, which are read as any other.

The tool writes files, so it runs only where the pipeline has given a place inside the case (`TMPDIR`) or where memory
can be written to like a disk; what it wrote is removed when the process ends. Without the tool: an issue that says so.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tocsin.sources.names import beside, escaped
from tocsin.sources.opening import digest, stretch_of
from tocsin.sources.source import Format, Issue, Located, Section, Sniffed, Surveyed

MAGIC = b"!BDN"
TOOL = "readpst"
SECONDS, BYTES_A_SECOND = 600, 1 << 20
MEMORY = "/dev/shm"  # noqa: S108 -- memory, and the folder in it is its owner's alone
BLOCK = 1 << 22


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The magic number of [MS-PST] 2.2.2.6."""
    return Sniffed(confidence=0.99) if head.startswith(MAGIC) else None


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """The digest; what is inside are sources of their own."""
    surveyed = digest(located)
    if shutil.which(TOOL) is None:
        yield Issue(source=located.source, code="source.needs_readpst", bytes_unread=surveyed.bytes)
    yield surveyed


def members(located: Located) -> Iterator[Located | Issue]:
    """The folders of the mailbox as mailbox files, the contacts and the calendar as theirs."""
    tool = shutil.which(TOOL)
    if tool is None:
        return
    folder = _place(max(located.bytes, 0))
    if folder is None:
        yield Issue(source=located.source, code="source.needs_case", bytes_unread=max(located.bytes, 0))
        return
    done = _unpacked(tool, _on_disk(located, folder), folder / "out")
    if not done:
        yield Issue(source=located.source, code="source.damaged")
    for path in sorted((folder / "out").rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size:
            name = escaped(os.fsencode(path.relative_to(folder / "out")))
            source = beside(located.source, name)
            yield replace(located, source=source, path=str(path), members=(), bytes=path.stat().st_size)


def _place(size: int) -> Path | None:
    """A new folder that only its owner can open, inside the case or in memory; None where there is no such place."""
    given = os.environ.get("TMPDIR")
    if given != os.environ.get("POLARS_TEMP_DIR"):  # not the case's own: the pipeline sets both to one place
        given = None
    if given is None and os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free > 3 * size:
        given = MEMORY
    if given is None or not os.path.isdir(given):
        return None
    folder = Path(tempfile.mkdtemp(prefix="tocsin-pst-", dir=given))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _on_disk(located: Located, folder: Path) -> Path:
    """The mailbox as a file: itself, or a copy of the member of an archive."""
    if not located.members:
        return Path(located.path)
    stretch, at = stretch_of(located), 0
    with (folder / "in.pst").open("wb") as copy:
        while block := stretch.read_at(at, BLOCK):
            copy.write(block)
            at += len(block)
    return folder / "in.pst"


def _unpacked(tool: str, path: Path, out: Path) -> bool:
    """Whether the tool ended well in time: deleted messages too, folders as files, no word of it kept."""
    out.mkdir()
    seconds = SECONDS + path.stat().st_size / BYTES_A_SECOND
    command = [tool, "-q", "-D", "-r", "-j", "0", "-o", str(out), str(path)]
    try:
        ended = subprocess.run(
            command,
            check=False,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


FORMAT = Format(
    name="pst",
    label={"fr": "boîte Outlook (PST, OST)", "en": "Outlook mailbox (PST, OST)"},
    reader=TOOL,
    sniff=sniff,
    survey=survey,
    read=lambda section: iter(()),
    container=members,
    itself=True,
)
