"""The journal: who did what when, one line an entry, each line holding the hash of the one before."""

from __future__ import annotations

import json
import os
import pwd
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tocsin.case import moments
from tocsin.case.durable import FILE_MODE, explained
from tocsin.case.harmless import CODE, NAME, Plain, canonical, plain
from tocsin.case.layout import JOURNAL

ORIGIN = "0" * 64


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where the chain does not hold: the line (from 1) and why: `damaged`, `chain` or `tail`."""

    line: int
    why: str


def operator() -> str:
    """The login name of who runs this, as the operating system knows it; `uid-<n>` where it has none."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"


class Journal:
    """Appends to `journal.jsonl` of a locked case. `entries` and `head` are its length and its last hash.

    Opening repairs a last line that a crash cut: the rest of it goes, and an entry says how many bytes.
    Nothing else is ever changed: a broken chain stays for `verify` to find.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL
        self.entries = 0
        self.head = ORIGIN
        cut = self._recover()
        if cut:
            self.record("journal.repaired", bytes=cut)

    def record(self, action: str, **details: Plain) -> None:
        """Append one entry and bring it to the disk before returning.

        `action` is a code; `details` hold numbers, truths, codes of at most 80 characters and digests:
        anything else raises AssertionError. Raises CaseError if the disk refuses; nothing stays then.
        """
        line = self._line(action, details)
        with explained():
            self._append(line)
        self.head = json.loads(line)["hash"]
        self.entries += 1

    def _line(self, action: str, details: dict[str, Plain]) -> bytes:
        """The next entry as it will stand in the file."""
        named = all(NAME.fullmatch(key) and plain(value) for key, value in details.items())
        if not (action and CODE.fullmatch(action) and named):
            raise AssertionError("the journal holds codes, counts and digests only")
        entry: dict[str, Any] = {
            "seq": self.entries,
            "at": moments.now(),
            "actor": operator(),
            "action": action,
            "details": details,
            "prev": self.head,
        }
        return canonical(entry | {"hash": sealed(entry)}) + b"\n"

    def _append(self, line: bytes) -> None:
        """Write at the end; a half-written line is taken back."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        handle = os.open(self.path, flags, FILE_MODE)
        try:
            os.fchmod(handle, FILE_MODE)
            size = os.fstat(handle).st_size
            try:
                while line:
                    line = line[os.write(handle, line) :]
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)

    def _recover(self) -> int:
        """Count the entries, find the head; cut an unfinished last line and give its bytes."""
        size = good = 0
        for raw in _lines(self.path):
            size += len(raw)
            if not raw.endswith(b"\n"):
                break
            good = size
            self.entries += 1
            self.head = _hash_of(raw)
        if size > good:
            with explained():
                os.truncate(self.path, good)
        return size - good


def sealed(entry: dict[str, Any]) -> str:
    """The hash of an entry: SHA-256 over its canonical JSON without `hash`."""
    return sha256(canonical({key: value for key, value in entry.items() if key != "hash"})).hexdigest()


def flaws(folder: Path) -> tuple[list[Flaw], list[str]]:
    """Every place where the chain does not hold, and the hash that each line bears."""
    found: list[Flaw] = []
    hashes: list[str] = []
    for number, raw in enumerate(_lines(folder / JOURNAL)):
        why = _why(raw, number, hashes[-1] if hashes else ORIGIN)
        if why is not None:
            found.append(Flaw(number + 1, why))
        hashes.append(_hash_of(raw))
    return found, hashes


def _why(raw: bytes, number: int, previous: str) -> str | None:
    """What is wrong with line `number` (from 0) after a line of hash `previous`."""
    if not raw.endswith(b"\n"):
        return "tail"
    try:
        entry = json.loads(raw)
        if canonical(entry) + b"\n" != raw or sealed(entry) != entry["hash"]:
            return "damaged"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "damaged"
    return None if entry.get("prev") == previous and entry.get("seq") == number else "chain"


def _hash_of(raw: bytes) -> str:
    """The hash that a line bears; of a line that bears none, the hash of its bytes."""
    try:
        return str(json.loads(raw)["hash"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return sha256(raw).hexdigest()


def _lines(path: Path) -> Iterator[bytes]:
    """The file's lines with their ends; none where there is no file."""
    if not path.exists():
        return
    with explained(), open(path, "rb") as file:
        yield from file
