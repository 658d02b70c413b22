"""Stages begin, stop, go on, end, begin anew; what they enter counts and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tocsin.case import Case, spill_path, verify
from tocsin.errors import UsageError


def test_parts_are_entered_and_read_back_in_order(case: Case, rows: pl.DataFrame) -> None:
    stage = case.stage("scan")
    for key in ("b", "a"):
        stage.write_part(
            "records", key, rows.with_columns(key=pl.lit(key)), meta={"rows": 3, "kinds": {"fr.nir": 2}}
        )
    assert stage.parts_done() == {key: {"rows": 3, "kinds": {"fr.nir": 2}} for key in ("a", "b")}
    frame = case.frame("records")
    assert frame is not None
    assert frame["key"].to_list() == ["a"] * 3 + ["b"] * 3
    assert case.frame("spans") is None
    assert case.sources().is_empty()


def test_a_part_is_entered_once(case: Case, rows: pl.DataFrame) -> None:
    stage = case.stage("scan")
    stage.write_part("records", "0", rows)
    with pytest.raises(AssertionError):
        stage.write_part("records", "0", rows)
    fresh = spill_path(case.path, "records", "0")
    with pytest.raises(AssertionError):
        stage.enter_file(fresh, "records", "0", rows=0)


@pytest.mark.parametrize("key", ["", "../x", "a/b", "A B", "DUPONT", "x" * 81, ".x"])
def test_keys_are_codes(case: Case, rows: pl.DataFrame, key: str) -> None:
    with pytest.raises(AssertionError):
        case.stage("scan").write_part("records", key, rows)
    with pytest.raises(AssertionError):
        spill_path(case.path, "records", key)


@pytest.mark.parametrize(
    "meta", [{"name": "Jean Dupont"}, {"Jean": 1}, {"n": [1, {"x": "É"}]}, {"n": float("nan")}]
)
def test_no_value_enters_the_state(case: Case, rows: pl.DataFrame, meta: dict[str, object]) -> None:
    with pytest.raises(AssertionError):
        case.stage("scan").write_part("records", "0", rows, meta=meta)
    with pytest.raises(AssertionError):
        case.stage("other", settings=meta)
    assert not list(case.path.rglob("part-*"))


@pytest.mark.parametrize(
    "name", ["case.json", "journal.jsonl", "secret", "../x", "/x", "a/../../x", ".hidden"]
)
def test_a_stage_writes_no_file_that_is_not_its_own(case: Case, name: str) -> None:
    with pytest.raises(AssertionError):
        case.stage("report").write_text(name, "x")


def test_several_tables_of_a_key_count_together(case: Case, rows: pl.DataFrame) -> None:
    stage = case.stage("scan")
    paths = {table: spill_path(case.path, table, "0") for table in ("records", "spans")}
    for path in paths.values():
        rows.write_parquet(path)
    parts = stage.enter_files("0", {table: (path, 3, None) for table, path in paths.items()}, {"n": 3})
    assert [part.name for part in parts] == ["records.parquet/part-0.parquet", "spans.parquet/part-0.parquet"]
    assert stage.parts_done() == {"0": {"n": 3}}
    case.save()
    assert verify(case.path) == []
    assert not list(case.path.rglob("*.tmp"))


def test_a_done_stage_has_nothing_to_do(folder: Path, rows: pl.DataFrame) -> None:
    for expected in (False, True):
        with Case.open(folder, settings={"spans": False}) as case:
            stage = case.stage("scan", settings={"seed": 7}, inputs_digest="a" * 64)
            assert stage.done is expected
            if not expected:
                stage.write_part("records", "0", rows)
                stage.finish(records=3)
    state = json.loads((folder / "case.json").read_text())
    assert state["stages"]["scan"]["state"] == "done"
    assert state["stages"]["scan"]["finished"].endswith("Z")
    assert state["stages"]["scan"]["parts"][0]["rows"] == 3


def test_an_unfinished_stage_goes_on(folder: Path, rows: pl.DataFrame) -> None:
    with Case.open(folder) as case:
        case.stage("scan").write_part("records", "0", rows, meta={"n": 1})
    with Case.open(folder) as case:
        stage = case.stage("scan")
        assert not stage.done
        assert stage.parts_done() == {"0": {"n": 1}}


def test_other_settings_are_refused_by_name(folder: Path) -> None:
    with Case.open(folder, settings={"spans": False, "seed": 1}) as case:
        case.stage("scan", settings={"k": [1, 2]}).finish()
        with pytest.raises(UsageError) as caught:
            case.check_settings("scan", {"k": [1, 3]})
        assert (caught.value.code, caught.value.place, caught.value.exit_code) == (
            "case.settings_changed",
            "k",
            2,
        )
        with pytest.raises(UsageError):
            case.stage("scan", settings={})
        case.check_settings("never", {"k": 1})
    with pytest.raises(UsageError) as caught:
        Case.open(folder, settings={"spans": True, "seed": 1})
    assert caught.value.arguments == {"setting": "spans"}
    Case.open(folder).release()


def test_a_case_without_settings_takes_the_first_ones(folder: Path) -> None:
    Case.open(folder).release()
    Case.open(folder, settings={"spans": True}, catalogue_digest="c" * 64).release()
    with pytest.raises(UsageError):
        Case.open(folder, settings={"spans": False})
    with pytest.raises(UsageError) as caught:
        Case.open(folder, catalogue_digest="d" * 64)
    assert caught.value.code == "case.catalogue_changed"


def test_another_pile_is_added(folder: Path, rows: pl.DataFrame) -> None:
    with Case.open(folder) as case:
        stage = case.stage("scan", inputs_digest="a", adds=True)
        stage.write_part("records", "0", rows)
        with pytest.raises(UsageError) as caught:
            case.stage("scan", inputs_digest="b", adds=True)
        assert caught.value.code == "case.unfinished"
        stage.finish()
        again = case.stage("scan", inputs_digest="b", adds=True)
        assert not again.done
        assert set(again.parts_done()) == {"0"}


def test_other_inputs_begin_a_stage_anew(folder: Path, rows: pl.DataFrame) -> None:
    with Case.open(folder) as case:
        stage = case.stage("people", inputs_digest="a")
        stage.write_part("memberships", "0", rows)
        stage.write_table("persons", rows)
        stage.finish()
        anew = case.stage("people", inputs_digest="b")
        assert not anew.done
        assert anew.parts_done() == {}
        assert not list(folder.rglob("*.parquet/*"))
        anew.write_part("memberships", "0", rows.head(1))
    assert verify(folder) == []


def test_a_stage_is_reopened_on_purpose(case: Case, rows: pl.DataFrame) -> None:
    stage = case.stage("scan")
    stage.write_part("records", "0", rows)
    before = case.outputs_digest("scan")
    stage.finish()
    assert case.outputs_digest("scan") == before
    stage.reopen()
    assert not case.stage("scan").done
    stage.write_part("records", "1", rows)
    assert case.outputs_digest("scan") != before


def test_a_file_is_replaced_whole(folder: Path, rows: pl.DataFrame) -> None:
    with Case.open(folder) as case:
        stage = case.stage("scan")
        stage.write_table("sources", rows)
        stage.write_table("sources", rows.head(1))
        stage.write_json("profile.json", {"kinds": {"fr.nir": 1}})
        case.stage("report").write_json("profile.json", {"kinds": {"fr.nir": 2}})
        assert case.stage("scan")._ran.parts.keys() == {"sources.parquet"}
    assert verify(folder) == []
    assert pl.read_parquet(folder / "sources.parquet").height == 1
    assert json.loads((folder / "profile.json").read_text()) == {"kinds": {"fr.nir": 2}}


def test_the_secret_stays_the_same_and_its_loss_is_noticed(folder: Path) -> None:
    with Case.open(folder) as case:
        first = case.secret()
        assert len(first) == 32
    with Case.open(folder) as case:
        assert case.secret() == first
    assert verify(folder) == []
    (folder / "secret").write_bytes(b"0" * 32)
    assert [problem.code for problem in verify(folder)] == ["verify.secret_lost"]
    with Case.open(folder) as case, pytest.raises(Exception, match=r"case\.secret_lost"):
        case.secret()


def test_thousands_of_parts_stay_cheap(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state is written a bounded share of the time, not once a part."""
    saved = []
    from tocsin.case.state import State

    monkeypatch.setattr(State, "save", lambda state, at: saved.append(len(state.parts())))
    frame = pl.DataFrame({"a": [1]})
    with Case.open(folder) as case:
        monkeypatch.setattr("tocsin.case.durable.sync", lambda path: None)
        stage = case.stage("scan")
        for number in range(400):
            stage.write_part("records", f"{number:06d}", frame)
        during = len(saved)
    assert during < 40
    assert saved[-1] == 400
