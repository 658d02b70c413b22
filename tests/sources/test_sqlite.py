"""SQLite databases: every table in order, by the library and page by page alike, and what damage costs."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.tables_reading import Table, read_tables
from tocsin.sources import sqlite, sqlite_pages, sqlite_read
from tocsin.sources.stretch import Plain

PAGE = 1024


def database(path: Path, *statements: str, rows: list[tuple[Any, ...]] | None = None) -> Path:
    """A database of these statements, the rows going into the table `clients`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        for statement in statements:
            connection.execute(statement)
        if rows:
            connection.execute("BEGIN")
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO clients VALUES ({marks})", rows)  # noqa: S608
            connection.execute("COMMIT")
    return path


def people(path: Path, count: int) -> Path:
    """A table of so many rows on some dozens of pages."""
    return database(
        path,
        "CREATE TABLE clients (id INTEGER PRIMARY KEY, nom TEXT, courriel TEXT)",
        rows=[(number, f"Nom {number}", f"a{number}@example.org") for number in range(1, count + 1)],
    )


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library opens nothing."""

    def refuse(located: object) -> None:
        raise sqlite3.DatabaseError

    monkeypatch.setattr(sqlite_read, "_opened", refuse)


CELLS = st.one_of(
    st.none(),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.integers(-300, 70000),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    st.sampled_from(["é" * 3000, b"en clair", b"\xff\xd8\xff\xe0", b""]),
)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=30), rowid=st.booleans())
def test_library_and_pages_agree(tmp_path: Path, rows: list[tuple[Any, Any]], rowid: bool) -> None:
    path = tmp_path / "base.sqlite"
    path.unlink(missing_ok=True)
    kept = [(number, *row) for number, row in enumerate(rows)]
    end = "" if rowid else " WITHOUT ROWID"
    database(
        path, f"CREATE TABLE clients (a, b, n INTEGER PRIMARY KEY){end}", rows=[(a, b, n) for n, a, b in kept]
    )
    fast = read_tables(path)
    with pytest.MonkeyPatch.context() as patch:
        slowly(patch)
        slow = read_tables(path)
    assert fast == slow
    (table,) = fast.values()
    assert [row["n"] for row in table.rows.values()] == [str(number) for number in range(len(rows))]
    assert table.codes in ([], ["source.binary_cells"])


def test_values_are_written_out(tmp_path: Path) -> None:
    row = (185057800608491, 185057800608491.0, 0.5, 1e22, "été", b"salut", b"\0\1", "")
    path = database(
        tmp_path / "x.db", "CREATE TABLE clients (a INT, b REAL, c REAL, d REAL, e, f BLOB, g, h)", rows=[row]
    )
    table = read_tables(path)["x.db#clients"]
    assert table.rows == {
        0: {
            "a": "185057800608491",
            "b": "185057800608491",
            "c": "0.5",
            "d": "10000000000000000000000",
            "e": "été",
            "f": "salut",
        }
    }
    assert [(issue.code, issue.count) for issue in table.issues] == [("source.binary_cells", 1)]


def test_text_that_is_no_utf8(tmp_path: Path) -> None:
    path = people(tmp_path / "x.db", 3)
    path.write_bytes(path.read_bytes().replace(b"Nom 2", b"No\xe9 2"))
    assert read_tables(path)["x.db#clients"].column("nom") == ["Nom 1", "Noé 2", "Nom 3"]


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = people(tmp_path / "x.db", 3)
    path.write_bytes(path.read_bytes().replace(b"clients", b"cli\x80nts"))
    assert read_tables(path)["x.db#cli€nts"].column("nom") == ["Nom 1", "Nom 2", "Nom 3"]


def test_utf16_and_every_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = database(
        tmp_path / "x.db",
        "PRAGMA encoding = 'UTF-16le'",
        "CREATE TABLE clients (nom)",
        'CREATE TABLE "a#b/c" (nom)',
        "CREATE TABLE vide (nom)",
        "CREATE INDEX i ON clients (nom)",
        "INSERT INTO \"a#b/c\" VALUES ('Zoé')",
        rows=[("Éloïse",)],
    )
    expected = {"x.db#clients": ["Éloïse"], "x.db#a#b/c": ["Zoé"], "x.db#vide": []}
    assert {name: table.column("nom") for name, table in read_tables(path).items()} == expected
    slowly(monkeypatch)
    assert {name: table.column("nom") for name, table in read_tables(path).items()} == expected


def test_sections_hold_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = people(tmp_path / "x.db", 500)
    monkeypatch.setattr(sqlite, "BYTES", 4 * PAGE)
    table = read_tables(path)["x.db#clients"]
    assert table.sections >= 4
    assert list(table.rows) == list(range(500))
    assert table.column("id") == [str(number) for number in range(1, 501)]


def test_a_row_number_that_no_name_reaches(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db", "CREATE TABLE clients (rowid, oid, _rowid_)", rows=[("a", "b", "c")] * 9
    )
    assert read_tables(path)["x.db#clients"].rows[8] == {"rowid": "a", "oid": "b", "_rowid_": "c"}


def test_an_added_column(tmp_path: Path) -> None:
    path = people(tmp_path / "x.db", 2)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE clients ADD COLUMN pays TEXT DEFAULT 'FR'")
    assert read_tables(path)["x.db#clients"].column("pays") == ["FR", "FR"]


def leaf_pages(content: bytes) -> list[int]:
    """The places of the pages that hold rows, but for the schema."""
    return [at for at in range(PAGE, len(content), PAGE) if content[at] == 13]


@pytest.mark.parametrize("damage", [b"\0" * PAGE, b"\xff" * PAGE, b"\x0d\0\0\xff\xff" + b"x" * (PAGE - 5)])
def test_a_bad_page_costs_its_rows(tmp_path: Path, damage: bytes) -> None:
    path = people(tmp_path / "x.db", 500)
    content = bytearray(path.read_bytes())
    place = leaf_pages(content)[5]
    lost = int.from_bytes(content[place + 3 : place + 5], "big")
    content[place : place + PAGE] = damage
    path.write_bytes(content)
    table = read_tables(path)["x.db#clients"]
    assert len(table.rows) == 500 - lost
    (issue,) = table.issues
    assert (issue.code, issue.place, issue.bytes_unread) == (
        "source.bad_page",
        f"page {place // PAGE + 1}",
        PAGE,
    )
    assert (table.column("id")[0], table.column("id")[-1]) == ("1", "500")


def test_a_bad_row_costs_itself(tmp_path: Path) -> None:
    path = people(tmp_path / "x.db", 500)
    content = bytearray(path.read_bytes())
    place = leaf_pages(content)[3]
    cell = place + int.from_bytes(content[place + 8 + 6 : place + 8 + 8], "big")
    content[cell + 2] = 0x70  # a header longer than the whole record
    path.write_bytes(content)
    table = read_tables(path)["x.db#clients"]
    assert len(table.rows) == 499
    assert table.codes == ["source.bad_record"]
    assert max(table.rows) == 499


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_database(tmp_path: Path, share: float) -> None:
    path = people(tmp_path / "x.db", 2000)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    table = read_tables(path)["x.db#clients"]
    assert len(table.rows) > 2000 * (share - 0.15)
    assert table.codes == ["source.bad_page"]


def test_a_loop_of_pages_ends(tmp_path: Path) -> None:
    path = people(tmp_path / "x.db", 500)
    content = bytearray(path.read_bytes())
    assert content[PAGE] == 5
    content[PAGE + 8 : PAGE + 12] = (2).to_bytes(4, "big")
    path.write_bytes(content)
    table = read_tables(path)["x.db#clients"]
    assert table.codes == ["source.bad_page"]
    assert len(table.rows) > 400


def test_cells_that_share_their_long_pages_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading one page over and over stands for many rows whose long texts lie on the same pages."""
    path = database(tmp_path / "x.db", "CREATE TABLE clients (a)", rows=[("x" * 6000,)])
    monkeypatch.setattr(sqlite_pages, "PAYLOAD", 8000)
    pages = sqlite_pages.Database(Plain(str(path)))
    read = [row for _ in range(20) for row in pages.rows(2)]
    assert read[0] == (1, ["x" * 6000])
    assert read[-1] is None


def test_inside_an_archive(tmp_path: Path) -> None:
    plain = people(tmp_path / "x.db", 300)
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as packer:
        packer.write(plain, "dir/x.db")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    (table,) = read_tables(tmp_path / "a.zip").values()
    assert table.name == "a.zip!/dir/x.db#clients"
    assert table.rows == read_tables(plain)["x.db#clients"].rows


def hostile(path: Path, statement: str) -> Path:
    """A database whose schema says `statement` of its table."""
    people(path, 20)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = ?", (statement,))
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE clients (id, nom, courriel AS (load_extension('x')) STORED)",
        "CREATE TABLE clients (id, nom, courriel, x AS (randomblob(1000000000)))",
        "CREATE VIEW clients AS WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x FROM a) SELECT x FROM a",
        "CREATE TABLE clients AS WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x FROM a) SELECT x FROM a",
        "CREATE VIRTUAL TABLE clients USING fts5(id)",
        "CREATE TABLE clients (id, nom COLLATE nowhere, courriel)",
        "not a statement",
        "",
    ],
)
def test_a_hostile_schema_hides_nothing(tmp_path: Path, statement: str) -> None:
    table: Table = read_tables(hostile(tmp_path / "x.db", statement))["x.db#clients"]
    assert len(table.rows) == 20
    assert "a20@example.org" in table.rows[19].values()


def test_nothing_but_columns_is_allowed() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.set_authorizer(sqlite_read._reading)
        for statement in (
            "ATTACH 'x' AS y",
            "SELECT randomblob(9)",
            "PRAGMA user_version",
            "CREATE TABLE a (b)",
        ):
            with pytest.raises(sqlite3.DatabaseError):
                connection.execute(statement)


def test_a_journal_beside_is_told(tmp_path: Path) -> None:
    path = people(tmp_path / "x.db", 3)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    (tmp_path / "x.db-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(100))
    before = path.read_bytes(), sorted(tmp_path.iterdir())
    assert read_tables(path)["x.db"].codes == ["source.wal"]
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before


@pytest.mark.parametrize("content", [b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_header_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    assert read_tables(tmp_path / "x.db")["x.db"].codes == ["source.truncated"]


def test_no_table(tmp_path: Path) -> None:
    path = database(tmp_path / "x.db", "CREATE TABLE a (b)", "DROP TABLE a")
    assert read_tables(path)["x.db"].codes == ["source.no_tables"]
