"""Numbers, sizes and times as French and English readers write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.report.words import Words

FR, EN = Words("fr"), Words("en")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1204, "1\u202f204", "1,204"),
        (2964324, "2\u202f964\u202f324", "2,964,324"),
    ],
)
def test_thousands(value: int, french: str, english: str) -> None:
    assert FR.number(value) == french
    assert EN.number(value) == english


@pytest.mark.parametrize(
    ("share", "french", "english"),
    [
        (0.0, "0\u202f%", "0%"),
        (0.000001, "moins de 0,001\u202f%", "less than 0.001%"),
        (0.0035, "0,35\u202f%", "0.35%"),
        (0.087, "8,7\u202f%", "8.7%"),
        (0.874, "87\u202f%", "87%"),
        (1.0, "100\u202f%", "100%"),
    ],
)
def test_percent(share: float, french: str, english: str) -> None:
    assert FR.percent(share) == french
    assert EN.percent(share) == english


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "0\u202fo", "0\u00a0B"),
        (999, "999\u202fo", "999\u00a0B"),
        (1000, "1\u202fko", "1\u00a0kB"),
        (999_999, "1\u202fMo", "1\u00a0MB"),
        (12_441_090, "12,4\u202fMo", "12.4\u00a0MB"),
        (5_000_000_000_000_000, "5\u202f000\u202fTo", "5,000\u00a0TB"),
    ],
)
def test_sizes(count: int, french: str, english: str) -> None:
    assert FR.size(count) == french
    assert EN.size(count) == english


@given(st.integers(min_value=0, max_value=10**18))
def test_a_number_reads_back_and_has_no_breaking_space(value: int) -> None:
    assert int(FR.number(value).replace("\u202f", "")) == value
    assert " " not in FR.number(value)


def test_times_are_local_and_name_their_zone() -> None:
    at = datetime(2026, 8, 1, 12, 5, tzinfo=UTC)
    assert FR.moment(at) == "1er août 2026, 14\u00a0h\u00a005 (Europe/Paris)"
    assert EN.moment(at) == "1 August 2026, 14:05 (Europe/Paris)"
    assert Words("fr", "Indian/Reunion").moment(at) == "1er août 2026, 16\u00a0h\u00a005 (Indian/Reunion)"


def test_zero_is_singular_in_french_only() -> None:
    assert FR.plural("report.values", 0, count="0") == "0 valeur"
    assert EN.plural("report.values", 0, count="0") == "0 values"


def test_a_sentence_that_asks_for_more_than_is_known_falls_back() -> None:
    """`report.between` wants two numbers: without them the fallback speaks."""
    said = EN.known("report.between", "report.issue.generic", named="source.odd")
    assert said == "A reading difficulty bears the code source.odd."
    assert EN.known("no.such.code", "report.issue.generic", named="<b>") == (
        "A reading difficulty bears the code &lt;b&gt;."
    )
