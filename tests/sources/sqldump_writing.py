"""One table written as each database's own tool writes it, by that tool's documented rules."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Cell = int | str | None


@dataclass(frozen=True)
class Table:
    """A table: its name, the columns' names, and rows whose cells are numbers, texts or NULL."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def standard(cell: Cell, prefix: str = "") -> str:
    """A literal of ISO/IEC 9075: quotes are doubled, nothing else is escaped."""
    if cell is None:
        return "NULL"
    return str(cell) if isinstance(cell, int) else prefix + "'" + cell.replace("'", "''") + "'"


# mysql_real_escape_string (MySQL 8.4 C API): NUL, newline, return, backslash, both quotes, Control-Z.
_MYSQL = str.maketrans(
    {"\0": "\\0", "\n": "\\n", "\r": "\\r", "\\": "\\\\", "'": "\\'", '"': '\\"', "\x1a": "\\Z"}
)


def mysql_literal(cell: Cell) -> str:
    """A literal as mysqldump writes it."""
    return standard(cell) if not isinstance(cell, str) else "'" + cell.translate(_MYSQL) + "'"


def backticked(name: str) -> str:
    """A name in backticks."""
    return "`" + name.replace("`", "``") + "`"


def mysql(
    tables: Sequence[Table], *, extended: bool = True, complete: bool = False, maria: bool = False
) -> str:
    """mysqldump: --extended-insert or not, --complete-insert or not; MariaDB's puts each row on a line."""
    out = [
        "-- MySQL dump 10.13  Distrib 8.0.37, for Linux (x86_64)\n--\n-- Host: localhost    Database: crm\n"
    ]
    out.append("-- ------------------------------------------------------\n-- Server version\t8.0.37\n\n")
    out.append(
        "/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;\n/*!50503 SET NAMES utf8mb4 */;\n"
    )
    for table in tables:
        name = backticked(table.name)
        columns = ",\n".join(f"  {backticked(column)} varchar(255) DEFAULT NULL" for column in table.columns)
        out.append(f"\n--\n-- Table structure for table {name}\n--\n\nDROP TABLE IF EXISTS {name};\n")
        out.append("/*!40101 SET @saved_cs_client     = @@character_set_client */;\n")
        out.append(
            f"CREATE TABLE {name} (\n{columns},\n  KEY `k` ({backticked(table.columns[0])})\n) ENGINE=InnoDB;\n"
        )
        out.append(f"\n--\n-- Dumping data for table {name}\n--\n\nLOCK TABLES {name} WRITE;\n")
        out.append(f"/*!40000 ALTER TABLE {name} DISABLE KEYS */;\n")
        listed = " (" + ", ".join(map(backticked, table.columns)) + ")" if complete else ""
        head = f"INSERT INTO {name}{listed} VALUES "  # noqa: S608
        rows = ["(" + ",".join(map(mysql_literal, row)) + ")" for row in table.rows]
        if maria:
            out.append(head.rstrip() + "\n" + ",\n".join(rows) + ";\n")
        elif extended:
            out.append(head + ",".join(rows) + ";\n")
        else:
            out += [f"{head}{row};\n" for row in rows]
        out.append(f"/*!40000 ALTER TABLE {name} ENABLE KEYS */;\nUNLOCK TABLES;\n")
    return "".join(out) + "\n-- Dump completed on 2026-11-20 18:20:00\n"


def php(tables: Sequence[Table]) -> str:
    """What short PHP programs write: strings between double quotes, escaped as MySQL asks, no head."""
    out = []
    for table in tables:
        name = backticked(table.name)
        columns = ",\n".join(f"  {backticked(column)} varchar(255) DEFAULT NULL" for column in table.columns)
        out.append(f"DROP TABLE IF EXISTS {name};\n\nCREATE TABLE {name} (\n{columns}\n) ENGINE=MyISAM;\n\n")
        for row in table.rows:
            cells = ("NULL" if cell is None else '"' + str(cell).translate(_MYSQL) + '"' for cell in row)
            out.append(f"INSERT INTO {name} VALUES(" + ",".join(cells) + ");\n")
    return "".join(out)


# PostgreSQL 17, COPY, "Text Format".
_COPY = str.maketrans(
    {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
)


def _postgres_head(table: Table) -> str:
    columns = ",\n".join(f'    "{column}" text' for column in table.columns)
    return (
        f"--\n-- Name: {table.name}; Type: TABLE; Schema: public; Owner: postgres\n--\n\n"
        f'CREATE TABLE public."{table.name}" (\n{columns}\n);\n\n\nALTER TABLE public."{table.name}" OWNER TO postgres;\n\n'
        f"--\n-- Data for Name: {table.name}; Type: TABLE DATA; Schema: public; Owner: postgres\n--\n\n"
    )


def _postgres(tables: Sequence[Table], data: Callable[[Table], str]) -> str:
    head = (
        "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 17.2\n-- Dumped by pg_dump version 17.2\n\n"
        "SET statement_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n"
        "SELECT pg_catalog.set_config('search_path', '', false);\nSET row_security = off;\n\n"
    )
    body = "".join(_postgres_head(table) + data(table) for table in tables)
    return head + body + "\n--\n-- PostgreSQL database dump complete\n--\n\n"


def postgres_copy(tables: Sequence[Table]) -> str:
    """pg_dump as it is by default."""

    def lines(table: Table) -> str:
        listed = ", ".join(f'"{column}"' for column in table.columns)
        rows = (
            "\t".join("\\N" if cell is None else str(cell).translate(_COPY) for cell in row) + "\n"
            for row in table.rows
        )
        return f'COPY public."{table.name}" ({listed}) FROM stdin;\n' + "".join(rows) + "\\.\n\n\n"

    return _postgres(tables, lines)


def postgres_inserts(tables: Sequence[Table], *, columns: bool = False, together: int = 1) -> str:
    """pg_dump --inserts, --column-inserts, --rows-per-insert."""

    def statements(table: Table) -> str:
        listed = " (" + ", ".join(f'"{column}"' for column in table.columns) + ")" if columns else ""
        head = f'INSERT INTO public."{table.name}"{listed} VALUES'
        rows = ["(" + ", ".join(map(standard, row)) + ")" for row in table.rows]
        if together == 1:
            return "".join(f"{head} {row};\n" for row in rows) + "\n\n"
        chunks = [rows[at : at + together] for at in range(0, len(rows), together)]
        return "".join(f"{head}\n\t" + ",\n\t".join(chunk) + ";\n" for chunk in chunks) + "\n\n"

    return _postgres(tables, statements)


def sql_server(tables: Sequence[Table]) -> str:
    """SQL Server Management Studio, "Generate Scripts", schema and data (to be saved as UTF-16 with its mark)."""
    out = ["USE [crm]\nGO\n"]
    for table in tables:
        name = f"[dbo].[{table.name}]"
        columns = ",\n".join(f"\t[{column}] [nvarchar](max) NULL" for column in table.columns)
        out.append(f"/****** Object:  Table {name}    Script Date: 20/11/2026 18:20:00 ******/\n")
        out.append("SET ANSI_NULLS ON\nGO\nSET QUOTED_IDENTIFIER ON\nGO\n")
        out.append(f"CREATE TABLE {name}(\n{columns}\n) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]\nGO\n")
        out.append(f"SET IDENTITY_INSERT {name} ON \n\n")
        listed = ", ".join(f"[{column}]" for column in table.columns)
        for number, row in enumerate(table.rows, 1):
            values = ", ".join(standard(cell, "N") for cell in row)
            out.append(f"INSERT {name} ({listed}) VALUES ({values})\n")  # noqa: S608
            out.append("GO\n" if number % 100 == 0 else "")
        out.append(f"SET IDENTITY_INSERT {name} OFF\nGO\n")
    return "".join(out)


def oracle(tables: Sequence[Table], *, joined: bool = False) -> str:
    """SQL Developer's export; `joined`: line ends as `'||chr(10)||'`, as PL/SQL Developer writes them."""
    out = [
        "--------------------------------------------------------\n--  File created - Friday-November-20-2026\n"
    ]
    out.append("--------------------------------------------------------\n")
    for table in tables:
        columns = ",\n".join(f'\t"{column}" VARCHAR2(4000 BYTE)' for column in table.columns)
        out.append(
            f'  CREATE TABLE "CRM"."{table.name}" \n   (\t{columns}\n   ) SEGMENT CREATION IMMEDIATE ;\n'
        )
    for table in tables:
        out.append(f"REM INSERTING into CRM.{table.name}\nSET DEFINE OFF;\n")
        listed = ",".join(f'"{column}"' for column in table.columns)
        for row in table.rows:
            values = ",".join("null" if cell is None else standard(cell) for cell in row)
            if joined:
                values = values.replace("\n", "'||chr(10)||'")
            out.append(f'Insert into CRM."{table.name}" ({listed}) values ({values});\n')  # noqa: S608
    return "".join(out)


def sqlite_dump(tables: Sequence[Table]) -> str:
    """What Python's own sqlite3 makes of a database with these tables (`iterdump`)."""
    base = sqlite3.connect(":memory:")
    for table in tables:
        columns = ", ".join(f'"{column}"' for column in table.columns)
        base.execute(f'CREATE TABLE "{table.name}" ({columns})')
        marks = ", ".join("?" * len(table.columns))
        base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)  # noqa: S608
    text = "\n".join(base.iterdump())
    base.close()
    return text + "\n"


def sqlite_shell(tables: Sequence[Table]) -> str:
    """The shell's `.dump`: a text with line ends is written in one line, inside of replace()."""

    def literal(cell: Cell) -> str:
        written = standard(cell)
        for mark, code, other in (("\n", 10, "\\012"), ("\r", 13, "\\015")):
            if isinstance(cell, str) and mark in cell:
                short = {"\n": "\\n", "\r": "\\r"}[mark]
                stand_in = short if short not in cell else other if other not in cell else f"({code})\\"
                written = f"replace({written.replace(mark, stand_in)},'{stand_in}',char({code}))"
        return written

    out = ["PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n"]
    for table in tables:
        out.append(f'CREATE TABLE "{table.name}" ({", ".join(table.columns)});\n')
        out += [f'INSERT INTO "{table.name}" VALUES({",".join(map(literal, row))});\n' for row in table.rows]
    return "".join(out) + "COMMIT;\n"


def csv_file(table: Table) -> str:
    """A delimited file with a header."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([["" if cell is None else cell for cell in row] for row in table.rows])
    return target.getvalue()


def json_file(table: Table) -> str:
    """An array of objects."""
    return json.dumps([dict(zip(table.columns, row, strict=True)) for row in table.rows], ensure_ascii=False)


# Every way to write a whole database into one dump, and the encoding that the tool saves it in.
# A way that makes files of another kind (a SQLite database, a workbook) belongs into `test_same_database.py`.
DUMPS: dict[str, tuple[Callable[[Sequence[Table]], str], str]] = {
    "mysql": (mysql, "utf-8"),
    "mysql_single": (lambda tables: mysql(tables, extended=False), "utf-8"),
    "mysql_complete": (lambda tables: mysql(tables, complete=True), "utf-8"),
    "mariadb": (lambda tables: mysql(tables, maria=True), "utf-8"),
    "php": (php, "utf-8"),
    "postgres_copy": (postgres_copy, "utf-8"),
    "postgres_inserts": (postgres_inserts, "utf-8"),
    "postgres_column_inserts": (lambda tables: postgres_inserts(tables, columns=True), "utf-8"),
    "postgres_rows_per_insert": (lambda tables: postgres_inserts(tables, together=3), "utf-8"),
    "sql_server": (sql_server, "utf-16"),
    "oracle": (oracle, "utf-8"),
    "oracle_joined": (lambda tables: oracle(tables, joined=True), "utf-8"),
    "sqlite_iterdump": (sqlite_dump, "utf-8"),
    "sqlite_shell": (sqlite_shell, "utf-8"),
}
