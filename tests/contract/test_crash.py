"""A large scan: killed at any moment, interrupted, locked; one core or two; what its children show."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.contract.conftest import ROWS
from tests.contract.running import Ran, alone, environment, spawn, tables

MOST = 120


def entered(case: Path) -> int:
    """How many parts of records stand on disk."""
    return len(list(case.glob("records.parquet/part-*.parquet")))


def alive(process: Path) -> bool:
    """Whether a process still runs; one that only waits to be buried does not."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(child: subprocess.Popen[str], reached: Callable[[], bool]) -> bool:
    """Wait until something is reached; False where the child ended first."""
    began = time.monotonic()
    while not reached():
        if child.poll() is not None or time.monotonic() - began > MOST:
            return False
        time.sleep(0.01)
    return True


def family(parent: int) -> list[Path]:
    """The folders in /proc of all processes below one."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            above = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        if above == parent:
            found += [path, *family(int(path.name))]
    return found


class Large:
    """An undisturbed scan of the large pile on both cores, and what was seen of its children."""

    def __init__(self, pile: Path, case: Path, temporary: Path) -> None:
        temporary.mkdir()
        child = spawn(
            "scan", pile, "--case", case, "--cores", 2, "--json", env=environment(TMPDIR=str(temporary))
        )
        self.seen: set[str] = set()
        self.children: set[str] = set()
        while child.poll() is None and not entered(case):
            for path in family(child.pid):
                try:
                    lines = (path / "cmdline").read_bytes() + (path / "environ").read_bytes()
                except OSError:
                    continue
                self.children.add(path.name)
                self.seen.add(lines.decode("utf-8", "replace"))
            time.sleep(0.05)
        out, err = child.communicate(timeout=MOST)
        self.ran = Ran(child.returncode, out, err)
        self.case = case
        self.tables = tables(case)
        self.temporary = temporary


@pytest.fixture(scope="module")
def whole(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Large:
    folder = tmp_path_factory.mktemp("whole")
    return Large(large, folder / "case", folder / "temporary")


def test_large_and_exact(whole: Large) -> None:
    """Every row is there once, with its number and its values; nothing on stderr."""
    assert (whole.ran.code, whole.ran.err) == (0, "")
    (source,) = whole.ran.json["sources"]
    assert (source["records"], source["unread"]) == (ROWS, 0)
    counts = whole.ran.json["kinds"]
    assert counts["fr.nir"] == {"valid": ROWS, "distinct": 3000, "sources": 1}
    assert counts["any.email"] == {"valid": ROWS, "distinct": 3000, "sources": 1}
    records = whole.tables["records"]
    assert records["record"].equals(pl.int_range(ROWS, dtype=pl.Int64, eager=True).alias("record"))
    assert records["fr.nir"].list.len().eq(1).all()
    assert records["any.email"].list.len().eq(1).all()


def test_children_show_nothing(whole: Large, large: Path) -> None:
    """Their command lines and environments hold no value and no source's name; no temporary file stays."""
    assert len(whole.children) >= 2
    seen = "\n".join(whole.seen)
    values = whole.tables["records"].head(50)
    assert [value for value in values["fr.nir"].explode().to_list() if value in seen] == []
    assert "grand.csv" not in seen
    assert "example.org" not in seen
    assert list(whole.temporary.iterdir()) == []


def test_one_core_gives_the_same_tables(whole: Large, large: Path, tmp_path: Path) -> None:
    """One process or several, sections or not: equal tables."""
    ran = alone("scan", large, "--case", tmp_path / "case", "--cores", 1, "--json")
    assert ran.code == 0
    assert {**ran.json, "seconds": 0} == {**whole.ran.json, "seconds": 0}
    found = tables(tmp_path / "case")
    assert set(found) == set(whole.tables)
    assert [name for name, table in found.items() if not table.equals(whole.tables[name])] == []
