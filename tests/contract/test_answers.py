"""What the commands answer: the JSON of a scan, the five lines, the reasons, and what is shown only on demand."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import Command
from tests.contract.running import alone
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Category

TYPED = "185057800608491"

SOURCE = {
    "source_id": int,
    "source": str,
    "format": str,
    "sha256": str,
    "bytes": int,
    "records": int,
    "unread": int,
    "encoding": str,
}


FINDING = {
    "source_id": int,
    "source": str,
    "field": (str, type(None)),
    "place": (str, type(None)),
    "kind": str,
    "category": str,
    "candidates": int,
    "valid": int,
    "distinct": int,
    "evidence": str,
    "confidence": float,
}


FRENCH = """\
Ce qui a fuité : numéro de sécurité sociale (NIR) (3) et 5 autres
Qui : 2 personnes dans ce qui a été lu
Gravité : non calculé par cette version
Ce qui est dû : non calculé par cette version
À faire : lire le rapport, puis juger de la gravité
"""


ENGLISH = """\
What leaked: French social-security number (NIR) (3) and 5 more
Who: 2 persons in what was read
How grave: not computed by this version
What is owed: not computed by this version
What to do: read the report, then judge how grave it is
"""


def typed(row: dict[str, Any], types: dict[str, Any]) -> bool:
    """Whether the row has these keys with values of these types; a truth is no number."""
    return all(
        isinstance(row[name], kind) and not isinstance(row[name], bool) for name, kind in types.items()
    )


def test_scan_json_is_the_contracts_object(pile: Path) -> None:
    """In a process of its own with a pipe: one object, of the contract's keys and types; nothing on stderr."""
    ran = alone("scan", pile, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = ran.json
    assert ran.out.lstrip().startswith("{")
    assert ran.out.rstrip().endswith("}")
    assert set(found) >= {"sources", "findings", "kinds", "issues", "listing", "seconds"}
    assert all(typed(row, SOURCE) for row in found["sources"])
    assert all(re.fullmatch("[0-9a-f]{64}", row["sha256"]) for row in found["sources"])
    assert all(typed(row, FINDING) for row in found["findings"])
    assert {row["kind"] for row in found["findings"]} <= set(bundled())
    assert {row["category"] for row in found["findings"]} <= set(Category)
    assert all(0 < row["confidence"] <= 1 for row in found["findings"])
    assert all(row["distinct"] <= row["valid"] <= row["candidates"] for row in found["findings"])
    assert found["listing"] == {"files": 0, "found": 0, "changed_since": 0, "missing": 0, "ambiguous": 0}
    assert isinstance(found["seconds"], float)
    assert found["issues"] == []


def test_scan_json_counts(tocsin: Command, pile: Path) -> None:
    """The kinds are the findings added up, distinct values over all sources."""
    found = tocsin("scan", pile, "--json").json
    assert [row["source"] for row in found["sources"]] == ["notes.txt", "patients.csv"]
    assert [row["source_id"] for row in found["sources"]] == [0, 1]
    assert [(row["records"], row["unread"]) for row in found["sources"]] == [(1, 0), (2, 0)]
    assert found["kinds"]["fr.nir"] == {"valid": 3, "distinct": 2, "sources": 2}
    assert found["kinds"]["any.phone"] == {"valid": 3, "distinct": 2, "sources": 2}
    assert found["kinds"]["any.birth_date"] == {"valid": 2, "distinct": 2, "sources": 1}
    assert set(found["kinds"]) == {
        "any.birth_date",
        "any.email",
        "any.given_name",
        "any.phone",
        "any.surname",
        "fr.nir",
    }
    (nir,) = [row for row in found["findings"] if row["field"] == "num_secu"]
    assert (nir["kind"], nir["candidates"], nir["valid"], nir["distinct"]) == ("fr.nir", 2, 2, 2)
    assert nir["evidence"] == "checksum"
    for name, counts in found["kinds"].items():
        assert counts["valid"] == sum(row["valid"] for row in found["findings"] if row["kind"] == name)


def test_issues_of_an_archive(tocsin: Command, pile: Path) -> None:
    """An encrypted member is an issue with the archive's name, the member's place and a stable code: exit 3."""
    with zipfile.ZipFile(pile / "b.zip", "w") as archive:
        archive.writestr("x.csv", "a;b\n1;2\n")
    data = bytearray((pile / "b.zip").read_bytes())
    data[data.find(b"PK\x03\x04") + 6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    (pile / "b.zip").write_bytes(data)
    ran = tocsin("scan", pile, "--json")
    assert ran.code == 3
    (issue,) = ran.json["issues"]
    assert (issue["source"], issue["place"], issue["code"], issue["count"]) == (
        "b.zip",
        "x.csv",
        "source.encrypted",
        1,
    )
    assert isinstance(issue["source_id"], int)


def test_several_piles_bear_their_number(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Names are relative to the PILE, its number in front where there are several; a member stands behind `!/`."""
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("dir/a.csv", "nom;email\nMARTIN;jean@example.fr\n")
    found = tocsin("scan", pile, tmp_path / "archive.zip", "--json").json
    assert [row["source"] for row in found["sources"]] == [
        "1/notes.txt",
        "1/patients.csv",
        "2/archive.zip!/dir/a.csv",
    ]


def test_undecodable_names(tocsin: Command, tmp_path: Path) -> None:
    """Bytes of a name that are no UTF-8 stand as %XX."""
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w", encoding="utf-8") as file:
        file.write("rien de particulier\n")
    ran = tocsin("scan", tmp_path, "--json")
    assert [row["source"] for row in ran.json["sources"]] == ["caf%E9.txt"]


@pytest.mark.parametrize(("language", "wanted"), [("fr", FRENCH), ("en", ENGLISH)])
def test_the_five_lines(tocsin: Command, pile: Path, tmp_path: Path, language: str, wanted: str) -> None:
    """Golden: five lines of at most 80 columns, then where the report is; a stage that is not built says so."""
    ran = tocsin("respond", pile, "--case", tmp_path / "case", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert "\n".join(lines[:5]).replace("\u202f", " ") + "\n" == wanted.replace("\u202f", " ")
    assert max(len(line) for line in lines[:5]) <= 80
    assert lines[5].endswith("report.html")
    assert (tmp_path / "case" / "report.html").is_file()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_five_lines_with_many_kinds(tocsin: Command, tmp_path: Path, language: str) -> None:
    """However much leaked, a line stays within 80 columns."""
    tocsin("fake", "laboratory", "--persons", 60, "--out", tmp_path / "made")
    ran = tocsin("respond", tmp_path / "made" / "pile", "--case", tmp_path / "case", "--lang", language)
    assert ran.code == 3
    lines = ran.out.splitlines()[:5]
    assert len(lines) == 5
    assert max(len(line) for line in lines) <= 80
    absent = {"fr": "non calculé par cette version", "en": "not computed by this version"}[language]
    assert [line.endswith(absent) for line in lines] == [False, False, True, True, False]


def test_why_explains_every_finding(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Rule, counts, chance, header words and a masked sample; of a source, of a field, of a kind."""
    tocsin("scan", pile, "--case", tmp_path / "case")
    every = tocsin("why", tmp_path / "case", "--json").json["findings"]
    assert len(every) == 9
    for row in every:
        assert row["rule"]
        assert row["valid"] <= row["candidates"]
        assert 0 <= row["chance"] <= 1
        assert row["sample"]
        assert all("*" in sample for sample in row["sample"])
    one = tocsin("why", tmp_path / "case", "patients.csv:num_secu", "--json").json["findings"]
    assert [(row["field"], row["kind"]) for row in one] == [("num_secu", "fr.nir")]
    assert "secu" in one[0]["header_words"]
    kind = tocsin("why", tmp_path / "case", "--kind", "fr.nir", "--json").json["findings"]
    assert sorted(row["source"] for row in kind) == ["notes.txt", "patients.csv"]
    none = tocsin("why", tmp_path / "case", "nowhere.csv")
    assert none.code == 0
    assert none.out.strip()


def test_reveal_is_written_down(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """`why --reveal` shows values and the journal says so, without them; without it nothing is shown."""
    case = tmp_path / "case"
    tocsin("scan", pile, "--case", case)
    assert TYPED not in tocsin("why", case, "patients.csv:num_secu").out
    before = (case / "journal.jsonl").read_text()
    assert "reveal" not in before
    shown = tocsin("why", case, "patients.csv:num_secu", "--reveal")
    assert shown.code == 0
    assert TYPED in shown.out
    after = (case / "journal.jsonl").read_text()
    assert after.startswith(before)
    assert "reveal" in after[len(before) :]
    assert TYPED not in after
    assert tocsin("verify", case).code == 0
