"""Weaknesses: each is told from tables that show it, none from tables that do not; modes are those of the disk."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Category
from tocsin.scan.weaknesses import WHERE, declared, weaknesses
from tocsin.sentences import knows
from tocsin.sources.modes import open_to_all

Finding = tuple[int, str | None, str, int, str | None]
FILES = [(0, "inbox.mbox", "mbox"), (1, "inbox.mbox!/3/ordonnance.pdf", "pdf"), (2, "rh/acces.txt", "text"), (3, "base.sql#clients", "sqldump")]  # fmt: skip


def tables(*rows: Finding) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Four sources, and findings (source, field, kind, valid, grade) in them."""
    sources = pl.DataFrame(FILES, schema=["source_id", "source", "format"], orient="row")
    kinds = bundled()
    told = [(*row, str(kinds[row[2]].category)) for row in rows]
    columns = ["source_id", "field", "kind", "valid", "grade", "category"]
    findings = pl.DataFrame(told, schema=dict.fromkeys(columns, pl.String) | {"source_id": pl.Int64, "valid": pl.Int64}, orient="row")  # fmt: skip
    return sources, findings.select(columns)


def codes(*rows: Finding, open_names: frozenset[str] = frozenset()) -> dict[str, list[int]]:
    found = weaknesses(*tables(*rows), year=2026, open_to_all=open_names)
    return {row["code"]: row["listed"] for row in found}


def test_declarations_name_what_exists() -> None:
    kinds, categories = bundled(), {str(category) for category in Category}
    for weakness in declared():
        assert set(weakness.kinds) <= set(kinds)
        assert set(weakness.categories) <= categories
        assert weakness.where in WHERE
        assert weakness.citation
        assert knows(f"weakness.{weakness.code}")
        assert weakness.kinds or weakness.categories or weakness.older_than_years


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((1, None, "fr.prescription", 1, None), "prescription_in_mail"),
        ((1, None, "fr.payslip", 1, None), "identity_in_mail"),
        ((2, None, "any.password", 3, "clear"), "passwords_in_share"),
        ((3, "mdp", "any.password", 3, "clear"), "passwords_in_clear"),
        ((3, "mdp", "any.password_hash", 9, "fast_unsalted"), "passwords_weakly_hashed"),
        ((2, None, "any.private_key", 1, None), "secrets_in_files"),
        ((3, "cvv", "any.card_code", 9, None), "card_codes_kept"),
        ((3, "nir", "fr.nir", 9, None), "nir_kept"),
    ],
)
def test_each_is_told_and_nothing_else(row: Finding, code: str) -> None:
    assert codes(row) == {code: [row[0]]}


def test_what_is_elsewhere_or_well_kept_is_no_weakness() -> None:
    assert codes((2, None, "fr.prescription", 1, None)) == {}
    assert codes((2, None, "any.password", 1, "clear")) == {}
    assert codes((3, "mdp", "any.password_hash", 9, "slow")) == {}
    assert codes((3, "diagnostic", "any.health", 9, None)) == {}


def test_health_in_a_file_that_all_may_read() -> None:
    row: Finding = (3, "diagnostic", "any.health", 9, None)
    assert codes(row, open_names=frozenset({"base.sql"})) == {"health_open_to_all": [3]}
    assert codes(row, open_names=frozenset({"rh/acces.txt"})) == {}


def test_persons_without_a_trace_for_years_are_counted() -> None:
    persons = pl.DataFrame({"last_year": [2010, 2020, 2021, 2026, None]})
    (row,) = weaknesses(*tables(), persons, year=2026)
    assert (row["code"], row["persons"], row["sources"]) == ("data_too_old", 2, None)
    assert weaknesses(*tables(), persons.filter(pl.col("last_year") > 2020), year=2026) == []


def test_modes_are_those_of_file_and_folders(tmp_path: Path) -> None:
    for name, folder_mode, mode in (("open", 0o755, 0o644), ("own", 0o755, 0o600), ("shut", 0o700, 0o644)):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "50%!.csv"
        path.write_text("x", encoding="utf-8")
        path.chmod(mode)
        (tmp_path / name).chmod(folder_mode)
    (tmp_path / "open" / "link.csv").symlink_to(tmp_path / "own" / "50%!.csv")
    tmp_path.chmod(0o755)
    assert open_to_all([str(tmp_path)]) == {"open/50%25!.csv"}
    one, two = str(tmp_path / "open" / "50%!.csv"), str(tmp_path / "nowhere")
    assert open_to_all([one]) == {"50%25!.csv"}
    assert open_to_all([one, two]) == {"1/50%25!.csv"}
