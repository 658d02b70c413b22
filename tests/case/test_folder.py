"""A case is a private folder of ours, and what a crash left in it goes."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tocsin.case import Case, spill_folder, spill_path, verify
from tocsin.errors import CaseError, UsageError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def code(path: Path, **arguments: object) -> str:
    with pytest.raises((UsageError, CaseError)) as caught:
        Case.open(path, **arguments)  # type: ignore[arg-type]
    return caught.value.code


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_everything_is_private_whatever_the_umask(folder: Path, rows: pl.DataFrame, mask: int) -> None:
    before = os.umask(mask)
    try:
        with Case.open(folder) as case:
            stage = case.stage("scan")
            stage.write_part("records", "0", rows)
            stage.write_table("sources", rows)
            stage.write_text("notices/draft.txt", "x")
            fresh = spill_path(folder, "spans", "0")
            rows.write_parquet(fresh)
            stage.enter_file(fresh, "spans", "0", rows=3)
            spill_folder(folder)
            case.secret()
    finally:
        os.umask(before)
    found = list(folder.rglob("*"))
    assert len(found) == 12
    assert mode(folder) == 0o700
    assert {mode(path) for path in found if path.is_dir()} == {0o700}
    assert {mode(path) for path in found if path.is_file()} == {0o600}


def test_a_folder_that_is_no_case_is_refused(folder: Path) -> None:
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"x")
    assert code(folder) == "case.foreign"
    assert code(folder, create=False) == "case.not_found"
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


def test_an_empty_folder_becomes_a_case_and_is_shut(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    Case.open(folder).release()
    assert mode(folder) == 0o700
    assert json.loads((folder / "case.json").read_text())["format"] == 1


def test_links_files_and_other_peoples_folders_are_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Case.open(folder).release()
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "file").write_text("x")
    assert code(tmp_path / "link") == "case.symlink"
    assert code(tmp_path / "file") == "case.not_a_folder"
    assert code(tmp_path / "file" / "below", create=False) == "case.not_found"
    assert code(tmp_path / "nothing", create=False) == "case.not_found"
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000)
    assert code(folder) == "case.not_yours"


def test_a_linked_table_is_not_followed(folder: Path, tmp_path: Path) -> None:
    Case.open(folder).release()
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("x")
    (folder / "records.parquet").symlink_to(tmp_path / "precious")
    assert code(folder) == "case.linked"
    assert (tmp_path / "precious" / "file").exists()


def test_a_state_that_leads_out_of_the_folder_is_damage(folder: Path, rows: pl.DataFrame) -> None:
    with Case.open(folder) as case:
        case.stage("scan").write_part("records", "0", rows)
    state = json.loads((folder / "case.json").read_text())
    state["stages"]["scan"]["parts"][0]["name"] = "../outside.parquet"
    (folder / "case.json").write_text(json.dumps(state))
    assert code(folder) == "case.damaged"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}', '{"format": 1, "stages": 3}'])
def test_a_damaged_state_is_said(folder: Path, text: str) -> None:
    Case.open(folder).release()
    (folder / "case.json").write_text(text)
    assert code(folder) == "case.damaged"


def test_a_later_format_is_refused(folder: Path) -> None:
    Case.open(folder).release()
    (folder / "case.json").write_text('{"format": 2}')
    assert code(folder) == "case.format"


def test_a_creation_cut_short_is_taken_up(folder: Path) -> None:
    Case.open(folder).release()
    (folder / "case.json").rename(folder / "case.json.7-abc.tmp")
    Case.open(folder).release()
    assert verify(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == ["case.json", "journal.jsonl", "lock"]


def test_what_the_state_does_not_know_goes_and_what_others_wrote_stays(
    folder: Path, rows: pl.DataFrame
) -> None:
    with Case.open(folder) as case:
        case.stage("scan").write_part("records", "0", rows)
    gone = [
        "records.parquet/part-1.parquet",
        "records.parquet/stray",
        "sources.parquet",
        "report.html",
        "x.tmp",
    ]
    gone += ["spill/a/b.ipc", "notices/draft.txt.1-2.tmp"]
    for name in (*gone, "FACTS.toml", "notices/draft.txt"):
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text("x")
    Case.open(folder).release()
    assert not [name for name in gone if (folder / name).exists()]
    assert (folder / "FACTS.toml").exists()
    assert (folder / "notices/draft.txt").exists()
    assert (folder / "records.parquet/part-0.parquet").exists()
    assert '"swept":7' in (folder / "journal.jsonl").read_text()


def test_reading_changes_nothing(folder: Path, rows: pl.DataFrame) -> None:
    with Case.open(folder) as case:
        case.stage("scan").write_part("records", "0", rows)
        stray = spill_path(folder, "records", "1")
        case.save()
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        with Case.open(folder, read_only=True) as reader:
            found = reader.frame("records")
            assert found is not None
            assert found.equals(rows)
            with pytest.raises(AssertionError):
                reader.stage("scan")
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
        assert stray.exists()


def test_a_case_lives_six_months_unless_told(folder: Path, tmp_path: Path) -> None:
    with Case.open(folder) as case:
        created, expires = case.state.created, case.state.expires
    first, last = (datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ") for text in (created, expires))  # noqa: DTZ007
    assert (last.year * 12 + last.month) - (first.year * 12 + first.month) == 6
    with Case.open(tmp_path / "other", expires=datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)) as case:
        assert case.state.expires == "2030-01-02T03:04:05Z"
    assert code(tmp_path / "third", expires=datetime(2030, 1, 2)) == "case.naive_time"  # noqa: DTZ001
