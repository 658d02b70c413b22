"""A disk that fails at any moment is said in a code, and the case opens afterwards with what it had."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tocsin.case import Case, close, verify
from tocsin.errors import CaseError

ROOT = Path(__file__).parents[2]
CALLS = ("open", "write", "replace", "rename", "fsync", "ftruncate")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wait for the disk: these tests repeat a piece of work a hundred times."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


class Faulty:
    """Lets `after` calls of the disk through, then refuses one, or all that follow."""

    def __init__(
        self, patch: pytest.MonkeyPatch, after: int, lasting: bool, number: int = errno.ENOSPC
    ) -> None:
        self.left, self.lasting, self.number, self.hit = after, lasting, number, False
        for name in CALLS:
            patch.setattr(os, name, self._through(getattr(os, name)))

    def _through(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            self.left -= 1
            if self.left < 0 and (self.lasting or not self.hit):
                self.hit = True
                raise OSError(self.number, "refused")
            return real(*arguments, **named)

        return call


def work(folder: Path, rows: pl.DataFrame) -> None:
    """A small stage, which goes on where it stopped."""
    with Case.open(folder) as case:
        stage = case.stage("scan")
        for key in ("0", "1"):
            if key not in stage.parts_done():
                stage.write_part("records", key, rows.with_columns(key=pl.lit(key)), meta={"rows": 3})
        stage.write_table("sources", rows)
        stage.write_table("sources", rows.head(1))
        case.secret()
        case.journal.record("decision")
        if not stage.done:
            stage.finish()


def failure(folder: Path, rows: pl.DataFrame) -> CaseError | None:
    """What stopped the work, if anything did."""
    try:
        work(folder, rows)
    except CaseError as error:
        return error
    return None


def sound(folder: Path) -> None:
    """The case opens, and what counts is what is there."""
    with Case.open(folder) as case:
        known = set(case.state.parts())
        frame = case.frame("records")
        height = 0 if frame is None else frame.height
        assert height == 3 * sum(name.startswith("records.") for name in known)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet") if path.is_file()}
    assert there == {name for name in known if name.endswith(".parquet")}
    assert verify(folder) == []
    assert not list(folder.rglob("*.tmp"))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("lasting", [False, True])
def test_failing_at_every_point_harms_nothing(tmp_path: Path, rows: pl.DataFrame, lasting: bool) -> None:
    for after in range(1000):
        folder = tmp_path / str(after)
        with pytest.MonkeyPatch.context() as patch:
            faulty = Faulty(patch, after, lasting)
            error = failure(folder, rows)
        assert error is None or (error.code, error.exit_code) == ("case.disk_full", 4)
        assert error is None or (error.__cause__ is None and error.__suppress_context__)
        sound(folder)
        work(folder, rows)
        sound(folder)
        if not faulty.hit:
            break
    assert 50 < after < 999


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("lasting", [False, True])
def test_a_closing_cut_at_every_point_is_taken_up(tmp_path: Path, rows: pl.DataFrame, lasting: bool) -> None:
    for after in range(1000):
        folder = tmp_path / str(after)
        work(
            folder, rows.with_columns(source_id=pl.lit(0), source=pl.lit("DUPONT.csv"), format=pl.lit("csv"))
        )
        with pytest.MonkeyPatch.context() as patch:
            faulty = Faulty(patch, after, lasting)
            try:
                close(folder)
                ended = True
            except CaseError:
                ended = False
        if not ended:
            with Case.open(folder, create=False, read_only=True) as case:
                closed = case.state.closed
            assert closed or close(folder)["total"]["files"] >= 3
        assert verify(folder) == []
        left = {path.name for path in folder.rglob("*")}
        assert left == {
            "case.json",
            "journal.jsonl",
            "lock",
            "sources.parquet",
            "certificate.json",
            "certificate.txt",
        }
        assert not [path for path in folder.rglob("*") if b"DUPONT" in path.read_bytes()]
        if not faulty.hit:
            break
    assert 40 < after < 999


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "case.disk_full"),
        (errno.EDQUOT, "case.disk_full"),
        (errno.EROFS, "case.read_only"),
        (errno.EACCES, "case.no_permission"),
        (errno.EIO, "case.disk"),
    ],
)
def test_each_refusal_has_its_code(folder: Path, rows: pl.DataFrame, number: int, code: str) -> None:
    with Case.open(folder) as case:
        stage = case.stage("scan")
        with pytest.MonkeyPatch.context() as patch:
            Faulty(patch, 0, lasting=True, number=number)
            with pytest.raises(CaseError) as caught:
                stage.write_part("records", "0", rows)
        assert caught.value.code == code
        stage.write_part("records", "0", rows)
    sound(folder)


LIMITED = """
import resource, sys
import polars as pl
from tocsin.case import Case
from tocsin.errors import CaseError
with Case.open(sys.argv[1]) as case:
    stage = case.stage("scan")
    stage.write_part("records", "0", pl.DataFrame({"a": [1]}))
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    for write in (
        lambda: stage.write_part("records", "1", pl.DataFrame({"a": range(100_000)})),
        lambda: stage.write_text("report.html", "x" * 100_000),
    ):
        try:
            write()
        except CaseError as error:
            print(error.code, error.__cause__)
"""


def test_a_limit_of_the_system_is_met_by_the_table_library_too(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", LIMITED, str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["case.file_too_large None"] * 2
    assert done.stderr == ""
    with Case.open(folder) as case:
        assert list(case.state.parts()) == ["records.parquet/part-0.parquet"]
    assert verify(folder) == []


def test_a_part_that_cannot_be_read_is_a_code(folder: Path, rows: pl.DataFrame) -> None:
    with Case.open(folder) as case:
        case.stage("scan").write_part("records", "0", rows)
        (folder / "records.parquet/part-0.parquet").write_bytes(b"PAR1 Jean Dupont")
        with pytest.raises(CaseError) as caught:
            case.frame("records")
    assert "Dupont" not in repr(caught.value)
    assert caught.value.__cause__ is None
