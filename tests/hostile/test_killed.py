"""Killed at any moment, itself or its workers, or out of disk: run again, nothing is lost and nothing is doubled."""

from __future__ import annotations

import gzip
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from tests.contract.running import ROOT, Ran, alone, environment, spawn, tables
from tests.engines.test_embedded import workers
from tests.hostile.making import NUMBERS, table

PLUGGED = Path(__file__).with_name("plugged")
LIMIT = 300_000


def plugged() -> dict[str, str]:
    return environment(PYTHONPATH=f"{PLUGGED}{os.pathsep}{ROOT}")


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough for two cores: a large table, a compressed one, and files whose reader works apart."""
    folder = tmp_path_factory.mktemp("pile")
    text = "".join(f"{row};{NUMBERS[row % len(NUMBERS)]};mot après mot {row}\n" for row in range(600_000))
    (folder / "large.csv").write_text("ligne;num_secu;note\n" + text, encoding="utf-8")
    (folder / "packed.csv.gz").write_bytes(gzip.compress(table(50_000), 1))
    for number in range(6):
        lines = ["deadly:", *NUMBERS, *(["EXIT"] if number == 3 else []), *NUMBERS]
        (folder / f"file{number}.deadly").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def calm(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """The tables of a scan that nobody disturbs, on one core."""
    case = tmp_path_factory.mktemp("calm") / "case"
    ran = alone("scan", pile, "--case", case, "--cores", 1, "--json", env=plugged())
    assert ran.code == 3
    found = tables(case)
    assert found["records"].height == 650_000 + 6 * 2 * len(NUMBERS) - len(NUMBERS)
    return found


def same(case: Path, calm: dict[str, pl.DataFrame]) -> None:
    found = tables(case)
    assert [name for name, frame in calm.items() if not frame.equals(found[name])] == []


def ended(child: subprocess.Popen[str]) -> Ran:
    out, err = child.communicate(timeout=240)
    return Ran(child.returncode, out, err)


def test_killed_again_and_again(pile: Path, calm: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    """The whole process group's parent dies at random points; a last run ends with the same tables."""
    rng, case = random.Random(7), tmp_path / "case"
    for _ in range(3):
        child = spawn("scan", pile, "--case", case, "--cores", 2, "--json", env=plugged())
        time.sleep(1.0 + 4 * rng.random())
        child.send_signal(signal.SIGKILL)
        child.communicate()
    ran = ended(spawn("scan", pile, "--case", case, "--cores", 2, "--json", env=plugged()))
    assert ran.code == 3
    same(case, calm)


def test_workers_killed(pile: Path, calm: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    """Somebody else, the system short of memory for instance, kills workers: their work is done again."""
    rng, case = random.Random(8), tmp_path / "case"
    child = spawn("scan", pile, "--case", case, "--cores", 2, "--json", env=plugged())
    killed = 0
    while child.poll() is None and killed < 2:
        time.sleep(0.5 + rng.random())
        for number in sorted(workers(child.pid))[:1]:
            os.kill(number, signal.SIGKILL)
            killed += 1
    ran = ended(child)
    assert (ran.code, ran.err) == (3, "")
    assert killed == 2
    same(case, calm)


def test_out_of_disk(pile: Path, calm: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    """No room for a table: a sentence that says so, no trace; the case opens, and a run with room ends it."""
    case = tmp_path / "case"
    command = [
        sys.executable,
        "-m",
        "tocsin",
        "scan",
        str(pile),
        "--case",
        str(case),
        "--lang",
        "en",
        "--json",
    ]
    done = subprocess.run(
        command,
        env=plugged(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT)),
    )
    assert done.returncode == 4
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert 1 <= len(done.stderr.splitlines()) <= 3
    assert "ulimit" in done.stderr or "disk" in done.stderr
    ran = alone("scan", pile, "--case", case, "--cores", 2, "--json", env=plugged())
    assert ran.code == 3
    same(case, calm)


def test_added_to_twice(tmp_path: Path) -> None:
    """A pile that grew is scanned again: what is new is added, and the issues of before are not told twice."""
    pile, case = tmp_path / "pile", tmp_path / "case"
    pile.mkdir()
    os.symlink("nowhere", pile / "link")
    (pile / "a.csv").write_bytes(table(9))
    alone("scan", pile, "--case", case, "--json")
    (pile / "b.csv").write_bytes(table(7))
    ran = alone("scan", pile, "--case", case, "--json")
    assert sorted(one["source"] for one in ran.json["sources"]) == ["a.csv", "b.csv", "link"]
    assert [one["code"] for one in ran.json["issues"]] == ["source.symlink"]
    assert tables(case)["records"].height == 16
