"""Databases by address: PostgreSQL, MySQL and MariaDB, read-only, each table a source (`postgresql://host/base#schema.table`).

Only the address that the user typed is opened. Its password is asked for or taken from where the database's own
tools keep it; it stands in no name, no table and no message.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

import polars as pl

from tocsin.errors import SourceError
from tocsin.sources.names import escaped
from tocsin.sources.source import Issue, Located

SCHEMES = {"postgresql": "postgresql", "postgres": "postgresql", "mysql": "mysql", "mariadb": "mysql"}
PORTS = {"postgresql": 5432, "mysql": 3306}
VARIABLES = {"postgresql": "PGPASSWORD", "mysql": "MYSQL_PWD"}
LOCAL = frozenset({"", "localhost", "127.0.0.1", "::1"})
# Seconds to reach a server, and for one statement of it.
REACH, STATEMENT = 10, 600


# A column of a block of rows: strings as they are, or cells of any type.
Values = pl.Series | Sequence[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A database's address. `password` is what it was typed with, never written; `tls` one of disable, prefer,
    require, verify-full; `socket` the folder or file of a local socket."""

    scheme: str
    user: str
    host: str
    port: int
    base: str
    tls: str
    socket: str
    password: str | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """How sources of it are called: without user and password."""
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        name = f"{self.scheme}://{self.host or 'localhost'}{port}/{self.base}"
        return escaped(name.encode("utf-8", "replace"))

    @property
    def kept(self) -> str:
        """What another process opens it by: all but the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        parts = (self.user, host, str(self.port), self.base, self.tls, self.socket)
        return f"{self.scheme}\n" + "\n".join(parts)

    @property
    def variable(self) -> str:
        """The variable of the environment that hands its password to other processes."""
        return "TOCSIN_DATABASE_" + hashlib.blake2b(self.kept.encode(), digest_size=8).hexdigest().upper()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table as its server describes it."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A table: its schema ("" where there is none), its name, and about how many bytes it takes."""

    schema: str
    name: str
    bytes: int


class Server(Protocol):
    """What a database's own file gives: an open connection that reads and cannot write."""

    def tables(self) -> list[Listed]: ...

    def rows(self, schema: str, table: str) -> Iterator[tuple[list[Column], list[Values]]]: ...

    def close(self) -> None: ...


def is_address(pile: str) -> bool:
    """Whether a PILE is an address rather than a path."""
    return "://" in pile


def address_of(pile: str) -> Address:
    """An address by its parts. Raises SourceError `source.address` where it is none that can be read."""
    try:
        split = urlsplit(pile)
        port, host = split.port, split.hostname
    except ValueError:
        raise SourceError("source.address") from None
    scheme = SCHEMES.get(split.scheme)
    base = unquote(split.path.removeprefix("/"))
    given = dict(parse_qsl(split.query))
    if scheme is None or not base:
        raise SourceError("source.address")
    socket = given.get("unix_socket", "")
    if given.get("host", "").startswith("/"):
        socket = given["host"]
    known = "disable" if socket or (host or "") in LOCAL else "prefer"
    return Address(
        scheme=scheme,
        user=unquote(split.username or "") or os.environ.get("USER", "root"),
        host=host or "",
        port=port or PORTS[scheme],
        base=base,
        tls=given.get("sslmode", given.get("ssl-mode", known)).lower(),
        socket=socket,
        password=None if split.password is None else unquote(split.password),
    )


def kept_address(text: str) -> Address:
    """The address that `Address.kept` wrote."""
    scheme, user, host, port, base, tls, socket = text.split("\n")
    bare = host.removeprefix("[").removesuffix("]")
    return Address(scheme=scheme, user=user, host=bare, port=int(port), base=base, tls=tls, socket=socket)


def sqlite_path(pile: str) -> str | None:
    """The file of a `sqlite:///…` address, None for any other; `sqlite:////a/b` is absolute.

    `sqlite:///a/b` is below the working folder, or from the root where there is no such file.
    """
    if not pile.startswith("sqlite:///"):
        return None
    path = unquote(pile.removeprefix("sqlite:///").partition("?")[0])
    return f"/{path}" if not os.path.lexists(path) and os.path.lexists(f"/{path}") else path


def password_of(address: Address) -> str | None:
    """The password: as typed, as asked for, from the variable or the file of the database's own tools."""
    found = address.password or os.environ.get(address.variable) or os.environ.get(VARIABLES[address.scheme])
    if found or address.scheme != "postgresql":
        return found
    path = Path(os.environ.get("PGPASSFILE", "~/.pgpass")).expanduser()
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return None
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    wanted = (address.host or "localhost", str(address.port), address.base, address.user)
    for line in lines:
        parts = [part.replace("\\:", ":") for part in line.replace("\\:", "\0").split(":")]
        parts = [part.replace("\0", ":") for part in parts]
        if len(parts) == 5 and all(part in ("*", want) for part, want in zip(parts, wanted, strict=False)):
            return parts[4]
    return None


def keep_password(address: Address, password: str) -> None:
    """Hand a password to the processes that will read this address; it is not written anywhere."""
    os.environ[address.variable] = password


def connect(address: Address) -> Server:
    """A connection that reads. Raises SourceError `source.no_driver`, `source.unreachable` or `source.password`."""
    from tocsin.sources import database_mysql, database_postgresql

    drivers: dict[str, Callable[[Address, str | None], Server]] = {
        "postgresql": database_postgresql.connect,
        "mysql": database_mysql.connect,
    }
    return drivers[address.scheme](address, password_of(address))


def tables(pile: str, prefix: str) -> Iterator[Located | Issue]:
    """Every table that an address holds, as a source; an issue where it cannot be reached."""
    try:
        address = address_of(pile)
    except SourceError as refusal:
        yield Issue(source=f"{prefix}{escaped(urlsplit(pile).scheme.encode())}://", code=refusal.code)
        return
    if address.password is not None:
        keep_password(address, address.password)
    try:
        with closing(connect(address)) as server:
            listed = server.tables()
    except SourceError as refusal:
        yield Issue(source=prefix + address.shown, code=refusal.code, detail=address.scheme)
        return
    if not listed:
        yield Issue(source=prefix + address.shown, code="source.no_tables", detail=address.scheme)
    for table in listed:
        name = f"{table.schema}.{table.name}" if table.schema else table.name
        settings = (
            ("part", name),
            ("schema", table.schema),
            ("table", table.name),
            ("address", address.kept),
        )
        yield Located(
            source=f"{prefix}{address.shown}#{escaped(name.encode('utf-8', 'replace'))}",
            path=f"{address.scheme}://{address.host}:{address.port}/{address.base}",
            format=address.scheme,
            encoding="utf-8",
            reader=address.scheme,
            bytes=table.bytes,
            dialect=settings,
        )
