"""A leak is the same for a seed, tells the truth of itself, and holds what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.fakes.conftest import Leaked
from tocsin.errors import UsageError
from tocsin.fakes import fake, profiles, truth
from tocsin.fakes.person import person
from tocsin.kinds.catalogue import bundled

PROFILES = ("decoys", "laboratory", "payroll", "town")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a leak."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_profiles() -> None:
    """Every profile is found by its file and has both languages."""
    assert tuple(profiles()) == PROFILES
    assert all(set(profile.label) == {"fr", "en"} for profile in profiles().values())


@pytest.mark.parametrize("profile", PROFILES)
def test_same_seed_same_bytes(profile: str, tmp_path: Path) -> None:
    """The same arguments give the same files; another seed gives others."""
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        fake(profile, 25, seed, tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one") != contents(tmp_path / "other")


@pytest.mark.parametrize("profile", PROFILES)
def test_batches_change_nothing(profile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that go to disk by the dozen make the same truth as rows kept to the end."""
    whole = fake(profile, 60, 5, tmp_path / "whole")
    monkeypatch.setattr(truth, "BATCH", 12)
    parts = fake(profile, 60, 5, tmp_path / "parts")
    assert pl.read_parquet(parts.truth).equals(pl.read_parquet(whole.truth))
    assert parts.findings.read_bytes() == whole.findings.read_bytes()
    assert contents(parts.pile) == contents(whole.pile)
    assert not list((tmp_path / "parts").glob(".*"))


@pytest.mark.parametrize("profile", PROFILES)
def test_mentions_lie_in_records(profile: str, leaked: Callable[[str], Leaked]) -> None:
    """Each mention stands once, in a record that its source has; no source has more readable records than said."""
    found = leaked(profile)
    mentions = pl.read_parquet(found.made.truth)
    assert mentions.schema == truth.MENTIONS
    assert mentions.select("source", "record", "mention").is_duplicated().sum() == 0
    reach = {one["source"]: (one["records"] or 0) + (one["unread"] or 0) for one in found.truth["sources"]}
    assert all(row["record"] < reach[row["source"]] for row in mentions.to_dicts())
    for one in found.truth["sources"]:
        held = mentions.filter(pl.col("source") == one["source"])["record"].n_unique()
        assert held <= (one["records"] or 0)


@pytest.mark.parametrize("profile", ["laboratory", "payroll", "town"])
def test_persons_come_again(profile: str, leaked: Callable[[str], Leaked]) -> None:
    """Persons stand in several sources, and nearly all of them stand somewhere."""
    found = leaked(profile)
    mentions = pl.read_parquet(found.made.truth).filter(pl.col("person").str.starts_with("p"))
    places = mentions.group_by("person").agg(pl.col("source").n_unique())
    assert len(places) >= found.made.persons * 0.95
    assert (places["source"] > 1).sum() >= found.made.persons * 0.3


def test_decoys_mention_nobody(leaked: Callable[[str], Leaked]) -> None:
    """The decoys' truth is empty, its columns are there."""
    found = leaked("decoys")
    assert len(pl.read_parquet(found.made.truth)) == 0
    assert found.truth["findings"] == []


def test_returning_patients_stand_twice(leaked: Callable[[str], Leaked]) -> None:
    """Some patients stand twice in patients.csv."""
    mentions = pl.read_parquet(leaked("laboratory").made.truth)
    patients = mentions.filter((pl.col("source") == "patients.csv") & (pl.col("mention") == 0))
    assert 0 < len(patients) - patients["person"].n_unique() <= 25


def test_persons_are_coherent_and_distinct() -> None:
    """A NIR tells its person's sex and birth; numbers have their keys; nobody shares a number or a mailbox."""
    kinds = bundled()
    people = [person(1, number) for number in range(400)]
    for somebody in people:
        assert kinds["fr.nir"].accepts(somebody.nir)
        assert kinds["any.iban"].accepts(somebody.iban)
        assert kinds["any.email"].accepts(somebody.email)
        assert kinds["any.phone"].accepts(somebody.phone)
        assert somebody.nir[0] == {"M": "1", "F": "2"}[somebody.sex]
        assert somebody.nir[1:5] == f"{somebody.born:%y%m}"
    for name in ("nir", "iban", "email", "phone", "key"):
        assert len({getattr(somebody, name) for somebody in people}) == len(people), name
    assert kinds["fr.rpps"].accepts(person(1, 0, "d").rpps)


def test_refusals(tmp_path: Path) -> None:
    """An unknown profile, nobody at all, and a folder that holds a leak are refused; nothing is written then."""
    for profile, persons, code in (("bank", 3, "fakes.profile"), ("decoys", 0, "fakes.persons")):
        with pytest.raises(UsageError) as refusal:
            fake(profile, persons, 1, tmp_path / "none")
        assert refusal.value.code == code
    assert not (tmp_path / "none").exists()
    fake("decoys", 3, 1, tmp_path / "leak")
    with pytest.raises(UsageError) as refusal:
        fake("decoys", 3, 1, tmp_path / "leak")
    assert refusal.value.code == "fakes.not_empty"


def test_findings_are_json_with_counts(leaked: Callable[[str], Leaked]) -> None:
    """Counts are whole and in order: distinct ≤ valid ≤ candidates, with wrong keys among the candidates."""
    found = leaked("laboratory").truth["findings"]
    assert all(0 <= one["distinct"] <= one["valid"] <= one["candidates"] for one in found)
    assert any(one["kind"] == "fr.nir" and one["valid"] < one["candidates"] for one in found)
    assert json.dumps(found)
