"""Persons by the command line: the contract's object and tables, questions, masks, and nothing in clear."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.contract.conftest import Command
from tocsin.cli.group import run

TABLES = {
    "persons": "person kinds names birth_date minor deceased country department email phone postal controller "
    "reference_id confidence",
    "identifiers": "person kind value source_id record",
    "memberships": "person source_id source record mention rule",
}


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made laboratory leak of forty persons, scanned and counted once for all tests."""
    folder = tmp_path_factory.mktemp("laboratory")
    run(["fake", "laboratory", "--persons", "40", "--out", str(folder / "made")])
    run(["scan", str(folder / "made" / "pile"), "--case", str(folder / "case"), "--cores", "1"])
    assert run(["people", str(folder / "case")]) == 3
    return folder


@pytest.fixture
def counted(laboratory: Path, tmp_path: Path) -> Path:
    """The case, copied for one test."""
    shutil.copytree(laboratory, tmp_path / "copy")
    return tmp_path / "copy" / "case"


def test_people_json_is_the_contracts_object(tocsin: Command, counted: Path) -> None:
    found = tocsin("people", counted, "--json").json
    assert set(found) >= {
        *(
            "records",
            "persons",
            "coverage",
            "kinds",
            "countries",
            "departments",
            "controllers",
            "unattributed",
        ),
        *("minors", "deceased", "unknown_age", "demoted_keys", "review", "partition_sha256", "seconds"),
    }
    persons = found["persons"]
    assert persons["low"] <= persons["estimate"] <= persons["high"]
    assert persons["level"] == 0.95
    assert re.fullmatch("[0-9a-f]{64}", found["partition_sha256"])
    assert all(set(one) >= {"kind", "records", "reason"} for one in found["demoted_keys"])
    assert found["coverage"]["records_unread"] > 0


def test_the_tables_have_the_contracts_columns(counted: Path) -> None:
    for name, columns in TABLES.items():
        assert set(columns.split()) <= set(pl.read_parquet_schema(counted / f"{name}.parquet")), name
    persons = pl.read_parquet(counted / "persons.parquet")
    members = pl.read_parquet(counted / "memberships.parquet")
    assert persons["person"].is_unique().all()
    assert set(members["person"]) == set(persons["person"])
    assert members.select("source_id", "record", "mention").is_unique().all()


def test_the_patients_of_the_made_leak_are_found(counted: Path) -> None:
    """Forty patients: every one is a person, and few are two."""
    truth = pl.read_parquet(counted.parent / "made" / "truth.parquet").filter(pl.col("mention") == 0)
    members = pl.read_parquet(counted / "memberships.parquet").with_columns(pl.col("source").cast(pl.String))
    both = members.join(truth, on=["source", "record", "mention"])
    assert both.group_by("person").agg(pl.col("person_right").n_unique())["person_right"].max() == 1
    assert both["person"].n_unique() <= both["person_right"].n_unique() * 1.1


def test_counting_again_changes_nothing(tocsin: Command, counted: Path) -> None:
    before = (counted / "persons.parquet").read_bytes()
    first, second = (tocsin("people", counted, "--json").json for _ in range(2))
    assert first == second
    assert (counted / "persons.parquet").read_bytes() == before


def test_counts_by_filter_hide_small_numbers(tocsin: Command, counted: Path) -> None:
    every = tocsin("count", counted, "--json").json
    some = tocsin("count", counted, "--kind", "any.password", "--json").json
    assert abs(every["estimate"] - 40) <= 2
    assert 5 <= some["estimate"] < every["estimate"]
    nobody = tocsin("count", counted, "--country", "ZZ", "--json").json
    assert nobody["estimate"] == 0
    hidden = [
        tocsin("count", counted, "--department", code, "--json").json["estimate"]
        for code in ("75", "13", "59", "69")
    ]
    assert all(number is None or number == 0 or number >= 5 for number in hidden)


def test_an_export_is_masked_until_it_is_revealed(tocsin: Command, counted: Path, tmp_path: Path) -> None:
    emails = pl.read_parquet(counted / "persons.parquet")["email"].drop_nulls().to_list()
    masked, clear = tmp_path / "masked.csv", tmp_path / "clear.csv"
    assert tocsin("persons", counted, "export", "--out", masked).code == 0
    assert tocsin("persons", counted, "export", "--out", clear, "--reveal").code == 0
    assert not any(email in masked.read_text(encoding="utf-8") for email in emails)
    assert all(email in clear.read_text(encoding="utf-8") for email in emails)
    journal = (counted / "journal.jsonl").read_text(encoding="utf-8")
    assert journal.count("people.exported") == 2
    assert not any(email in journal for email in emails)
    assert tocsin("persons", counted, "export", "--out", tmp_path / "x.doc").code == 2


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_formulas_are_neutral_in_exports(tocsin: Command, tmp_path: Path, ending: str) -> None:
    rows = "".join(f"=1+{number};Jean;p{number}@x.fr;0612345{number:03d}\n" for number in range(30))
    (tmp_path / "a.csv").write_text("nom;prenom;email;telephone\n" + rows, encoding="utf-8")
    tocsin("scan", tmp_path / "a.csv", "--case", tmp_path / "case")
    tocsin("people", tmp_path / "case")
    out = tmp_path / f"out.{ending}"
    assert tocsin("persons", tmp_path / "case", "export", "--out", out, "--reveal").code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    if ending == "csv":
        content = out.read_bytes()
        assert not re.search(rb"(^|,|\n)\"?[=+@-]", content)
    else:
        with zipfile.ZipFile(out) as book:
            content = b"".join(book.read(name) for name in book.namelist() if name.endswith(".xml"))
        assert b"<f>" not in content
        assert not re.search(rb"<t[^>]*>[=+@-]", content)
    assert content.count(b"'+336") >= 30


def test_who_is_concerned_comes_from_standard_input_only(
    tocsin: Command, counted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    email = pl.read_parquet(counted / "persons.parquet")["email"].drop_nulls()[0]

    def asked(*arguments: object, told: str) -> Any:
        monkeypatch.setattr("sys.stdin", Told(told))
        return tocsin(*arguments)

    found = asked("persons", counted, "concerned", "any.email", "-", "--json", told=email + "\n")
    assert found.json["found"] is True
    assert email not in found.out + found.err
    assert (
        asked("persons", counted, "concerned", "any.email", "-", "--json", told="nobody@x.fr\n").json["found"]
        is False
    )
    refused = asked("persons", counted, "concerned", "any.email", email, told="")
    assert refused.code == 2
    assert email not in refused.out + refused.err
    answer = asked("caller", counted, "-", "--json", told="Zzyzx\n1801-01-01\n")
    assert answer.json == {"answer": "no"}


class Told:
    """Lines on standard input."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)

    def readlines(self) -> list[str]:
        return self._lines

    def isatty(self) -> bool:
        return False


def test_a_case_compared_with_itself_is_recycled(tocsin: Command, counted: Path) -> None:
    found = tocsin("compare", counted, counted, "--json").json
    assert found["verdict"] == "recycled"
    assert found["shared_of_a"] > 0.95


def test_people_wants_a_scan(tocsin: Command, tmp_path: Path) -> None:
    for command in ("people", "count"):
        ran = tocsin(command, tmp_path / "nothing")
        assert ran.code == 2
        assert ran.out == ""
