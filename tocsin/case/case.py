"""The case folder in use: opened, locked, asked for a stage, read, left."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

import polars as pl

from tocsin import tables
from tocsin.case import durable, folder, layout, moments, statefile
from tocsin.case.harmless import digest
from tocsin.case.heads import reconcile
from tocsin.case.journal import Journal
from tocsin.case.lock import Lock
from tocsin.case.replacing import settle
from tocsin.case.secret import secret_of
from tocsin.case.settings import agree, normal
from tocsin.case.stage import Stage
from tocsin.case.state import Ran, State
from tocsin.errors import CaseError, UsageError

EVERY_SECONDS = 1.0
SHARE = 20


class Case:
    """A case folder. Open it with `Case.open`, as a context manager; leaving saves and unlocks it.

    With `read_only` nothing is locked, repaired or written, and `journal` and `stage` must not be used.
    A case belongs to the process that opened it: forked children must not write to it (AssertionError).
    """

    def __init__(self, path: Path, state: State, lock: Lock | None) -> None:
        self.path = path
        self._state = state
        self._lock = lock
        self._journal: Journal | None = None
        self._process = os.getpid()
        self._touched: set[Path] = set()
        self._unsaved = False
        self._saved_at = monotonic()
        self._cost = 0.0

    @classmethod
    def open(
        cls,
        path: str | Path,
        create: bool = True,
        settings: Mapping[str, object] | None = None,
        *,
        read_only: bool = False,
        catalogue_digest: str | None = None,
        expires: datetime | None = None,
        to_close: bool = False,
    ) -> Self:
        """Open the case at `path`, or make one there where `create` allows.

        Raises UsageError for a path that cannot be a case of ours, settings or a catalogue that differ
        from the case's, a closed case opened for writing; CaseError where another process has the lock,
        the state is damaged, or the disk refuses. `to_close` is for `close` alone: it clears nothing
        away, and takes up a closing that was cut short.
        """
        at = Path(path).absolute()
        folder.prepare(at, create and not read_only)
        if read_only:
            return cls(at, statefile.load(at), None)
        with durable.explained():
            lock = Lock(at)
        try:
            case = cls(at, _state(at, settings, catalogue_digest, expires), lock)
            if case._state.closed or (case._state.closing and not to_close):
                raise UsageError("case.closed" if case._state.closed else "case.closing")
            case._agree(settings, catalogue_digest)
            case._repair(sweeps=not to_close)
        except BaseException:
            lock.release()
            raise
        return case

    def _repair(self, sweeps: bool) -> None:
        """Take up the journal, finish announced replacements, clear away what a crash left."""
        with durable.explained():
            opened = folder.tighten(self.path)
            swept = folder.sweep(self.path, self._counted()) if sweeps else 0
        self._journal = Journal(self.path)
        reconcile(self)
        settle(self)
        if swept or opened:
            self._journal.record("case.repaired", swept=swept, was_open_to_others=opened)
        if self._state.versions != statefile.versions():
            self._state.versions = statefile.versions()
            self._journal.record("case.versions_changed")
        self.save()

    def _agree(self, settings: Mapping[str, object] | None, catalogue_digest: str | None) -> None:
        """Compare with the case's settings and catalogue; a case that has none yet takes these."""
        if settings is not None:
            if self._state.settings:
                agree(self._state.settings, normal(settings))
            self._state.settings = normal(settings)
        if catalogue_digest is not None:
            if self._state.catalogue_digest not in (None, catalogue_digest):
                raise UsageError("case.catalogue_changed")
            self._state.catalogue_digest = catalogue_digest

    def _counted(self) -> frozenset[str]:
        """The names of the files that count, and of those about to."""
        return frozenset({*self._state.parts(), *(one.temporary for one in self._state.pending)})

    # ---- stages -------------------------------------------------------------------------------------

    def stage(
        self,
        name: str,
        *,
        settings: Mapping[str, object] | None = None,
        inputs_digest: str | None = None,
        adds: bool = False,
    ) -> Stage:
        """The stage `name`, begun or taken up again where it stopped; ask its `done` first.

        `inputs_digest` says what it is given (None: not compared). Where it differs from last time, a
        stage that `adds` keeps its parts and runs again (it must have ended before: UsageError
        `case.unfinished`); any other loses its parts and starts anew. Other settings: UsageError.
        """
        self._insist_ours()
        wanted = normal(settings or {})
        known = self._state.stages.get(name)
        if known is None:
            return self._begin(name, wanted, inputs_digest)
        self.check_settings(name, wanted)
        if inputs_digest is None or inputs_digest == known.inputs_digest:
            return Stage(self, name)
        if not adds:
            return self._begin(name, wanted, inputs_digest)
        if known.state != "done":
            raise UsageError("case.unfinished")
        known.inputs_digest = inputs_digest
        stage = Stage(self, name)
        stage.reopen()
        return stage

    def _begin(self, name: str, settings: dict[str, Any], inputs_digest: str | None) -> Stage:
        """A stage that starts from nothing; the files of its last run go once the state forgets them."""
        old = self._state.stages.get(name)
        self.journal.record("stage.started", stage=name, settings=digest(settings), again=old is not None)
        self._state.stages[name] = Ran(
            state="running", started=moments.now(), settings=settings, inputs_digest=inputs_digest
        )
        self.save()
        for part in old.parts if old else ():
            durable.discard(self.path / part)
        return Stage(self, name)

    def check_settings(self, stage: str, settings: Mapping[str, object]) -> None:
        """Raise UsageError `case.settings_changed` where `stage` has run with other settings."""
        known = self._state.stages.get(stage)
        if known is not None:
            agree(known.settings, normal(settings))

    def outputs_digest(self, stage: str) -> str:
        """SHA-256 over the names and contents of a stage's parts: the `inputs_digest` of the next stage."""
        ran = self._state.stages.get(stage)
        return digest(sorted((part.name, part.sha256) for part in ran.parts.values()) if ran else [])

    # ---- reading ------------------------------------------------------------------------------------

    def lazy(self, table: str) -> pl.LazyFrame | None:
        """The parts of `table` that count, in the order of their keys; None where there is none yet."""
        single, many = f"{table}{layout.PARQUET}", f"{table}{layout.PARQUET}/"
        found = sorted(name for name in self._state.parts() if name == single or name.startswith(many))
        paths = [self.path / name for name in found]
        return pl.scan_parquet(paths, glob=False, hive_partitioning=False) if paths else None

    def frame(self, table: str) -> pl.DataFrame | None:
        """The whole of `table` in memory; None where there is none yet. Raises CaseError if unreadable."""
        lazy = self.lazy(table)
        with durable.explained():
            return None if lazy is None else lazy.collect()

    def sources(self) -> pl.DataFrame:
        """The table `sources` as it stands, empty before the first scan ends."""
        found = self.frame("sources")
        return tables.SOURCES.to_frame() if found is None else found

    def secret(self) -> bytes:
        """The case's 32 secret bytes for keyed hashes, made at the first call. Raises CaseError if lost."""
        return secret_of(self)

    @property
    def state(self) -> State:
        """What `case.json` holds; stages and closing change it, others read it."""
        return self._state

    @property
    def journal(self) -> Journal:
        """The journal of a case that is open for writing."""
        if self._journal is None:
            raise AssertionError("a case opened for reading has no journal to write in")
        return self._journal

    # ---- saving and leaving -------------------------------------------------------------------------

    def save(self) -> None:
        """Bring the state to the disk now. Raises CaseError where it cannot; the old state is unharmed then."""
        self._insist_ours()
        began = monotonic()
        self._state.journal.entries, self._state.journal.hash = self.journal.entries, self.journal.head
        with durable.explained():
            for touched in self._touched:
                durable.sync(touched)
            self._touched.clear()
            self._state.save(self.path)
        self._unsaved = False
        self._saved_at = monotonic()
        self._cost = self._saved_at - began

    def _insist_ours(self) -> None:
        """Nobody writes but the process that locked the case."""
        if self._lock is None or self._process != os.getpid():
            raise AssertionError("only the process that locked the case writes to it")

    def save_soon(self, *touched: Path) -> None:
        """Something was entered in these folders: save, unless that happened a moment ago."""
        self._touched.update(touched)
        self._unsaved = True
        if monotonic() - self._saved_at >= max(EVERY_SECONDS, SHARE * self._cost):
            self.save()

    def release(self) -> None:
        """Save what is not yet saved and unlock; a second time does nothing."""
        lock, mine = self._lock, self._process == os.getpid()
        try:
            journal = self._journal
            behind = journal is not None and journal.head != self._state.journal.hash
            if (self._unsaved or behind) and lock is not None and mine:
                self.save()
        finally:
            self._lock = None
            if lock is not None and mine:
                lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.release()
        except CaseError:
            if kind is None:
                raise


def _state(
    path: Path, settings: Mapping[str, object] | None, catalogue_digest: str | None, expires: datetime | None
) -> State:
    """The state of the case at `path`, or of a new one, which is not written yet."""
    if (path / layout.STATE).exists():
        return statefile.load(path)
    until = None if expires is None else moments.written(expires)
    return statefile.fresh(normal(settings or {}), catalogue_digest, until)
