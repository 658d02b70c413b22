"""Golden piles: what a scan says of each is what `make.py` wrote in `expected.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.comparing import counted, finding_differences, findings, keyed, scanned, source_differences
from tocsin.pipeline.scanning import Outcome

HERE = Path(__file__).resolve().parent
PILES = sorted(path.name for path in HERE.iterdir() if (path / "expected.json").is_file())


@cache
def outcome(name: str) -> Outcome:
    """The scan of a pile, once for all tests."""
    return scanned(HERE / name / "pile")


def expected(name: str) -> dict[str, Any]:
    """What was written."""
    loaded: dict[str, Any] = json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))
    return loaded


def by_source(name: str) -> dict[str, set[tuple[Any, ...]]]:
    """For each source of a pile all its findings, field by field."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for row in findings(outcome(name)):
        found.setdefault(str(row["source"]), set()).add((row["field"], row["kind"], counted(row)))
    return found


def test_there_are_piles() -> None:
    """All piles of `make.py` and its fellows are there."""
    assert set(PILES) >= {"bad_lines", "decoys", "encodings", "formats", "laboratory", "mail", "exports"}


@pytest.mark.parametrize("name", PILES)
def test_findings(name: str) -> None:
    """Kinds, candidates, valid and distinct values are those written."""
    assert finding_differences(expected(name), outcome(name)) == []


@pytest.mark.parametrize("name", PILES)
def test_sources(name: str) -> None:
    """Records, unread ones and issues are those written."""
    assert source_differences(expected(name), outcome(name)) == []


@pytest.mark.parametrize("name", ["encodings", "formats"])
def test_one_table_many_ways(name: str) -> None:
    """The same table gives the same findings, field by field, in every encoding and format, the unknown ones too."""
    every = list(by_source(name).values())
    assert len(every) == len(expected(name)["sources"])
    assert all(found == every[0] for found in every)


def test_encodings_are_told() -> None:
    """Each file's encoding is recognised; Latin-1 text is Windows-1252 text as well."""
    told = {row["source"]: row["encoding"] for row in outcome("encodings").sources.to_dicts()}
    assert told == {
        "utf-8.csv": "utf-8",
        "utf-8-mark.csv": "utf-8",
        "utf-16-le.csv": "utf-16-le",
        "utf-16-be.csv": "utf-16-be",
        "utf-16-le-unmarked.csv": "utf-16-le",
        "cp1252.csv": "cp1252",
        "latin-1.csv": "cp1252",
    }


def test_decoys_hold_nobody() -> None:
    """No keyed kind in random references."""
    assert {row["kind"] for row in findings(outcome("decoys"))} & keyed() == set()


def test_bad_lines_cost_themselves_alone() -> None:
    """k bad lines of N: N − k records, k unread, and an issue for each with the line it stands in."""
    for row in outcome("bad_lines").sources.to_dicts():
        bad, total = _said(row["source"])
        assert (row["records"], row["unread"]) == (total - bad, bad), row["source"]
    places = [row["place"] for row in outcome("bad_lines").issues.to_dicts()]
    assert all(place.startswith("line ") for place in places)


def _said(name: str) -> list[int]:
    """The numbers of a name such as `cut_5_of_60.csv`."""
    return [int(part) for part in name.partition(".")[0].split("_") if part.isdigit()]
