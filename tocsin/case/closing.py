"""Closing a case: what holds values is overwritten and removed, counts and journal stay, and it is certified."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from tocsin.case import durable, folder, layout, moments
from tocsin.case.case import Case
from tocsin.case.certificate import certificate, in_words
from tocsin.case.journal import operator
from tocsin.case.masking import mask_kept
from tocsin.case.stage import Stage
from tocsin.case.state import Part, Ran
from tocsin.errors import UsageError

STAGE = "close"
BLOCK = 1 << 20


def close(case_path: str | Path, keep: str = "counts") -> dict[str, Any]:
    """Close the case at `case_path` for good and give its certificate, as `certificate.json` holds it.

    Everything that Tocsin wrote is overwritten once, then removed, but for counts (`profile.json`, the
    assessment, the duties; sources, findings and issues without any name that came from the pile), the
    journal and the state. What others put into the folder stays and is counted. A closing that was cut
    short is taken up by calling again. Raises UsageError for another `keep` or a closed case.
    """
    if keep != "counts":
        raise UsageError("case.keep_unknown")
    with Case.open(case_path, create=False, to_close=True) as case:
        _plan(case)
        mask_kept(case, before=_overwrite)
        for entry in case.state.closing["destroy"] if case.state.closing else ():
            _destroy(case, entry)
        with durable.explained():
            folder.remove_empty_folders(case.path)
            durable.sync(case.path)
        return _certify(case)


def _plan(case: Case) -> None:
    """Write down, before anything goes, what will go: name, rows, bytes and SHA-256 of each file."""
    plan = case.state.closing or {"begun": moments.now(), "destroy": []}
    planned = {entry["name"] for entry in plan["destroy"]}
    with durable.explained():
        _make_plain(case, planned)
        known = case.state.parts()
        doomed = sorted(_doomed(case) - planned)
        fresh = [_described(case.path, name, known.get(name)) for name in doomed]
    plan["destroy"] = [*plan["destroy"], *fresh]
    case.state.closing = plan
    total = sum(entry["bytes"] for entry in fresh)
    case.journal.record("case.closing", files=len(fresh), bytes=total)
    case.save()


def _doomed(case: Case) -> set[str]:
    """The names of all files that closing destroys."""
    there = set(folder.names(case.path))
    ours = set(case.state.parts()) - layout.KEPT
    strangers = folder.strangers(case.path, frozenset(case.state.parts()))
    return there & {*ours, *strangers, layout.SECRET}


def _make_plain(case: Case, planned: set[str]) -> None:
    """Links and other things that are no files go at once, for nothing of ours is behind them.

    Leftovers of a crash may bear any name: they get a number instead.
    """
    for name in _doomed(case):
        if not stat.S_ISREG(os.lstat(case.path / name).st_mode):
            (case.path / name).unlink()
    for number, name in enumerate(folder.strangers(case.path, frozenset({*case.state.parts(), *planned}))):
        os.rename(case.path / name, durable.temporary(case.path / f"leftover-{number}"))


def _described(path: Path, name: str, part: Part | None) -> dict[str, Any]:
    """One line of the plan: the file as it is now."""
    sha256, size = durable.measure(path / name)
    rows = part.rows if part else 0
    return {"name": name, "rows": rows, "bytes": size, "sha256": sha256, "overwritten": None}


def _destroy(case: Case, entry: dict[str, Any]) -> None:
    """Overwrite and remove one file; one that is gone went before a crash."""
    path = case.path / entry["name"]
    if not path.exists():
        return
    entry["overwritten"] = _overwrite(path)
    with durable.explained():
        path.unlink()
    case.save_soon()


def _overwrite(path: Path) -> bool:
    """Fill a file with random bytes, once, down to the disk, links not followed; False where it was not let."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            left = os.fstat(handle).st_size
            while left > 0:
                left -= os.write(handle, os.urandom(min(left, BLOCK)))
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        return False
    return True


def _certify(case: Case) -> dict[str, Any]:
    """Write the certificate, as data and in words, then let the state say that the case is closed."""
    closed, state = moments.now(), case.state
    for ran in state.stages.values():
        ran.parts = {name: part for name, part in ran.parts.items() if name in layout.KEPT}
    state.stages.setdefault(STAGE, Ran(state="running", started=closed))
    facts = certificate(case, closed, operator())
    stage = Stage(case, STAGE)
    stage.write_json(layout.CERTIFICATES[0], facts)
    stage.write_text(layout.CERTIFICATES[1], in_words(facts))
    sha256 = state.parts()[layout.CERTIFICATES[0]].sha256
    case.journal.record("case.closed", certificate=sha256, **facts["total"])
    state.stages[STAGE].state, state.stages[STAGE].finished = "done", closed
    state.closing, state.closed, state.secret = None, closed, None
    case.save()
    return facts
