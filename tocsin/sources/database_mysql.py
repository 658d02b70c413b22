"""MySQL and MariaDB: one read-only transaction a connection, rows streamed as the server sends them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any

from tocsin.errors import SourceError
from tocsin.sources.cell_text import number_text
from tocsin.sources.database import LOCAL, REACH, STATEMENT, Address, Column, Listed, Values

BATCH = 10_000
SOCKETS = ("/run/mysqld/mysqld.sock", "/var/lib/mysql/mysql.sock", "/tmp/mysql.sock")  # noqa: S108
TABLES = """
SELECT table_name, COALESCE(data_length, 0) FROM information_schema.tables
WHERE table_schema = %s AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY BINARY table_name
"""
COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position
"""
KEY = """
SELECT column_name FROM information_schema.statistics
WHERE table_schema = %s AND table_name = %s AND index_name = 'PRIMARY' ORDER BY seq_in_index
"""
FLOATS = frozenset({"float", "double"})
# Access denied, by the server's error numbers (1044, 1045, 1698).
REFUSED = frozenset({1044, 1045, 1698})


def connect(address: Address, password: str | None) -> MySQL:
    """A connection in a read-only transaction. Raises SourceError."""
    try:
        import pymysql
        import pymysql.converters
        import pymysql.cursors
    except ImportError:
        raise SourceError("source.no_driver") from None
    for context in _contexts(address):
        try:
            connection = pymysql.connect(
                host=address.host or "localhost",
                port=address.port,
                user=address.user,
                password=password or "",
                database=address.base,
                unix_socket=address.socket or None,
                charset="utf8mb4",
                connect_timeout=REACH,
                read_timeout=STATEMENT,
                local_infile=False,
                ssl=context,
                ssl_disabled=context is None,
                cursorclass=pymysql.cursors.SSCursor,
                conv=dict(pymysql.converters.encoders),
            )
            return MySQL(connection, address.base)
        except SourceError:
            raise
        except Exception as failure:
            if failure.args and failure.args[0] in REFUSED:
                raise SourceError("source.password") from None
    raise SourceError("source.unreachable")


def _contexts(address: Address) -> list[ssl.SSLContext | None]:
    """The ways to try, in order: encrypted, then in the clear where the address prefers only."""
    if address.tls in ("disable", "disabled") or address.socket or address.host in LOCAL:
        return [None]
    context = ssl.create_default_context()
    if address.tls not in ("verify-full", "verify_identity", "verify_ca"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return [context, None] if address.tls in ("prefer", "preferred") else [context]


class MySQL:
    """An open connection."""

    def __init__(self, connection: Any, base: str) -> None:
        self._connection, self._base = connection, base
        for statement in (
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
            "SET SESSION sql_mode = 'ANSI_QUOTES'",
            "SET SESSION net_write_timeout = 600",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
        ):
            self._run(statement)

    def _run(self, statement: str, *given: str) -> list[tuple[Any, ...]]:
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(statement, given or None)
                return list(cursor.fetchall())
        except Exception:  # its text quotes values
            raise SourceError("source.unreachable") from None

    def tables(self) -> list[Listed]:
        """The tables of the database."""
        return [Listed("", _text(name), int(size)) for name, size in self._run(TABLES, self._base)]

    def rows(self, schema: str, table: str) -> Iterator[tuple[list[Column], list[Values]]]:
        """Blocks of rows, column by column, values as the server writes them."""
        described = self._run(COLUMNS, self._base, table)
        columns = [Column(_text(name), _text(kind).lower()) for name, kind in described]
        key = [_text(row[0]) for row in self._run(KEY, self._base, table)]
        if not columns:
            return
        wanted = ", ".join(_quoted(column.name) for column in columns)
        order = ", ".join(map(_quoted, key))
        query = f"SELECT {wanted} FROM {_quoted(table)}" + (f" ORDER BY {order}" if order else "")  # noqa: S608
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(query)
                while rows := cursor.fetchmany(BATCH):
                    cells = zip(columns, zip(*rows, strict=True), strict=True)
                    yield columns, [[_value(column, value) for value in values] for column, values in cells]
        except SourceError:
            raise
        except GeneratorExit:
            raise
        except Exception:  # its text quotes values
            raise SourceError("source.unreachable") from None

    def close(self) -> None:
        """End the connection at once, whatever it still has to send."""
        try:
            self._connection._force_close()
        except Exception:
            return


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(column: Column, value: object) -> object:
    """A cell; a number without exponent, dates of zero as none, a moment at midnight as its day."""
    if column.kind == "bit" and isinstance(value, bytes):
        return int.from_bytes(value, "big")
    if not isinstance(value, str):
        return value
    if column.kind in FLOATS:
        return number_text(float(value))
    if column.kind in ("date", "datetime", "timestamp"):
        return None if value.startswith("0000-00-00") else value.removesuffix(" 00:00:00")
    return value
