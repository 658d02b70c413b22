"""Each hostile or broken file is told of, costs itself alone, and takes neither time nor memory from the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract.running import environment
from tests.hostile.making import NUMBERS, TRAPS, Expected, table
from tocsin.cli.group import run
from tocsin.sentences import say
from tocsin.sources import catalogue
from tocsin.sources.source import Located

SECONDS, MEMORY = 60, 1_500_000_000
GOOD = {"a.csv": 11, "z.csv": 13}


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with a good table at either end of the alphabet."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, rows in GOOD.items():
        (folder / name).write_bytes(table(rows))
    return folder


def told(answer: dict[str, Any]) -> dict[str, list[str]]:
    """The codes of each source, sorted."""
    found: dict[str, list[str]] = {}
    for issue in answer["issues"]:
        found.setdefault(issue["source"], []).append(issue["code"])
        assert say(f"{issue['code']}.remedy", "fr", count=issue["count"])
        assert say(issue["code"], "en", count=issue["count"])
    return {source: sorted(codes) for source, codes in found.items()}


def check(answer: dict[str, Any], code: int, expected: Expected) -> None:
    """Everything that was promised of a trap, and the good tables whole."""
    records = {source["source"]: source["records"] for source in answer["sources"]}
    assert told(answer) == expected.codes
    assert {name: records[name] for name in (*GOOD, *expected.records)} == {**GOOD, **expected.records}
    harmless = {one for codes in expected.codes.values() for one in codes} <= {"source.empty"}
    assert code == (0 if harmless and not answer["issues"] else code)
    assert code in ((0, 3) if harmless else (3,))


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.__name__)
def test_a_trap_costs_itself_alone(
    trap: Callable[[Path], Expected], pile: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    expected = trap(pile)
    began = time.monotonic()
    code = run(["scan", str(pile), "--json"])
    assert time.monotonic() - began < SECONDS
    out, err = capfd.readouterr()
    assert err == ""
    check(json.loads(out), code, expected)


# Runs a command from a small process, since the peak of a process counts what it was forked from.
METER = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def measured(*arguments: object) -> tuple[int, dict[str, Any], float, int]:
    """Exit code, answer, seconds, and the most memory that any of its processes held, in bytes."""
    began = time.monotonic()
    command = [sys.executable, "-c", METER, sys.executable, "-m", "tocsin", *map(str, arguments)]
    ran = subprocess.run(
        command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    peak = int(ran.stderr.split()[-1]) * 1024
    return ran.returncode, json.loads(ran.stdout), time.monotonic() - began, peak


def test_a_line_of_200_mb(pile: Path) -> None:
    """One line that no reader takes at once: the rows around it are read."""
    with open(pile / "m.csv", "wb") as file:
        file.write(table(500))
        for _ in range(200):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + table(500).split(b"\n", 1)[1])
    code, answer, seconds, memory = measured("scan", pile, "--json")
    check(answer, code, Expected(codes={"m.csv": ["source.bad_line"]}, records={"m.csv": 1000}))
    assert seconds < SECONDS
    assert memory < MEMORY


def test_a_text_of_one_line_of_200_mb(pile: Path) -> None:
    """A document without any line break or blank is searched all the same, to its end."""
    with open(pile / "m.txt", "wb") as file:
        for _ in range(200):
            file.write(b"x" * (1 << 20))
        file.write(f" Assuré {NUMBERS[0]}.\n".encode())
    code, answer, seconds, memory = measured("scan", pile, "--json")
    check(answer, code, Expected(records={"m.txt": 1}))
    assert {"m.txt"} <= {one["source"] for one in answer["findings"] if one["kind"] == "fr.nir"}
    assert seconds < SECONDS
    assert memory < MEMORY


def meddled(monkeypatch: pytest.MonkeyPatch, deed: Callable[[str], None]) -> None:
    """Let `deed` be done to the file of `m.csv` when its survey has given its first section."""
    survey = catalogue._surveyed

    def meddle(located: Located) -> Any:
        done = False
        for given in survey(located):
            if located.source == "m.csv" and not done:
                deed(located.path)
                done = True
            yield given

    monkeypatch.setattr(catalogue, "_surveyed", meddle)


def grown(path: str) -> None:
    with open(path, "ab") as file:
        file.write(table(3))


@pytest.mark.parametrize("deed", [grown, os.unlink], ids=["grown", "gone"])
def test_a_file_that_changes_while_it_is_read(
    deed: Callable[[str], None],
    pile: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (pile / "m.csv").write_bytes(table(40))
    meddled(monkeypatch, deed)
    code = run(["scan", str(pile), "--json"])
    answer = json.loads(capfd.readouterr().out)
    codes = told(answer)
    assert set(codes) == {"m.csv"}
    assert set(codes["m.csv"]) & {"source.changed_while_read", "source.unreadable"}
    assert {one["source"]: one["records"] for one in answer["sources"]}.items() >= GOOD.items()
    assert code == 3


def test_what_may_not_be_read(
    pile: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A file and a folder whose opening is refused (the system's refusal is played, since root meets none)."""
    (pile / "m.csv").write_bytes(table(40))
    (pile / "n").mkdir()
    opened, listed = os.open, os.scandir

    def refuse_file(path: Any, *more: Any, **named: Any) -> int:
        if str(path).endswith("m.csv"):
            raise PermissionError(13, "refused", str(path))
        return opened(path, *more, **named)

    def refuse_folder(path: Any = ".") -> Any:
        if os.fsdecode(path).endswith("/n"):
            raise PermissionError(13, "refused", str(path))
        return listed(path)

    monkeypatch.setattr(os, "open", refuse_file)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    code = run(["scan", str(pile), "--json"])
    monkeypatch.undo()
    answer = json.loads(capfd.readouterr().out)
    check(
        answer,
        code,
        Expected(codes={"m.csv": ["source.unreadable"], "n/": ["source.unreadable"]}, records={}),
    )
