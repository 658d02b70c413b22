"""Databases by address: what an address says, what is never shown, and the tables of real servers where there are some.

A server is reached by its local socket. On a machine without one, the same test proves that its address gives one
issue and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pg8000.native
import pymysql
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.tables_reading import Table, section_into
from tocsin.cli import addresses
from tocsin.errors import SourceError
from tocsin.sources import catalogue, database
from tocsin.sources.database import Column, address_of, kept_address, password_of
from tocsin.sources.database_postgresql import SOCKETS, copied_columns
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue, Section, Surveyed

POSTGRESQL = next((folder for folder in SOCKETS if os.path.exists(f"{folder}/.s.PGSQL.5432")), None)
MYSQL = next((path for path in ("/run/mysqld/mysqld.sock",) if os.path.exists(path)), None)
ROWS = [
    (1, "Ève\tMartin\\ \n", 185057800608491, 0.5, "1985-05-07", b"salut", True),
    (2, "", None, 1e22, None, b"\xff\xd8", False),
]
EXPECTED = {
    0: {
        "id": "1",
        "nom": "Ève\tMartin\\ \n",
        "nir": "185057800608491",
        "x": "0.5",
        "ne_le": "1985-05-07",
        "photo": "salut",
        "ok": "true",
    },
    1: {"id": "2", "x": "10000000000000000000000", "ok": "false"},
}


def read(address: str) -> dict[str, Table]:
    """What a scan would read of an address."""
    tables: dict[str, Table] = {}
    for found in walk([address]):
        table = tables.setdefault(found.source, Table(found.source))
        if isinstance(found, Issue):
            table.issues.append(found)
            continue
        for one in catalogue.survey(found):
            if isinstance(one, Section):
                section_into(one, table)
            elif isinstance(one, Surveyed):
                assert (one.sha256 is None) == (found.setting("address") is not None)
            else:
                table.issues.append(one)
    return tables


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL base that holds one table of two rows; of none where no server runs."""
    if POSTGRESQL is None:
        yield "postgresql://nobody@/test?host=/nowhere"
        return
    name = f"tocsin_test_{os.getpid()}"
    with closing(
        pg8000.native.Connection("root", database="test", unix_sock=f"{POSTGRESQL}/.s.PGSQL.5432")
    ) as server:
        server.run(f"CREATE SCHEMA {name}")
        server.run(
            f'CREATE TABLE {name}."cli:ents" (id int PRIMARY KEY, nom text, nir numeric, x float8, ne_le date, photo bytea, ok bool)'
        )
        for row in reversed(ROWS):
            values = dict(zip("abcdefg", row, strict=True))
            server.run(f'INSERT INTO {name}."cli:ents" VALUES (:a, :b, :c, :d, :e, :f, :g)', **values)  # noqa: S608
        server.run(f"CREATE VIEW {name}.vue AS SELECT 1 / 0 AS x")
        yield f"postgresql://root@/test?host={POSTGRESQL}"
        server.run(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def mysql() -> Iterator[str]:
    """The same of MySQL or MariaDB."""
    if MYSQL is None:
        yield "mysql://nobody@/test?unix_socket=/nowhere"
        return
    name = f"tocsin_test_{os.getpid()}"
    with closing(pymysql.connect(user="root", unix_socket=MYSQL, database="test", autocommit=True)) as server:
        cursor: Any = server.cursor()
        cursor.execute(f"CREATE DATABASE {name}")
        cursor.execute(
            f"CREATE TABLE {name}.`cli%ents` (id int PRIMARY KEY, nom text, nir bigint, x double, ne_le date, photo blob, ok varchar(5))"
        )
        for row in reversed(ROWS):
            cursor.execute(
                f"INSERT INTO {name}.`cli%%ents` VALUES (%s, %s, %s, %s, %s, %s, %s)",  # noqa: S608
                (*row[:6], str(row[6]).lower()),
            )
        cursor.execute(f"CREATE VIEW {name}.vue AS SELECT 1 AS x")
        yield f"mysql://root@/{name}?unix_socket={MYSQL}"
        cursor.execute(f"DROP DATABASE {name}")


def test_postgresql(postgresql: str) -> None:
    tables = read(postgresql)
    mine = [table for name, table in tables.items() if f"tocsin_test_{os.getpid()}" in name]
    if POSTGRESQL is None:
        assert [table.codes for table in tables.values()] == [["source.unreachable"]]
        return
    (table,) = mine
    assert table.name == f"postgresql://localhost/test#tocsin_test_{os.getpid()}.cli:ents"
    assert table.rows == EXPECTED
    assert [(issue.code, issue.count) for issue in table.issues] == [("source.binary_cells", 1)]


def test_mysql(mysql: str) -> None:
    tables = read(mysql)
    if MYSQL is None:
        assert [table.codes for table in tables.values()] == [["source.unreachable"]]
        return
    (table,) = tables.values()
    assert table.name == f"mysql://localhost/tocsin_test_{os.getpid()}#cli%25ents"
    assert table.rows == EXPECTED
    assert table.codes == ["source.binary_cells"]


@pytest.mark.parametrize("which", ["postgresql", "mysql"])
def test_nothing_can_be_written(which: str, request: pytest.FixtureRequest) -> None:
    address = address_of(request.getfixturevalue(which))
    if (POSTGRESQL if which == "postgresql" else MYSQL) is None:
        with pytest.raises(SourceError, match=r"source\.unreachable"):
            database.connect(address)
        return
    with closing(database.connect(address)) as server, pytest.raises(SourceError):
        server._run("CREATE TABLE tocsin_written (a int)")  # type: ignore[attr-defined]


def test_a_reader_that_stops_early_ends_the_copy(postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if POSTGRESQL is None:
        assert next(walk([postgresql])).source == "postgresql://localhost/test"
        return
    monkeypatch.setattr("tocsin.sources.database_postgresql.BLOCK", 1)
    with closing(database.connect(address_of(postgresql))) as server:
        blocks = server.rows(f"tocsin_test_{os.getpid()}", "cli:ents")
        assert next(blocks)[0][0].name == "id"
        blocks.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("postgresql://u:s3cret@db.example.org/rh", "postgresql://db.example.org/rh"),
        ("postgres://u@10.0.0.1:5433/rh?sslmode=require", "postgresql://10.0.0.1:5433/rh"),
        ("mysql://u:p%40ss@[::1]/rh", "mysql://::1/rh"),
        ("mariadb://u@localhost:3306/rh", "mysql://localhost/rh"),
        ("postgresql:///rh", "postgresql://localhost/rh"),
    ],
)
def test_addresses(typed: str, shown: str) -> None:
    address = address_of(typed)
    assert address.shown == shown
    again = kept_address(address.kept)
    assert (again.shown, again.user, again.tls, again.password) == (shown, address.user, address.tls, None)
    for text in (repr(address), address.kept, address.variable):
        assert "s3cret" not in text
        assert "p@ss" not in text


@pytest.mark.parametrize(
    "typed", ["oracle://a/b", "postgresql://host", "postgresql://h:port/b", "http://a/b", "://"]
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(SourceError, match=r"source\.address"):
        address_of(typed)
    (found,) = walk([typed])
    assert isinstance(found, Issue)
    assert found.code == "source.address"


def test_passwords_come_from_where_tools_keep_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "pgpass"
    monkeypatch.setenv("PGPASSFILE", str(kept))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    kept.write_text("other:*:*:*:no\ndb:5432:rh:u:a\\:b\n")
    kept.chmod(0o600)
    address = address_of("postgresql://u@db/rh")
    assert password_of(address) == "a:b"
    kept.chmod(0o644)
    assert password_of(address) is None
    monkeypatch.setenv("PGPASSWORD", "c")
    assert password_of(address) == "c"
    monkeypatch.setenv(address.variable, "d")
    assert password_of(kept_address(address.kept)) == "d"
    assert password_of(address_of("postgresql://u:e@db/rh")) == "e"


def test_sqlite_by_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.csv").write_text("nom;ville\nÈve;Lyon\nZoé;Brest\n")
    monkeypatch.chdir(tmp_path)
    for address in ("sqlite:///x.csv", f"sqlite:///{tmp_path}/x.csv", f"sqlite:///{str(tmp_path)[1:]}/x.csv"):
        assert list(read(address)) == ["x.csv"]
    assert read("sqlite:///none.db")["none.db"].codes == ["source.unreadable"]


def copied(cell: str | None) -> str:
    """A cell as COPY writes it."""
    if cell is None:
        return "\\N"
    for plain, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), ("\b", "\\b")):
        cell = cell.replace(plain, written)
    return cell


CELLS = st.one_of(st.none(), st.text(st.sampled_from("aé\\\t\n\r\b\"',N0;"), max_size=6))


@given(
    rows=st.integers(1, 3).flatmap(lambda wide: st.lists(st.tuples(*[CELLS] * wide), min_size=1, max_size=20))
)
def test_what_copy_writes_is_read_back(rows: list[tuple[str | None, ...]]) -> None:
    """An empty text is read as none."""
    block = "".join("\t".join(map(copied, row)) + "\n" for row in rows).encode()
    columns = copied_columns([Column(name, "text") for name in "abc"[: len(rows[0])]], block)
    read = zip(*(list(column) for column in columns), strict=True)
    assert [tuple(cell or None for cell in row) for row in read] == [
        tuple(cell or None for cell in row) for row in rows
    ]


def test_a_password_is_asked_for_where_the_server_wants_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(address: database.Address) -> None:
        raise SourceError("source.password")

    def prompt(text: str, **how: bool) -> str:
        asked.append(text)
        assert how == {"hide_input": True, "err": True}
        return "s3cret"

    monkeypatch.setattr(database, "connect", refuse)
    monkeypatch.setattr(addresses.click, "prompt", prompt)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    typed = "postgresql://u@db.example.org/rh"
    variable = address_of(typed).variable
    monkeypatch.setenv(variable, "")
    addresses.prepare([typed, "folder/x.csv"], "fr")
    assert password_of(address_of(typed)) == "s3cret"
    assert asked == ["Mot de passe de postgresql://db.example.org/rh"]
