"""The case folder: its tables as any tool reads them, the same pile again, another one, a changed one, the end."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from tests.contract.conftest import Command
from tests.contract.patients import MAIL, NIR, WRONG, lay
from tests.contract.running import alone, frame, tables
from tocsin.kinds.catalogue import bundled

STRING, INTEGER = pl.String(), pl.Int64()
SOURCES = {
    "source_id": pl.Int32(),
    "source": STRING,
    "format": STRING,
    "sha256": STRING,
    "bytes": INTEGER,
    "records": INTEGER,
    "unread": INTEGER,
    "encoding": STRING,
    "reader": STRING,
    "state": STRING,
}
FINDINGS = {
    "source_id": pl.Int32(),
    "field": STRING,
    "place": STRING,
    "kind": STRING,
    "category": STRING,
    "candidates": INTEGER,
    "valid": INTEGER,
    "distinct": INTEGER,
    "distinct_exact": pl.Boolean(),
    "evidence": STRING,
    "confidence": pl.Float64(),
    "grade": STRING,
    "family": STRING,
}
SPANS = {
    "source_id": pl.Int32(),
    "record": INTEGER,
    "field": STRING,
    "start": INTEGER,
    "end": INTEGER,
    "kind": STRING,
    "confidence": pl.Float64(),
}
ISSUES = {
    "source_id": pl.Int32(),
    "source": STRING,
    "place": STRING,
    "code": STRING,
    "count": INTEGER,
    "bytes_unread": INTEGER,
    "detail": STRING,
}
RECORDS = {"source_id": pl.Int32(), "record": INTEGER, "mention": pl.Int32(), "roles": pl.List(pl.String)}


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A table and a letter, with a wrong key and a bad line."""
    return lay(tmp_path / "pile")


def digests(case: Path) -> dict[str, str]:
    """The files of a folder and what they hold."""
    files = [path for path in sorted(case.rglob("*")) if path.is_file()]
    return {str(path.relative_to(case)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def has(table: pl.DataFrame, wanted: Mapping[str, pl.DataType | type[pl.DataType]]) -> bool:
    """Whether the table has these columns of these types; more are welcome."""
    return {name: table.schema.get(name) for name in wanted} == wanted


def test_tables_have_the_contracts_columns(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Names and types of every table; the source's name is text, or a dictionary of texts."""
    case = tmp_path / "case"
    assert tocsin("scan", pile, "--case", case).code == 3
    assert has(frame(case, "sources"), SOURCES)
    assert has(frame(case, "findings"), FINDINGS)
    assert has(frame(case, "issues"), ISSUES)
    records = frame(case, "records")
    assert has(records, RECORDS)
    assert has(
        records, {kind.name: pl.List(pl.String) for kind in bundled().values() if kind.face_of is None}
    )
    for table in ("findings", "records"):
        assert frame(case, table).schema["source"] in (pl.String, pl.Categorical)
    state = json.loads((case / "case.json").read_text())
    assert state["format"] == 1
    assert {"settings", "versions", "stages", "expires"} <= set(state)


def test_only_the_owner_may_look(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """The folder and all in it: 0700 for folders, 0600 for files."""
    case = tmp_path / "case"
    tocsin("respond", pile, "--case", case)
    assert stat.S_IMODE(case.stat().st_mode) == 0o700
    for path in case.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert list(case.rglob("*.tmp")) == []


def test_every_record_has_a_row(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Numbers count from 0 in source order, a bad line keeps its own; records + unread is what the source holds."""
    case = tmp_path / "case"
    tocsin("scan", pile, "--case", case)
    found = tables(case)
    rows = {row["source"]: row for row in found["sources"].iter_rows(named=True)}
    assert (rows["patients.csv"]["records"], rows["patients.csv"]["unread"]) == (4, 1)
    assert (rows["inside/lettre.txt"]["records"], rows["inside/lettre.txt"]["unread"]) == (1, 0)
    numbers = found["records"].filter(pl.col("source") == "patients.csv")["record"].to_list()
    assert numbers == [0, 1, 2, 4]
    assert found["records"].filter(pl.col("source") == "inside/lettre.txt")["record"].to_list() == [0]
    assert found["records"]["mention"].to_list() == [0] * 5
    (issue,) = found["issues"].iter_rows(named=True)
    assert (issue["source"], issue["code"], issue["count"], issue["place"]) == (
        "patients.csv",
        "source.bad_line",
        1,
        "line 5",
    )


def test_values_are_normal_and_say_where_they_stood(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Partial ISO dates, E.164 telephones, wrong keys apart, a role for each value."""
    case = tmp_path / "case"
    tocsin("scan", pile, "--case", case)
    records = tables(case)["records"].filter(pl.col("source") == "patients.csv")
    rows = {row["record"]: row for row in records.iter_rows(named=True)}
    assert rows[0]["any.birth_date"] == ["1985-03-12"]
    assert rows[1]["any.birth_date"] == ["1990-02-01"]
    assert rows[0]["any.phone"] == ["+33612345678"]
    assert rows[1]["any.phone"] == ["+33612345679"]
    assert rows[4]["any.phone"] == ["+33612345670"]
    assert rows[0]["fr.nir"] == [NIR]
    assert not rows[1]["fr.nir"]
    assert rows[1]["fr.nir.invalid"] == [WRONG]
    assert rows[4]["fr.nir"] == [NIR, NIR]
    assert rows[1]["any.email"] == [MAIL, MAIL]
    kinds = [
        name for name in records.columns if records.schema[name] == pl.List(pl.String) and name != "roles"
    ]
    for row in rows.values():
        values = [(name, value) for name in kinds for value in row[name] or []]
        assert len(row["roles"] or []) == len(values)
    assert dict_roles(rows[1], kinds, "any.email") == ["courriel", "note"]
    assert dict_roles(rows[4], kinds, "fr.nir") == ["num_secu", "note"]
    assert dict_roles(rows[1], kinds, "fr.nir.invalid") == ["num_secu"]


def dict_roles(row: dict[str, list[str] | None], kinds: list[str], wanted: str) -> list[str]:
    """The roles of one kind's values: roles follow the columns from left to right."""
    roles = iter(row["roles"] or [])
    return [role for name in kinds for _ in row[name] or [] for role in [next(roles)] if name == wanted]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("12/03/1985", "1985-03-12"), ("1985", "1985"), ("03/1985", "1985-03"), ("1985-03", "1985-03")],
)
def test_birth_dates_may_be_partial(tocsin: Command, tmp_path: Path, written: str, wanted: str) -> None:
    """What is not said is not invented."""
    (tmp_path / "a.csv").write_text("nom;date_naissance\n" + f"MARTIN;{written}\n" * 3, encoding="utf-8")
    tocsin("scan", tmp_path / "a.csv", "--case", tmp_path / "case")
    assert frame(tmp_path / "case", "records")["any.birth_date"].to_list() == [[wanted]] * 3


def test_the_same_pile_again(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Nothing to do: no file of the case changes, the answer is the same."""
    case = tmp_path / "case"
    first = tocsin("scan", pile, "--case", case, "--json")
    before = digests(case)
    again = tocsin("scan", pile, "--case", case, "--json")
    assert digests(case) == before
    assert (again.code, again.err) == (first.code, first.err)
    assert {**again.json, "seconds": 0} == {**first.json, "seconds": 0}


def test_another_pile_is_added(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """The case holds both; rows of the first stay as they are."""
    case, other = tmp_path / "case", tmp_path / "other"
    other.mkdir()
    (other / "autre.csv").write_text(f"nom;courriel\nBERNARD;{MAIL}\n", encoding="utf-8")
    tocsin("scan", pile, "--case", case)
    first = tables(case)
    ran = tocsin("scan", other, "--case", case, "--json")
    assert ran.code == 3
    both = tables(case)
    assert both["sources"]["source"].to_list() == ["inside/lettre.txt", "patients.csv", "autre.csv"]
    assert both["sources"].head(2).equals(first["sources"])
    assert both["records"].head(first["records"].height).equals(first["records"])
    assert both["records"].height == first["records"].height + 1
    assert both["findings"].filter(pl.col("source_id") < 2).equals(first["findings"])
    assert ran.json["kinds"]["any.email"]["distinct"] == 2
    assert tocsin("verify", case).code == 0
    before = digests(case)
    for folder in (pile, other):
        assert tocsin("scan", folder, "--case", case).code == 3
    assert digests(case) == before


def test_a_changed_source_is_refused(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Exit 2 with the remedy; the case stays as it was, and goes on once the file is back."""
    case = tmp_path / "case"
    tocsin("scan", pile, "--case", case)
    before, held = tables(case), (pile / "patients.csv").read_bytes()
    (pile / "patients.csv").write_bytes(held + b"NOUVEAU;Luc;;;;;\n")
    (pile / "aaa.txt").write_text("rien", encoding="utf-8")
    ran = tocsin("scan", pile, "--case", case)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    (pile / "aaa.txt").unlink()
    (pile / "patients.csv").write_bytes(held)
    assert tocsin("scan", pile, "--case", case).code == 3
    after = tables(case)
    assert all(after[name].equals(table) for name, table in before.items())
    assert tocsin("verify", case).code == 0


def test_changed_settings_are_refused(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Exit 2, the setting named; the case stays as it was."""
    case = tmp_path / "case"
    tocsin("scan", pile, "--case", case)
    before = digests(case)
    ran = tocsin("scan", pile, "--case", case, "--spans")
    assert (ran.code, ran.out) == (2, "")
    assert "spans" in ran.err
    assert digests(case) == before


def test_nothing_is_written_without_a_case(
    tocsin: Command, pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file appears: not here, not beside the pile, not where temporary files go."""
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("TMPDIR", str(temporary))
    before = digests(tmp_path)
    assert tocsin("scan", pile, "--json").code == 3
    assert digests(tmp_path) == before
    assert list(here.iterdir()) == []
    assert list(temporary.iterdir()) == []


def test_goes_on_in_another_process(pile: Path, tmp_path: Path) -> None:
    """A case that one process filled is the same case for the next: nothing to do, and respond writes its report."""
    case = tmp_path / "case"
    first = alone("scan", pile, "--case", case, "--json")
    before = digests(case)
    again = alone("scan", pile, "--case", case, "--json")
    assert (again.code, again.err) == (3, "")
    assert digests(case) == before
    assert {**again.json, "seconds": 0} == {**first.json, "seconds": 0}
    assert alone("respond", pile, "--case", case).code == 3
