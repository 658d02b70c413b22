"""DuckDB files: tables in order, nested types like JSON, views never run, and installations without the extra."""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.sources.tables_reading import read_tables
from tocsin.sources import duckdb_file

STATEMENTS = (
    "CREATE TABLE clients (id INT, nom VARCHAR, ne_le DATE, nir DOUBLE, mails VARCHAR[], adresse STRUCT(ville VARCHAR), photo BLOB)",
    "INSERT INTO clients SELECT i, 'Nom ' || i, DATE '1985-05-07', 185057800608491, ['a@example.org', 'b'], {'ville': 'Lyon'}, '\\xFF'::BLOB FROM range(3) t(i)",
    'CREATE SCHEMA "a b"',
    'CREATE TABLE "a b"."c""d" (x INT)',
    "CREATE VIEW evil AS SELECT * FROM read_csv('passwords.csv')",
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A file of two tables and a view that would open another file."""
    path = tmp_path / "x.duckdb"
    (tmp_path / "passwords.csv").write_text("a,b\n1,2\n")
    with closing(duckdb.connect(str(path))) as connection:
        for statement in STATEMENTS[:-1]:
            connection.execute(statement)
        connection.execute(STATEMENTS[-1].replace("passwords.csv", str(tmp_path / "passwords.csv")))
    return path


def test_tables(base: Path) -> None:
    before = base.read_bytes()
    read = read_tables(base)
    assert list(read) == ['x.duckdb#a b.c"d', "x.duckdb#clients"]
    table = read["x.duckdb#clients"]
    assert len(table.rows) == 3
    assert table.rows[2] == {
        "id": "2",
        "nom": "Nom 2",
        "ne_le": "1985-05-07",
        "nir": "185057800608491",
        "mails[]": ["a@example.org", "b"],
        "adresse.ville": "Lyon",
    }
    assert [(issue.code, issue.count) for issue in table.issues] == [("source.binary_cells", 3)]
    assert base.read_bytes() == before


def test_inside_an_archive(base: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packer:
        packer.write(base, "x.duckdb")
    assert len(read_tables(tmp_path / "a.zip")["a.zip!/x.duckdb#clients"].rows) == 3


@pytest.mark.parametrize("share", [0.001, 0.3, 0.9])
def test_a_cut_file(base: Path, share: float) -> None:
    content = base.read_bytes()
    base.write_bytes(content[: max(int(len(content) * share), 64)])
    assert {code for table in read_tables(base).values() for code in table.codes} == {"source.damaged"}


def test_without_the_extra(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb_file, "find_spec", lambda name: None)
    assert read_tables(base)["x.duckdb"].codes == ["source.no_duckdb"]
