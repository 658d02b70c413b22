"""Who is one person: rules that must hold whatever the data, and how good the matching is on made records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from bench.persons_made import PROFILES, made
from tests.people.judged import pairs
from tocsin.people.identity import KEYS, placed
from tocsin.people.resolve import Resolved, resolve

SECRET = b"a secret of thirty-two bytes....."[:32]
DAY = date(2026, 11, 1)
KINDS = {
    "family": "any.surname",
    "given": "any.given_name",
    "born": "any.birth_date",
    "nir": "fr.nir",
    "email": "any.email",
    "phone": "any.phone",
    "sex": "any.sex",
    "postcode": "fr.postcode",
}


def records(rows: Sequence[dict[str, Any]], source: int = 0) -> pl.DataFrame:
    """Records in the columns of the contract, from short rows."""
    table: dict[str, Any] = {
        "source_id": pl.Series([source] * len(rows), dtype=pl.Int32),
        "record": pl.Series(range(len(rows)), dtype=pl.Int64),
        "mention": pl.Series([0] * len(rows), dtype=pl.Int32),
    }
    for short, kind in KINDS.items():
        values = [row.get(short) for row in rows]
        lists = [None if value is None else value if isinstance(value, list) else [value] for value in values]
        table[kind] = pl.Series(lists, dtype=pl.List(pl.String))
    return pl.DataFrame(table)


def groups(rows: Sequence[dict[str, Any]]) -> list[set[int]]:
    """The records of each person, the first record first."""
    found = resolve(records(rows), {0: ("0" * 64, "a.csv")}, SECRET, DAY)
    by = found.memberships.group_by("person", maintain_order=True).agg(pl.col("record"))
    return [set(numbers) for numbers in by["record"].to_list()]


JEAN = {"family": "Morvan", "given": "Jean", "born": "1980-05-02"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({**JEAN, "nir": "180057500112345"}, {"family": "MORVAN", "given": "Jean", "nir": "180057500112345"}),
        ({**JEAN, "email": "j@x.fr"}, {"family": "Morvant", "given": "Jean", "email": "j@x.fr"}),
        (JEAN, {"family": "Jean", "given": "Morvan", "born": "1980-05-02"}),
        (
            {"family": "Morvan ép. Petit", "given": "Anne", "born": "1981-02-03"},
            {"family": "Petit", "given": "Anne", "born": "1981-02-03"},
        ),
        ({**JEAN, "email": "j@x.fr"}, {"email": "j@x.fr"}),
        ({**JEAN, "nir": "180057500112345"}, {"nir": "180057500112345"}),
    ],
)
def test_one_person_is_one(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert groups([one, two]) == [{0, 1}]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # A couple with one mailbox and one telephone; twins; a father and a son of one name.
        (
            {"family": "Morvan", "given": "Jean", "email": "m@x.fr", "phone": "+33100000001"},
            {"family": "Morvan", "given": "Lucie", "email": "m@x.fr", "phone": "+33100000001"},
        ),
        (
            {**JEAN, "email": "m@x.fr", "postcode": "29000"},
            {**JEAN, "given": "Yann", "email": "m@x.fr", "postcode": "29000"},
        ),
        ({**JEAN, "phone": "+33100000001"}, {**JEAN, "born": "2008-11-23", "phone": "+33100000001"}),
        # Two valid NIRs; a child under the parent's NIR.
        ({**JEAN, "nir": "180057500112345"}, {**JEAN, "nir": "180057500199999"}),
        (
            {**JEAN, "nir": "180057500112345"},
            {"family": "Morvan", "given": "Zoé", "born": "2015-07-08", "nir": "180057500112345"},
        ),
        # Nothing but a mailbox or a telephone in common.
        (
            {"family": "Morvan", "given": "Jean", "email": "m@x.fr"},
            {"family": "Riou", "given": "Paul", "email": "m@x.fr"},
        ),
    ],
)
def test_two_persons_stay_two(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert groups([one, two]) == [{0}, {1}]


def test_a_default_value_joins_nobody_and_is_told() -> None:
    rows = [
        {
            "family": f"Nom{letter}",
            "given": f"{letter}rénom",
            "email": "contact@x.fr",
            "phone": "+33600000000",
        }
        for letter in "abcdefghijklmnop"
    ]
    found = resolve(records(rows), {0: ("0" * 64, "a.csv")}, SECRET, DAY)
    assert found.persons.height == len(rows)
    assert {one.trait for one in found.demoted} == {"email", "phone"}
    assert found.persons["email"].null_count() == len(rows)


@pytest.fixture(scope="module")
def leak() -> tuple[pl.DataFrame, Any]:
    """Some 5,600 records of 4,000 persons."""
    return made(4000, PROFILES[0], 5)


def resolved(frame: pl.DataFrame, names: tuple[str, ...] = ("a", "b", "c")) -> Resolved:
    return resolve(frame, {number: (name * 64, name) for number, name in enumerate(names)}, SECRET, DAY)


def test_matching_is_good_on_records_that_it_was_not_made_for(leak: tuple[pl.DataFrame, Any]) -> None:
    frame, truth = leak
    found = resolved(frame)
    keys = ["source_id", "record", "mention"]
    rows = frame.select(keys).with_columns(truth=pl.Series(truth)).join(found.memberships, on=keys)
    precision, recall = pairs(rows["person"], rows["truth"])
    assert precision > 0.985
    assert recall > 0.92
    assert found.interval.low <= found.interval.estimate <= found.interval.high


def test_the_order_of_sources_changes_nothing(leak: tuple[pl.DataFrame, Any]) -> None:
    frame, _ = leak
    straight = resolved(frame)
    turned = frame.with_columns(source_id=(2 - pl.col("source_id")).cast(pl.Int32)).sample(
        fraction=1, shuffle=True, seed=3
    )
    other = resolved(turned, ("c", "b", "a"))
    assert straight.partition == other.partition
    assert straight.interval == other.interval
    assert sorted(straight.persons["person"]) == sorted(other.persons["person"])


def test_the_secret_of_a_case_changes_names_only(leak: tuple[pl.DataFrame, Any]) -> None:
    """Two cases of one leak have the same groups and the same count; only the persons are called otherwise."""
    frame, _ = leak
    sources = {number: (name * 64, name) for number, name in enumerate("abc")}
    one, two = (
        resolve(frame, sources, secret, DAY) for secret in (SECRET, b"another secret of the same length")
    )
    assert one.partition == two.partition
    assert one.interval == two.interval
    assert set(one.persons["person"]).isdisjoint(two.persons["person"])


def test_fewer_shared_identifiers_make_wider_bounds(leak: tuple[pl.DataFrame, Any]) -> None:
    frame, _ = leak
    full = resolved(frame).interval
    poor = resolved(frame.drop("fr.nir", "any.iban", "any.birth_date")).interval
    assert (poor.high - poor.low) / poor.estimate > (full.high - full.low) / full.estimate


def test_persons_keep_their_names_when_a_source_is_added(leak: tuple[pl.DataFrame, Any]) -> None:
    frame, _ = leak
    first = resolved(frame.filter(pl.col("source_id") < 2))
    sources = {number: (name * 64, name) for number, name in enumerate("abc")}
    before = placed(first.memberships, sources).select(*KEYS, "person")
    both = resolve(frame, sources, SECRET, DAY, before=before)
    keys = ["source_id", "record", "mention"]
    kept = first.memberships.join(both.memberships, on=keys)
    share = (kept["person"] == kept["person_right"]).mean()
    assert share is not None
    assert share > 0.97
