"""The counts of the report, and that the order of the lines changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from tocsin.kinds.kind import Category
from tocsin.report.digest import digest
from tocsin.report.gravity import CREDENTIAL, rank, ranks
from tocsin.report.page import render
from tocsin.report.results import Results

Leak = Callable[..., Results]


def test_totals_are_those_of_the_tables(leak: Leak) -> None:
    given = leak()
    counted = digest(given)
    assert counted.totals.values == given.findings["valid"].sum()
    assert sum(kind.values for kind in counted.kinds) == counted.totals.values
    assert sum(total.values for total in counted.classes) == counted.totals.values
    assert counted.totals.unread == 39
    assert counted.totals.unread_unknown == 3
    assert sum(issue.count for issue in counted.issues) == given.issues["count"].sum()


def test_what_no_value_passed_is_not_a_finding(leak: Leak) -> None:
    decoy = leak().findings.head(1).with_columns(pl.lit(0).cast(pl.Int64).alias("valid"))
    given = leak(findings=pl.concat([leak().findings, decoy]))
    assert digest(given).kinds == digest(leak()).kinds


def test_distinct_values_of_several_places_are_an_interval(leak: Leak) -> None:
    nir = next(kind for kind in digest(leak()).kinds if kind.kind == "fr.nir")
    assert (nir.low, nir.high) == (179_004, 179_004 + 3 + 174_330 + 1)
    known = next(kind for kind in digest(leak(distinct={"fr.nir": 200_000})).kinds if kind.kind == "fr.nir")
    assert (known.low, known.high) == (200_000, 200_000)


def test_an_interval_is_said_in_words(leak: Leak) -> None:
    assert "entre 179\u202f004 et 353\u202f338" in render(leak(), "fr")
    assert "between 179,004 and 353,338" in render(leak(), "en")


def test_a_sketch_says_about(leak: Leak) -> None:
    estimated = (
        leak().findings.filter(pl.col("kind") == "any.ip").with_columns(pl.lit(False).alias("distinct_exact"))
    )
    assert "about 18,002" in render(leak(findings=estimated, why={}), "en")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_lines_changes_nothing(leak: Leak, seed: int) -> None:
    given = leak()
    mixed = leak(
        sources=given.sources.sample(fraction=1.0, shuffle=True, seed=seed),
        findings=given.findings.sample(fraction=1.0, shuffle=True, seed=seed),
        issues=given.issues.sample(fraction=1.0, shuffle=True, seed=seed),
    )
    assert render(mixed, "fr") == render(given, "fr")


def test_every_category_has_its_rank_and_clear_passwords_come_first() -> None:
    assert {row.category for row in ranks()} == set(Category)
    assert rank(CREDENTIAL, "clear").order == 0
    order = [
        rank(*what).order
        for what in [(CREDENTIAL, "clear"), ("health", None), ("national_id", None), ("bank", None)]
    ]
    assert order == sorted(order)


def test_doubt_counts_as_the_worse() -> None:
    assert rank(CREDENTIAL, None) == rank(CREDENTIAL, "unknown")
    assert rank(CREDENTIAL, "never heard of").level == 4
    assert rank("never heard of", None) == ranks()[-1]
    levels = [row.level for row in ranks()]
    assert levels == sorted(levels, reverse=True)
