"""Putting a file in the place of a known one so that no crash loses both."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tocsin.case import durable
from tocsin.case.journal import Journal
from tocsin.case.state import Replacement, State


class Ledger(Protocol):
    """What a stage needs of its case: where it is, its state, its journal, and the moment to save."""

    path: Path

    @property
    def journal(self) -> Journal: ...

    @property
    def state(self) -> State: ...

    def save(self) -> None: ...

    def save_soon(self, *touched: Path) -> None: ...


def replace_known(
    ledger: Ledger, replacement: Replacement, before: Callable[[], object] | None = None
) -> None:
    """Put a written temporary file in the place of a known one so that no crash loses both.

    The intent is saved, `before` runs (closing overwrites the old file there), the file is renamed, the
    entry saved. From the first save on the new file is the one that counts: `settle` finishes the work.
    """
    ledger.state.pending.append(replacement)
    try:
        ledger.save()
    except BaseException:
        ledger.state.pending.remove(replacement)
        raise
    if before is not None:
        before()
    settle(ledger)


def settle(ledger: Ledger) -> None:
    """Finish every announced replacement: rename what is not yet renamed, then enter it.

    Where neither the temporary file nor its content in the final place is found, the old file stays.
    """
    state = ledger.state
    if not state.pending:
        return
    for one in state.pending:
        fresh = ledger.path / one.temporary
        final = ledger.path / one.part.name
        with durable.explained():
            if fresh.exists():
                os.replace(fresh, final)
            elif not final.exists() or durable.measure(final)[0] != one.part.sha256:
                continue
            durable.sync(final.parent)
        state.enter(one.stage, one.part)
    state.pending = []
    ledger.save()
