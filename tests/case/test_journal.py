"""The journal holds codes and counts, and shows every change made to it."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.case import Case, verify
from tocsin.case.journal import Journal, flaws

ACTIONS = ("reveal.value", "export.done", "decision", "stage.started")


def journal(folder: Path) -> Path:
    return folder / "journal.jsonl"


def filled(folder: Path) -> bytes:
    with Case.open(folder) as case:
        for number, action in enumerate(ACTIONS):
            case.journal.record(
                action, count=number, share=0.5, sure=True, none=None, kind="fr.nir", of="a" * 64
            )
    return journal(folder).read_bytes()


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in verify(folder)]


def test_an_entry_says_who_what_when(folder: Path) -> None:
    entries = [json.loads(line) for line in filled(folder).splitlines()]
    assert [entry["action"] for entry in entries] == ["case.created", *ACTIONS]
    assert [entry["seq"] for entry in entries] == [0, 1, 2, 3, 4]
    assert {entry["actor"] for entry in entries} == {getpass.getuser()}
    assert all(entry["at"].endswith("Z") for entry in entries)
    assert entries[0]["prev"] == "0" * 64
    assert [entry["prev"] for entry in entries[1:]] == [entry["hash"] for entry in entries[:-1]]
    assert codes(folder) == []


@pytest.mark.parametrize(
    "details",
    [
        {"x": "Jean"},
        {"x": "a b"},
        {"x": "a" * 81},
        {"x": ["a"]},
        {"x": {"a": 1}},
        {"x": b"a"},
        {"X": 1},
        {"x": float("inf")},
    ],
)
def test_no_value_slips_in(case: Case, details: dict[str, object]) -> None:
    before = journal(case.path).read_bytes()
    with pytest.raises(AssertionError):
        case.journal.record("reveal.value", **details)  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        case.journal.record("Jean Dupont")
    assert journal(case.path).read_bytes() == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(data=st.data())
def test_any_changed_byte_is_found(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "case"
    text = filled(folder) if not folder.exists() else (tmp_path / "kept").read_bytes()
    (tmp_path / "kept").write_bytes(text)
    at = data.draw(st.integers(0, len(text) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda byte: byte != text[at]))
    journal(folder).write_bytes(text[:at] + bytes([value]) + text[at + 1 :])
    assert codes(folder)
    journal(folder).write_bytes(text)
    assert codes(folder) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(data=st.data())
def test_any_cut_any_addition_any_swap_is_found(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "case"
    text = filled(folder) if not folder.exists() else (tmp_path / "kept").read_bytes()
    (tmp_path / "kept").write_bytes(text)
    lines = text.splitlines(keepends=True)
    order = data.draw(
        st.lists(st.integers(0, len(lines) - 1), max_size=8).filter(lambda o: o[:5] != [0, 1, 2, 3, 4])
    )
    journal(folder).write_bytes(b"".join(lines[number] for number in order))
    assert codes(folder)
    end = data.draw(st.integers(0, len(text) - 1))
    journal(folder).write_bytes(text[:end])
    assert codes(folder)


def test_a_journal_rewritten_with_good_hashes_is_found_by_its_head(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    with Case.open(tmp_path / "other") as other:
        for _ in range(6):
            other.journal.record("decision")
    journal(folder).write_bytes(journal(tmp_path / "other").read_bytes())
    assert codes(folder) == ["verify.journal_shortened"]


@pytest.mark.parametrize("kept", [0, 1, 30, -1])
def test_a_last_line_cut_by_a_crash_is_repaired_and_said(folder: Path, kept: int) -> None:
    text = filled(folder)
    entry = Journal(folder)._line("decision", {})
    rest = entry[:kept] if kept else b""
    journal(folder).write_bytes(text + rest)
    assert codes(folder) == (["verify.journal_tail"] if rest else [])
    Case.open(folder).release()
    assert codes(folder) == []
    last = json.loads(journal(folder).read_text().splitlines()[-1])
    assert (last["action"] == "journal.repaired") is bool(rest)
    assert not rest or last["details"] == {"bytes": len(rest)}


@pytest.mark.parametrize("lines", [0, 1, 4])
def test_a_shortened_journal_stays_known_for_good(folder: Path, lines: int) -> None:
    text = filled(folder)
    journal(folder).write_bytes(b"".join(text.splitlines(keepends=True)[:lines]))
    assert codes(folder) == ["verify.journal_shortened"]
    for _ in range(2):
        with Case.open(folder) as case:
            case.journal.record("decision")
        assert codes(folder) == ["verify.journal_was_broken"]
    assert [json.loads(line)["action"] for line in journal(folder).read_text().splitlines()].count(
        "journal.broken"
    ) == 1


def test_a_removed_journal_is_found(folder: Path) -> None:
    filled(folder)
    journal(folder).unlink()
    assert codes(folder) == ["verify.journal_shortened"]
    Case.open(folder).release()
    assert codes(folder) == ["verify.journal_was_broken"]


@given(junk=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_junk_is_judged_not_met_with_a_crash(tmp_path: Path, junk: bytes) -> None:
    journal(tmp_path).write_bytes(junk)
    assert bool(flaws(tmp_path)[0]) is bool(junk)
    writer = Journal(tmp_path)
    writer.record("decision")
    assert journal(tmp_path).read_bytes().endswith(b"\n")
