"""PostgreSQL: one read-only transaction a connection, rows as COPY sends them."""

from __future__ import annotations

import os
import queue
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import polars as pl

from tocsin.errors import SourceError
from tocsin.sources.cell_text import number_text
from tocsin.sources.database import REACH, STATEMENT, Address, Column, Listed, Values

BLOCK = 4 << 20
SOCKETS = ("/var/run/postgresql", "/tmp")  # noqa: S108
# Ordinary tables and kept views; those of other servers are not read, partitions are tables of their own.
TABLES = """
SELECT n.nspname, c.relname, pg_catalog.pg_table_size(c.oid)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
"""
COLUMNS = """
SELECT a.attname, a.atttypid::pg_catalog.regtype::pg_catalog.text,
  (SELECT pg_catalog.array_position(i.indkey::pg_catalog.int2[], a.attnum) FROM pg_catalog.pg_index i
   WHERE i.indrelid = c.oid AND i.indisprimary)
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = :schema AND c.relname = :table AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
FLOATS = frozenset({"real", "double precision"})
# SQLSTATE 28: the server does not accept who asks.
REFUSED = "28"
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def connect(address: Address, password: str | None) -> PostgreSQL:
    """A connection in a read-only transaction. Raises SourceError."""
    try:
        import pg8000.native
    except ImportError:
        raise SourceError("source.no_driver") from None
    socket = _socket(address)
    for context in _contexts(address):
        try:
            connection = pg8000.native.Connection(
                address.user,
                host=address.host or "localhost",
                port=address.port,
                database=address.base,
                password=password,
                unix_sock=socket,
                ssl_context=context,
                timeout=REACH,
                application_name="tocsin",
            )
            return PostgreSQL(connection)
        except Exception as failure:
            if _refused(failure):
                raise SourceError("source.password") from None
    raise SourceError("source.unreachable")


def _socket(address: Address) -> str | None:
    """The server's local socket where the address names no host."""
    name = f".s.PGSQL.{address.port}"
    if address.socket:
        return os.path.join(address.socket, name) if os.path.isdir(address.socket) else address.socket
    if address.host:
        return None
    return next((path for path in (f"{folder}/{name}" for folder in SOCKETS) if os.path.exists(path)), None)


def _contexts(address: Address) -> list[ssl.SSLContext | None]:
    """The ways to try, in order: encrypted, then in the clear where the address prefers only."""
    if address.tls in ("disable", "allow") or address.socket:
        return [None]
    context = ssl.create_default_context()
    if address.tls not in ("verify-full", "verify-ca"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return [context, None] if address.tls == "prefer" else [context]


def _refused(failure: Exception) -> bool:
    """Whether the server asked for a password, or for another one."""
    told: Any = failure.args[0] if failure.args else None
    if isinstance(told, dict):
        return str(told.get("C", "")).startswith(REFUSED)
    return "password" in str(told).lower()


class PostgreSQL:
    """An open connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        for statement in (
            "SET default_transaction_read_only = on",
            f"SET statement_timeout = {STATEMENT * 1000}",
            "SET search_path = pg_catalog",
            "SET client_encoding = 'UTF8'",
            "SET datestyle = 'ISO, YMD'",
            "SET bytea_output = 'hex'",
            "SET row_security = off",
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ):
            self._run(statement)

    def _run(self, statement: str, **given: str) -> list[Any]:
        try:
            return list(self._connection.run(statement, **given) or [])
        except Exception:  # its text quotes values
            raise SourceError("source.unreachable") from None

    def tables(self) -> list[Listed]:
        """The tables that may be read."""
        return [Listed(schema, name, int(size or 0)) for schema, name, size in self._run(TABLES)]

    def rows(self, schema: str, table: str) -> Iterator[tuple[list[Column], list[Values]]]:
        """Blocks of rows, column by column, values as the server writes them."""
        described = self._run(COLUMNS, schema=schema, table=table)
        columns = [Column(name, kind) for name, kind, _ in described]
        key = [name for name, _, place in sorted(described, key=lambda one: one[2] or 0) if place is not None]
        if not columns:
            return
        wanted = ", ".join(_quoted(column.name) for column in columns)
        order = ", ".join(_quoted(name) for name in key)
        query = f"SELECT {wanted} FROM {_quoted(schema)}.{_quoted(table)}"  # noqa: S608
        query += f" ORDER BY {order}" if order else ""
        for block in self._copied(f"COPY ({query}) TO STDOUT"):
            yield columns, copied_columns(columns, block)

    def _copied(self, statement: str) -> Iterator[bytes]:
        """What a COPY sends, in blocks of whole lines; the server waits while a block is read."""
        pipe = _Pipe()
        sender = threading.Thread(target=self._send, args=(statement, pipe), daemon=True)
        sender.start()
        try:
            while (block := pipe.blocks.get()) is not None:
                if isinstance(block, SourceError):
                    raise block
                yield block
        finally:
            pipe.stopped = True
            while sender.is_alive():
                with suppress(queue.Empty):
                    pipe.blocks.get(timeout=0.1)

    def _send(self, statement: str, pipe: _Pipe) -> None:
        try:
            self._connection.run(statement, stream=pipe)
            pipe.flush()
            pipe.blocks.put(None)
        except Exception:  # its text quotes values
            pipe.blocks.put(SourceError("source.unreachable"))

    def close(self) -> None:
        """End the transaction and the connection."""
        try:
            self._connection.close()
        except Exception:
            return


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class _Pipe:
    """Where the library writes what a COPY sends, line by line; read by another thread, block by block."""

    def __init__(self) -> None:
        self.blocks: queue.Queue[bytes | SourceError | None] = queue.Queue(maxsize=4)
        self.stopped = False
        self._lines: list[bytes] = []
        self._size = 0

    def write(self, line: bytes) -> None:
        """One line, or some. Raises once nobody reads any more."""
        if self.stopped:
            raise BrokenPipeError
        self._lines.append(bytes(line))
        self._size += len(line)
        if self._size >= BLOCK:
            self.flush()

    def flush(self) -> None:
        """Hand over what was written."""
        if self._lines:
            self.blocks.put(b"".join(self._lines))
            self._lines, self._size = [], 0


def copied_columns(columns: list[Column], block: bytes) -> list[Values]:
    """The columns of a block in COPY's text format (PostgreSQL, "COPY", File Formats)."""
    if len(columns) == 1:  # a blank line is a row
        lines = pl.Series("", block.decode("utf-8", "replace").split("\n")[:-1], pl.String())
        return [_column(columns[0], pl.select(pl.when(lines != "\\N").then(lines)).to_series())]
    frame = pl.read_csv(
        block,
        has_header=False,
        separator="\t",
        quote_char=None,
        null_values="\\N",
        infer_schema=False,
        new_columns=[f"{at}" for at in range(len(columns))],
        schema_overrides={f"column_{at + 1}": pl.String for at in range(len(columns))},
    )
    return [_column(column, frame[f"{at}"]) for at, column in enumerate(columns)]


def _column(column: Column, values: pl.Series) -> Values:
    """One column: escapes resolved, bytes as bytes, numbers without exponent, truth values as words."""
    escaped = values.str.contains("\\", literal=True)
    if escaped.any():
        at = escaped.arg_true()
        whole = [_ESCAPE.sub(_character, text) for text in values.gather(at).to_list()]
        values = values.scatter(at, pl.Series(whole, dtype=pl.String()))
    if column.kind == "bytea":
        return [None if text is None else _bytes(text) for text in values.to_list()]
    if column.kind == "boolean":
        return values.replace({"t": "true", "f": "false"})
    if column.kind in FLOATS and (odd := values.str.contains("[0-9]e").fill_null(False)).any():
        at = odd.arg_true()
        plain = [number_text(float(text)) for text in values.gather(at).to_list()]
        return values.scatter(at, pl.Series(plain, dtype=pl.String()))
    return values.str.replace(" 00:00:00$", "") if column.kind.startswith("timestamp") else values


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text.removeprefix("\\x"))
    except ValueError:
        return b""


def _character(match: re.Match[str]) -> str:
    return {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}.get(match[1], match[1])
