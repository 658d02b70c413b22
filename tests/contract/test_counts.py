"""What must be found, and what must not, with exact counts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.contract.conftest import Command
from tocsin.kinds.fr.nir import fake as nir

NIRS = ("185057800608491", "295109912611193", "253072B07300470")
ROWS = 640_000


@pytest.mark.parametrize("ordinary", ["appel sans suite", "dossier 4812 relu le lundi"])
def test_three_numbers_far_down(tocsin: Command, tmp_path: Path, ordinary: str) -> None:
    """Three NIR only after row 600,000 of an otherwise empty or ordinary comment column: all three, exactly."""
    places = {601_234: NIRS[0], 620_000: f"son numéro : {NIRS[1]}.", 639_999: NIRS[2]}
    with open(tmp_path / "a.csv", "w", encoding="utf-8") as file:
        file.write("ligne;commentaire\n")
        file.writelines(f"{row};{places.get(row, ordinary)}\n" for row in range(ROWS))
    ran = tocsin("scan", tmp_path / "a.csv", "--cores", 1, "--json")
    assert ran.code == 0
    (source,) = ran.json["sources"]
    assert (source["records"], source["unread"]) == (ROWS, 0)
    found = [row for row in ran.json["findings"] if row["kind"] == "fr.nir"]
    assert [(row["field"], row["valid"], row["distinct"]) for row in found] == [("commentaire", 3, 3)]
    assert ran.json["kinds"]["fr.nir"] == {"valid": 3, "distinct": 3, "sources": 1}


@pytest.mark.parametrize("header", ["reference", "dossier", "x"])
def test_random_references_are_no_nir(tocsin: Command, tmp_path: Path, header: str) -> None:
    """A column of random 15-digit references is never a NIR, though some pass the key by chance."""
    made = random.Random(20261121)
    rows = "".join(f"{row};{made.randrange(10**14, 10**15)}\n" for row in range(60_000))
    (tmp_path / "a.csv").write_text(f"ligne;{header}\n{rows}")
    found = tocsin("scan", tmp_path / "a.csv", "--json").json
    assert "fr.nir" not in found["kinds"]
    assert found["sources"][0]["records"] == 60_000


def test_one_number_in_ordinary_comments(tocsin: Command, tmp_path: Path) -> None:
    """One NIR among ordinary comments makes the column contain it."""
    made = random.Random(7)
    words = "le patient rappelle demain pour son dossier sans urgence apres la visite du matin".split()
    rows = [" ".join(made.sample(words, 7)) for _ in range(2000)]
    rows[1234] += f" NIR {nir(random.Random(3))}"
    text = "ligne;commentaire\n" + "".join(f"{number};{row}\n" for number, row in enumerate(rows))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    found = tocsin("scan", tmp_path / "a.csv", "--json").json["findings"]
    assert [(row["field"], row["kind"], row["valid"]) for row in found] == [("commentaire", "fr.nir", 1)]


@pytest.mark.parametrize("bad", [1, 7, 250])
def test_bad_lines_cost_themselves_alone(tocsin: Command, tmp_path: Path, bad: int) -> None:
    """k bad lines of N: N - k records, k counted issues, exit 3, and no other row lost."""
    made, whole = random.Random(bad), 5000
    chosen = set(made.sample(range(whole), bad))
    numbers = [nir(made).replace(" ", "") for _ in range(whole)]
    text = "".join(
        f"{row};{numbers[row]}\n" if row in chosen else f"{row};{numbers[row]};note\n" for row in range(whole)
    )
    (tmp_path / "a.csv").write_text("ligne;num_secu;remarque\n" + text, encoding="utf-8")
    ran = tocsin("scan", tmp_path / "a.csv", "--json")
    assert ran.code == 3
    (source,) = ran.json["sources"]
    assert (source["records"], source["unread"]) == (whole - bad, bad)
    issues = ran.json["issues"]
    assert {issue["code"] for issue in issues} == {"source.bad_line"}
    assert sum(issue["count"] for issue in issues) == bad
    (found,) = [row for row in ran.json["findings"] if row["kind"] == "fr.nir"]
    assert found["valid"] == whole - bad


@pytest.mark.parametrize("bad", [1, 5])
def test_bad_json_lines_cost_themselves_alone(tocsin: Command, tmp_path: Path, bad: int) -> None:
    """The same for JSON, a line each."""
    made, whole = random.Random(bad), 400
    chosen = set(made.sample(range(1, whole), bad))
    lines = [
        f'{{"id": {row}, "courriel": "u{row}@example.org"' + ("\n" if row in chosen else "}\n")
        for row in range(whole)
    ]
    (tmp_path / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    ran = tocsin("scan", tmp_path / "a.jsonl", "--json")
    assert ran.code == 3
    (source,) = ran.json["sources"]
    assert (source["records"], source["unread"]) == (whole - bad, bad)
    assert sum(issue["count"] for issue in ran.json["issues"]) == bad
    assert ran.json["kinds"]["any.email"]["valid"] == whole - bad
