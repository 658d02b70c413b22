"""One stage of a case at work: it writes parts, enters them in the state, and knows what is done already."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from tocsin.case import durable, layout, moments
from tocsin.case.harmless import insist
from tocsin.case.replacing import Ledger, replace_known
from tocsin.case.state import Part, Ran, Replacement


class Stage:
    """What `Case.stage` gives. Methods raise CaseError where the disk refuses; the case stays as it was.

    `done` says that there is nothing to do. A part counts once it is entered; entries reach the disk at
    most a second later (or a twentieth of the time, for a huge state), at `finish` and when the case is
    left: a crash costs the parts of that second, never half a part.
    """

    def __init__(self, ledger: Ledger, name: str) -> None:
        self._ledger = ledger
        self.name = name

    @property
    def _ran(self) -> Ran:
        return self._ledger.state.stages[self.name]

    @property
    def done(self) -> bool:
        """Whether the stage ended with these settings and inputs."""
        return self._ran.state == "done"

    def parts_done(self) -> dict[str, dict[str, Any]]:
        """For every key already entered, its `meta` (those of one key's tables together)."""
        found: dict[str, dict[str, Any]] = {}
        for part in self._ran.parts.values():
            if part.key is not None:
                found[part.key] = found.get(part.key, {}) | part.meta
        return found

    def write_part(
        self, table: str, key: str, frame: pl.DataFrame, meta: Mapping[str, Any] | None = None
    ) -> Part:
        """Write and enter the part `key` of a table made of parts (`records.parquet/part-<key>.parquet`).

        A key is written once (AssertionError). `meta` holds numbers, codes, digests (AssertionError).
        """
        name = layout.part_name(table, key)
        return self._write(name, lambda fresh: durable.write_frame(fresh, frame), frame.height, key, meta)

    def write_table(self, table: str, frame: pl.DataFrame) -> Part:
        """Write and enter a table that is one file (`sources.parquet`), in the place of the one before."""
        name = f"{table}{layout.PARQUET}"
        return self._write(name, lambda fresh: durable.write_frame(fresh, frame), frame.height)

    def write_lazy(self, table: str, frame: pl.LazyFrame) -> Part:
        """As `write_table`, for a table that need not fit in memory."""
        name = f"{table}{layout.PARQUET}"
        rows = int(frame.select(pl.len()).collect().item())
        return self._write(name, lambda fresh: durable.write_lazy(fresh, frame), rows)

    def write_json(self, name: str, value: object) -> Part:
        """Write and enter `value` as JSON (`profile.json`), in the place of the one before."""
        text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
        return self.write_text(name, text + "\n")

    def write_text(self, name: str, text: str) -> Part:
        """Write and enter a text in UTF-8 (`report.html`, `notices/…`), in the place of the one before."""
        return self._write(name, lambda fresh: durable.write_bytes(fresh, text.encode()), 0)

    def enter_file(
        self,
        temporary: Path,
        table: str,
        key: str,
        *,
        rows: int,
        sha256: str | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> Part:
        """Enter what a worker wrote at `spill_path(case, table, key)`; see `enter_files`."""
        return self.enter_files(key, {table: (temporary, rows, sha256)}, meta)[0]

    def enter_files(
        self,
        key: str,
        files: Mapping[str, tuple[Path, int, str | None]],
        meta: Mapping[str, Any] | None = None,
    ) -> list[Part]:
        """Enter the files that a worker wrote for `key`, several tables at once: all of them or none.

        `files` gives for each table the `.tmp` file, its rows, and its SHA-256 where the worker computed
        it (it is computed here otherwise). The files must be on the same file system as the case.
        """
        insist(dict(meta or {}))
        parts: list[Part] = []
        with durable.explained():
            for table, (fresh, rows, sha256) in files.items():
                name = layout.part_name(table, key)
                self._refuse_twice(name)
                fresh.chmod(durable.FILE_MODE)
                durable.sync(fresh)
                parts.append(self._measured(fresh, name, rows, key, None if parts else meta, sha256))
            finals = [self._ledger.path / part.name for part in parts]
            for (fresh, _, _), final in zip(files.values(), finals, strict=True):
                os.replace(fresh, final)
        for part in parts:
            self._ledger.state.enter(self.name, part)
        self._ledger.save_soon(*(final.parent for final in finals))
        return parts

    def reopen(self) -> None:
        """Let a stage that is done take more (another pile was added); its parts stay."""
        if self.done:
            self._ran.state = "running"
            self._ran.finished = None
            self._ledger.save()

    def finish(self, **counts: int) -> None:
        """The stage is done: write the state and an entry of the journal with these counts."""
        self._ledger.journal.record("stage.finished", stage=self.name, parts=len(self._ran.parts), **counts)
        self._ran.state = "done"
        self._ran.finished = moments.now()
        self._ledger.save()

    def _write(
        self,
        name: str,
        fill: Callable[[Path], None],
        rows: int,
        key: str | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> Part:
        """Write a temporary file, bring it to the disk, put it in its place, enter it."""
        insist(dict(meta or {}))
        if not layout.allowed(name) or name in (layout.STATE, layout.JOURNAL, layout.SECRET):
            raise AssertionError("not a name for a stage's file")
        if key is not None:
            self._refuse_twice(name)
        final = self._ledger.path / name
        fresh = durable.temporary(final)
        try:
            with durable.explained():
                for folder in reversed(final.relative_to(self._ledger.path).parents[:-1]):
                    durable.make_folder(self._ledger.path / folder)
                durable.reserve(fresh)
                fill(fresh)
                part = self._measured(fresh, name, rows, key, meta)
            self._place(fresh, part)
        except BaseException:
            if not any(one.part.name == name for one in self._ledger.state.pending):
                durable.discard(fresh)
            raise
        return part

    def _place(self, fresh: Path, part: Part) -> None:
        """Put the file in its place and enter it; taking a known one's place is announced first.

        Without the announcement a crash between the rename and the entry would leave a state that
        describes a file which is gone.
        """
        state, final = self._ledger.state, self._ledger.path / part.name
        if state.counts(part.name):
            replace_known(
                self._ledger, Replacement(self.name, part, fresh.relative_to(self._ledger.path).as_posix())
            )
            return
        with durable.explained():
            os.replace(fresh, final)
        state.enter(self.name, part)
        self._ledger.save_soon(final.parent)

    def _refuse_twice(self, name: str) -> None:
        """A part that counts is never written again."""
        if name in self._ran.parts:
            raise AssertionError("this part has been entered already")

    def _measured(
        self,
        fresh: Path,
        name: str,
        rows: int,
        key: str | None,
        meta: Mapping[str, Any] | None,
        sha256: str | None = None,
    ) -> Part:
        """The entry of a file that is written."""
        if sha256 is None:
            sha256, size = durable.measure(fresh)
        else:
            size = fresh.stat().st_size
        return Part(name=name, sha256=sha256, rows=rows, bytes=size, key=key, meta=dict(meta or {}))
