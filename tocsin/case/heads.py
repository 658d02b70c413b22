"""Whether the journal still holds what the state file last saw of it."""

from __future__ import annotations

from typing import Protocol

from tocsin.case.journal import ORIGIN, Journal, flaws
from tocsin.case.state import Head, State


class Kept(Protocol):
    """An open case: its state and its journal."""

    @property
    def state(self) -> State: ...

    @property
    def journal(self) -> Journal: ...


def missing(head: Head, hashes: list[str]) -> bool:
    """Whether the entry that `head` names is not, or no longer, among the journal's lines."""
    if head.entries == 0:
        return False
    return len(hashes) < head.entries or hashes[head.entries - 1] != head.hash


def reconcile(case: Kept) -> None:
    """Where the journal lost entries, write that down for good, in the journal and in the state.

    Work goes on, for an emergency cannot wait; `verify` reports the break from then on. A new case gets
    its first entry.
    """
    head, journal = case.state.journal, case.journal
    if head.entries == 0 and journal.entries == 0:
        journal.record("case.created")
        return
    path = journal.path.parent
    if missing(head, flaws(path)[1]):
        head.breaks.append({"entries": head.entries, "hash": head.hash or ORIGIN, "found": journal.entries})
        journal.record("journal.broken", expected=head.entries, found=journal.entries, lost_head=head.hash)
