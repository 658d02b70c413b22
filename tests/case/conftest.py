"""A case to work in, and small tables of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tocsin import tables
from tocsin.case import Case


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "case"


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    with Case.open(folder) as opened:
        yield opened


@pytest.fixture
def rows() -> pl.DataFrame:
    return pl.DataFrame({"record": [0, 1, 2], "fr.nir": [["one"], [], ["two"]]})


@pytest.fixture
def sources() -> pl.DataFrame:
    row = {
        "source_id": 3,
        "source": "DUPONT_Jean_VIH.pdf",
        "format": "pdf",
        "sha256": "a" * 64,
        "bytes": 10,
        "records": 1,
    }
    row |= {"unread": 0, "encoding": None, "reader": "exact", "state": "read"}
    return pl.DataFrame([row], schema=tables.SOURCES)
