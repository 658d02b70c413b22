"""A file that brings its reader down costs itself alone: everything else is read, and what came before its trap."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.contract.running import ROOT, Ran, alone, environment
from tocsin.kinds.fr.nir import KIND

NUMBERS = [example.value for example in KIND.valid]
PLUGGED = Path(__file__).with_name("plugged")
BEFORE = 3


def deadly(folder: Path, name: str, trap: str) -> None:
    """A file of a few numbers, then the trap, then a number more."""
    rows = [NUMBERS[at % len(NUMBERS)] for at in range(BEFORE)]
    (folder / name).write_text("\n".join(["deadly:", *rows, trap, rows[0]]) + "\n", encoding="utf-8")


def scanned(pile: Path, *more: object) -> Ran:
    """The command with the deadly formats in all its processes."""
    path = f"{PLUGGED}{os.pathsep}{ROOT}"
    return alone("scan", pile, "--json", *more, env=environment(PYTHONPATH=path))


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of good files, before and after which a test puts bad ones."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for name in ("a", "m", "z"):
        deadly(folder, f"{name}.deadly", NUMBERS[0])
        (folder / f"{name}.csv").write_text(
            "ligne;num_secu\n" + "".join(f"1;{one}\n" for one in NUMBERS), encoding="utf-8"
        )
    return folder


@pytest.mark.parametrize(
    ("cores", "traps"),
    [
        (2, {"SEGFAULT": "killed_reader", "EAT": "killed_reader"}),
        (1, {"EXIT": "killed_reader", "HANG": "timeout"}),
    ],
)
def test_each_costs_itself_alone(pile: Path, cores: int, traps: dict[str, str]) -> None:
    """Ways to fall: each has one issue, what came before it is kept, all others are whole."""
    for at, trap in zip("by", traps, strict=True):
        deadly(pile, f"{at}.deadly", trap)
    ran = scanned(pile, "--cores", cores)
    assert (ran.code, ran.err) == (3, "")
    told = {issue["source"]: issue["code"] for issue in ran.json["issues"]}
    assert told == {f"{at}.deadly": f"source.{code}" for at, code in zip("by", traps.values(), strict=True)}
    records = {source["source"]: source["records"] for source in ran.json["sources"]}
    assert records == {
        **dict.fromkeys(told, BEFORE),
        **{f"{name}.deadly": BEFORE + 2 for name in "amz"},
        **{f"{name}.csv": len(NUMBERS) for name in "amz"},
    }
    assert {source["unread"] for source in ran.json["sources"] if source["source"] in told} == {None}
    assert ran.json["kinds"]["fr.nir"]["valid"] == BEFORE * 2 + 3 * (BEFORE + 2) + 3 * len(NUMBERS)


def test_one_fall_is_forgiven(pile: Path) -> None:
    """What brings a worker down once only is read whole the second time."""
    deadly(pile, "n.deadly", "ONCE")
    (pile / "n.deadly.once").unlink(missing_ok=True)
    ran = scanned(pile)
    counted = {source["source"]: source["records"] for source in ran.json["sources"]}
    assert ran.json["issues"] == []
    assert counted["n.deadly"] == BEFORE + 2


def test_a_first_row_that_kills_and_a_box_that_kills(pile: Path) -> None:
    """Nothing came before: the issue tells how many bytes are lost."""
    (pile / "b.deadly").write_text("deadly:\nEXIT\n", encoding="utf-8")
    (pile / "c.box").write_text("box: of nothing", encoding="utf-8")
    ran = scanned(pile)
    assert ran.code == 3
    told = {(issue["source"], issue["code"]) for issue in ran.json["issues"]}
    assert told == {("b.deadly", "source.killed_reader"), ("c.box", "source.killed_reader")}
    assert ran.json["kinds"]["fr.nir"]["valid"] == 3 * (BEFORE + 2) + 3 * len(NUMBERS)


def test_a_reader_that_fails_says_no_value(pile: Path, tmp_path: Path) -> None:
    """An exception of a reader is an issue without its words; what came before is kept."""
    deadly(pile, "b.deadly", "RAISE")
    ran = scanned(pile, "--case", tmp_path / "case")
    (issue,) = ran.json["issues"]
    assert (issue["source"], issue["code"]) == ("b.deadly", "source.reader_failed")
    assert NUMBERS[0] not in ran.out
    counted = {source["source"]: source["records"] for source in ran.json["sources"]}
    assert counted["b.deadly"] == BEFORE
