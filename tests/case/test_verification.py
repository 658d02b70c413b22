"""Every file that counts is looked at, and every problem has its sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tocsin.case import Case, Problem, verify
from tocsin.errors import UsageError
from tocsin.sentences import say


@pytest.fixture
def filled(folder: Path, rows: pl.DataFrame) -> Path:
    with Case.open(folder) as case:
        stage = case.stage("scan")
        stage.write_part("records", "0", rows)
        stage.write_json("profile.json", {"persons": 3})
        stage.finish()
    assert verify(folder) == []
    return folder


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["records.parquet/part-0.parquet", "profile.json"])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Path.unlink, "verify.part_missing"),
        (flip, "verify.part_changed"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x"), "verify.part_size"),
    ],
)
def test_a_changed_file_is_found(
    filled: Path, name: str, change: Callable[[Path], object], code: str
) -> None:
    change(filled / name)
    assert [(problem.code, problem.place) for problem in verify(filled)] == [(code, name)]


def test_there_must_be_a_case(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(UsageError) as caught:
            verify(path)
        assert caught.value.code == "case.not_found"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_problems_can_be_said(filled: Path, language: str) -> None:
    flip(filled / "profile.json")
    (filled / "records.parquet/part-0.parquet").write_bytes(b"")
    (filled / "journal.jsonl").write_bytes(b"x\n")
    with Case.open(filled) as case:
        case.secret()
    (filled / "secret").unlink()
    (filled / "journal.jsonl").write_bytes((filled / "journal.jsonl").read_bytes() + b"x")
    found = verify(filled)
    assert {problem.code.removeprefix("verify.") for problem in found} == {
        "journal_damaged", "journal_tail", "journal_was_broken", "part_changed", "part_size",
        "secret_lost",
    }  # fmt: skip
    others = [Problem("verify.part_missing", "x"), Problem("verify.journal_chain", "x", (("line", 2),))]
    others.append(Problem("verify.journal_shortened", "x", (("expected", 3), ("found", 2))))
    for problem in (*found, *others):
        assert problem.place in say(problem.code, language, place=problem.place, **dict(problem.arguments))
