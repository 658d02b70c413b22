"""Databases by address, from the command line: what they hold is found, the password is nowhere, errors have their code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.contract.running import alone
from tocsin.kinds.fr.nir import KIND

SECRET = "correct-horse-battery"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A database of one table of national numbers."""
    path = tmp_path / "base.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE assures (num_secu TEXT, note TEXT)")
        numbers = [(example.value, "rien") for example in KIND.valid] * 5
        connection.executemany("INSERT INTO assures VALUES (?, ?)", numbers)
        connection.commit()
    return path


def test_a_file_by_address_is_that_file(base: Path, tmp_path: Path) -> None:
    by_path = alone("scan", base, "--json").json
    by_address = alone("scan", "sqlite:///base.sqlite", "--json", cwd=tmp_path)
    assert by_address.code == 0
    for found in (by_path, by_address.json):
        found.pop("seconds")
    assert by_address.json["findings"] == by_path["findings"]
    (source,) = by_path["sources"]
    assert (source["source"], source["records"], source["unread"]) == (
        "base.sqlite#assures",
        len(KIND.valid) * 5,
        0,
    )
    assert {found["kind"] for found in by_path["findings"]} >= {"fr.nir"}


def test_a_server_that_is_not_there(base: Path, tmp_path: Path) -> None:
    """The rest is still scanned; the password stands nowhere, in the case neither."""
    address = f"postgresql://someone:{SECRET}@localhost/rh?host={tmp_path}"
    case = tmp_path / "case"
    ran = alone("scan", address, base, "--case", case, "--json")
    assert ran.code == 3
    assert [issue["code"] for issue in ran.json["issues"]] == ["source.unreachable"]
    assert sum(source["records"] for source in ran.json["sources"]) == len(KIND.valid) * 5
    written = b"".join(path.read_bytes() for path in case.rglob("*") if path.is_file())
    assert SECRET.encode() not in written + ran.out.encode() + ran.err.encode()
    assert alone("scan", address, "--json").code == 4


@pytest.mark.parametrize("address", ["oracle://a/b", "postgresql://host-alone", "https://example.org/a.csv"])
def test_what_is_no_address_is_wrong_usage(address: str) -> None:
    ran = alone("scan", address)
    assert (ran.code, ran.out) == (2, "")
