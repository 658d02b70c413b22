"""A process killed at any moment costs at most what it had not entered."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl

from tocsin.case import Case, verify

WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[2]
PARTS = 40
KILLS = 5


def start(folder: Path, patience: int = PARTS + 1) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(WRITER), str(folder), str(PARTS), "1", str(patience)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)


def entered(folder: Path) -> int:
    """Parts on disk, counted without touching the case."""
    return len(list(folder.glob("records.parquet/part-*.parquet")))


def check(folder: Path) -> int:
    """Open the case as the next command would; what is entered is whole, what is not is gone. Gives its parts."""
    with Case.open(folder) as case:
        known = case.state.parts()
        records = [part for part in known.values() if part.name.startswith("records.")]
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet") if path.is_file()}
        assert there == {name for name in known if name.endswith(".parquet")}
        frame = case.frame("records")
        numbers = [] if frame is None else frame["record"].to_list()
        assert len(numbers) == len(set(numbers)) == sum(part.rows for part in records)
        other = case.frame("spans")
        assert numbers == ([] if other is None else other["record"].to_list())
    assert verify(folder) == []
    assert not list(folder.rglob("*.tmp"))
    return len(records)


def result(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, str]]:
    """What the stage gave: the tables and the digest of every part."""
    with Case.open(folder, read_only=True) as case:
        records, sources = case.frame("records"), case.frame("sources")
        assert records is not None
        assert sources is not None
        return records, sources, {name: part.sha256 for name, part in case.state.parts().items()}


def test_killed_again_and_again_it_ends_with_the_same_result(tmp_path: Path) -> None:
    calm, torn = tmp_path / "calm", tmp_path / "torn"
    with start(calm) as process:
        assert process.communicate()[0] == b"done\n"
    rng, kept = random.Random(2), []
    for _ in range(KILLS):
        target = rng.randrange(1, 6)
        before = entered(torn)
        with start(torn, patience=target + 2) as process:
            while process.poll() is None and entered(torn) < before + target:
                time.sleep(0.001)
            time.sleep(rng.random() * 0.004)
            process.send_signal(signal.SIGKILL)
        kept.append(check(torn))
    assert kept == sorted(kept)
    assert 0 < kept[-1] < PARTS
    with start(torn) as process:
        assert process.communicate()[0] == b"done\n"
    assert check(torn) == PARTS
    one, other = result(calm), result(torn)
    assert one[0].equals(other[0])
    assert one[1].equals(other[1])
    assert one[2] == other[2]


def test_nothing_is_written_twice_after_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    for _ in range(2):
        with start(folder) as process:
            assert process.communicate()[0] == b"done\n"
    actions = [json.loads(line)["action"] for line in (folder / "journal.jsonl").read_text().splitlines()]
    assert actions.count("stage.finished") == 1
    assert check(folder) == PARTS
