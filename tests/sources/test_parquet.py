"""Parquet files: every type as text, nested fields under their paths, and what damage costs."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.tables_reading import Table, read_tables
from tocsin.sources import parquet
from tocsin.sources.parquet_footer import NoFooter, footer
from tocsin.sources.stretch import Plain

PEOPLE = pl.DataFrame({"nom": [f"N{at}" for at in range(900)], "n": list(range(900))})


def written(frame: pl.DataFrame, **options: int | str) -> bytes:
    """A file of this table."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def table(folder: Path, content: bytes, name: str = "x.parquet") -> Table:
    """The one source of a file of this content."""
    (folder / name).write_bytes(content)
    (only,) = read_tables(folder / name).values()
    return only


def test_every_type(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "nir": [185057800608491.0],
            "wide": [1e22],
            "half": [0.5],
            "whole": [-7],
            "money": [Decimal("12.50")],
            "sum": [Decimal("12.00")],
            "day": [date(1985, 5, 7)],
            "midnight": [datetime(2024, 2, 29)],  # noqa: DTZ001
            "moment": [datetime(2024, 2, 29, 13, 5, 59)],  # noqa: DTZ001
            "zoned": [datetime(2024, 2, 29, 13, 5, 59, 250000, tzinfo=UTC)],
            "clock": [time(6, 30)],
            "yes": [True],
            "bytes": [b"\xff\xfe"],
            "text": [b"salut"],
            "empty": [""],
            "none": [None],
        }
    )
    read = table(tmp_path, written(frame))
    assert read.rows[0] == {
        "nir": "185057800608491",
        "wide": "10000000000000000000000",
        "half": "0.5",
        "whole": "-7",
        "money": "12.50",
        "sum": "12",
        "day": "1985-05-07",
        "midnight": "2024-02-29",
        "moment": "2024-02-29 13:05:59",
        "zoned": "2024-02-29 13:05:59.250",
        "clock": "06:30:00",
        "yes": "true",
        "text": "salut",
    }
    assert read.codes == ["source.binary_cells"]


def test_nested_fields_are_named_like_json(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "personne": [{"nom": "Ève", "mails": ["a@example.org", "b@example.org"]}, None],
            "adresses": [[{"ville": "Lyon", "n": 1}, {"ville": "Brest", "n": None}], []],
        }
    )
    assert table(tmp_path, written(frame)).rows == {
        0: {
            "personne.nom": "Ève",
            "personne.mails[]": ["a@example.org", "b@example.org"],
            "adresses[].ville": ["Lyon", "Brest"],
            "adresses[].n": ["1", None],
        },
        1: {},
    }


@pytest.mark.parametrize("packed", [False, True])
def test_sections_hold_all(tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 250)
    content = written(PEOPLE, row_group_size=400)
    if packed:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as packer:
            packer.writestr("x.parquet", content)
        content = buffer.getvalue()
    read = table(tmp_path, content, "x.zip" if packed else "x.parquet")
    assert read.sections == 5
    assert list(read.rows) == list(range(900))
    assert read.column("n") == [str(at) for at in range(900)]


def test_names_of_columns_are_no_patterns(tmp_path: Path) -> None:
    read = table(tmp_path, written(pl.DataFrame({"*": ["a"], "^n.*$": ["b"], "n\x1b[2J": ["c"]})))
    assert read.rows[0] == {"column_1": "a", "column_2": "b", "n [2J": "c"}


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_cut_file(tmp_path: Path, share: float) -> None:
    content = written(PEOPLE)
    read = table(tmp_path, content[: int(len(content) * share)])
    assert (read.codes, read.rows) == (["source.truncated"], {})


def test_an_encrypted_file(tmp_path: Path) -> None:
    read = table(tmp_path, b"PARE" + bytes(100) + b"\4\0\0\0PARE")
    assert (read.format, read.codes) == ("parquet", ["source.encrypted"])


def test_a_damaged_column_costs_itself(tmp_path: Path) -> None:
    """The first pages of the file are those of the first column."""
    content = bytearray(written(PEOPLE, compression="uncompressed"))
    content[4:30] = b"\xff" * 26
    read = table(tmp_path, bytes(content))
    assert [(issue.code, issue.count) for issue in read.issues] == [("source.bad_columns", 1)]
    assert read.rows[899] == {"n": "899"}


def test_no_rows(tmp_path: Path) -> None:
    assert table(tmp_path, written(PEOPLE.head(0))).rows == {}


def test_more_rows_than_bytes_can_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "limit", lambda table, name: 100)
    monkeypatch.setattr(parquet, "ROWS", 100)
    frame = pl.DataFrame({"a": np.zeros(500_000, np.int8)})
    content = written(frame)
    assert len(content) * 100 < 500_000
    read = table(tmp_path, content)
    assert read.codes == ["source.bomb"]
    assert len(read.rows) >= len(content) * 100


@given(flips=st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_footer_is_refused_or_read(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    content = bytearray(written(PEOPLE.head(20)))
    size = int.from_bytes(content[-8:-4], "little")
    for at, byte in flips:
        content[-(at % (size + 8)) - 1] = byte
    (tmp_path / "x.parquet").write_bytes(content)
    try:
        found = footer(Plain(str(tmp_path / "x.parquet")))
    except NoFooter:
        return
    assert all(rows >= 0 for rows, _ in found.groups)
