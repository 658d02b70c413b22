"""The end of a case and its proof: closing leaves nothing of persons, verifying sees what changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from tests.contract.conftest import Command
from tests.contract.patients import MAIL, NIR, PATIENTS, WRONG, lay
from tests.contract.running import frame


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A table and a letter, with a wrong key and a bad line."""
    return lay(tmp_path / "pile")


def values_of(case: Path) -> str:
    """All that stands in the files of a folder: names, bytes, and the strings inside tables."""
    seen = [str(path.relative_to(case)) for path in case.rglob("*")]
    for path in case.rglob("*"):
        if not path.is_file():
            continue
        seen.append(path.read_bytes().decode("utf-8", "replace"))
        if path.suffix == ".parquet":
            seen.append(repr(pl.read_parquet(path).rows()))
    return "\n".join(seen)


def test_closing_leaves_nothing_of_persons(tocsin: Command, tmp_path: Path) -> None:
    """Values, names of sources and of columns go; counts, journal and certificate stay, and verify holds."""
    case, pile = tmp_path / "case", tmp_path / "pile"
    pile.mkdir()
    table = PATIENTS.replace("note", "note de Sophie LEGRANDIN")
    (pile / "DUPONT_Jean_VIH.csv").write_text(table, encoding="utf-8")
    (pile / "lettre.txt").write_text(f"Assuré {NIR}, courriel {MAIL}\n", encoding="utf-8")
    tocsin("respond", pile, "--case", case)
    valid = frame(case, "findings")["valid"].sum()
    held = values_of(case)
    canaries = (NIR, WRONG, MAIL, "DUPONT", "LEGRANDIN", "MOREAU", "1985-03-12", "+33612345678", "canari")
    assert [canary for canary in canaries if canary not in held] == []
    ran = tocsin("close", case, "--keep", "counts", "--json")
    assert ran.code == 0
    assert ran.json["total"]["files"] > 0
    left = values_of(case)
    assert [canary for canary in (*canaries, "VIH", "612345678") if canary in left] == []
    assert frame(case, "findings")["valid"].sum() == valid
    assert not (case / "records.parquet").exists()
    assert not (case / "spans.parquet").exists()
    assert (case / "journal.jsonl").is_file()
    words = (case / "certificate.txt").read_text(encoding="utf-8")
    assert re.search("SSD|snapshot|instantané|sauvegarde|backup", words)
    assert json.loads((case / "certificate.json").read_text(encoding="utf-8"))["cannot_reach"]
    assert tocsin("verify", case).code == 0
    again = tocsin("scan", pile, "--case", case)
    assert (again.code, again.out) == (2, "")


@pytest.mark.parametrize("name", ["sources.parquet", "findings.parquet", "records", "journal.jsonl"])
def test_verify_sees_one_changed_byte(tocsin: Command, pile: Path, tmp_path: Path, name: str) -> None:
    """Exit 1, and the file is named."""
    case = tmp_path / "case"
    tocsin("scan", pile, "--case", case)
    sound = tocsin("verify", case, "--json")
    assert (sound.code, sound.json["sound"]) == (0, True)
    path = next((case / "records.parquet").iterdir()) if name == "records" else case / name
    data = bytearray(path.read_bytes())
    place = data.index(b'"seq":1') + 6 if name == "journal.jsonl" else len(data) // 2
    data[place] ^= 1
    path.write_bytes(data)
    ran = tocsin("verify", case, "--json")
    assert ran.code == 1
    assert ran.json["sound"] is False
    assert any(str(problem["place"]).startswith(name) for problem in ran.json["problems"])
    assert tocsin("verify", case).code == 1


def test_verify_sees_a_cut_journal(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """A last line that is gone shows, for the state knows how many there were."""
    case = tmp_path / "case"
    tocsin("scan", pile, "--case", case)
    lines = (case / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (case / "journal.jsonl").write_bytes(b"".join(lines[:-1]))
    assert tocsin("verify", case).code == 1
