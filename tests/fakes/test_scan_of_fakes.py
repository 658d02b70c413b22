"""A scan of a synthetic leak says what was written: counts, records, unread, issues."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.fakes.comparing import finding_differences, findings, keyed, source_differences
from tests.fakes.conftest import Leaked

PROFILES = ("decoys", "laboratory", "payroll", "town")
# What a pile without anybody may still hold: dates and the references of things.
OF_NOBODY = {"any.date", "any.reference", "any.customer_number"}


@pytest.mark.parametrize("profile", PROFILES)
def test_findings(profile: str, leaked: Callable[[str], Leaked]) -> None:
    """Every value that was placed knowingly is counted where it stands, and identifiers nowhere else."""
    found = leaked(profile)
    assert finding_differences(found.truth, found.outcome) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_sources_and_issues(profile: str, leaked: Callable[[str], Leaked]) -> None:
    """Each source has the records, unread ones and issues that were written."""
    found = leaked(profile)
    assert source_differences(found.truth, found.outcome) == []


def test_nothing_personal_in_decoys(leaked: Callable[[str], Leaked]) -> None:
    """Random references of fifteen digits give no NIR, no keyed kind at all, and nobody."""
    found = {row["kind"] for row in findings(leaked("decoys").outcome)}
    assert found & keyed() == set()
    assert found <= OF_NOBODY


def test_references_in_bills_are_no_nir(leaked: Callable[[str], Leaked]) -> None:
    """Beside a column of genuine NIR, random references of fifteen digits stay references."""
    rows = findings(leaked("laboratory").outcome)
    assert {row["kind"] for row in rows if row["field"] == "reference"} & keyed() == set()


def test_file_names_give_health_away(leaked: Callable[[str], Leaked]) -> None:
    """A name such as `DUPONT_Jean_VIH.txt` is a finding by itself."""
    named = [row for row in leaked("laboratory").outcome.findings.to_dicts() if row["place"] == "name"]
    health = {row["source"] for row in named if row["kind"] == "any.health"}
    assert len(health) == len(list((leaked("laboratory").made.pile / "a_classer").iterdir()))
