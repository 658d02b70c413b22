"""Statements that hold no rows: where each ends, the columns that CREATE TABLE names, and whether it says anything."""

from __future__ import annotations

import re

from tocsin.sources.sqldump_row import Unfinished, row
from tocsin.sources.sqldump_words import (
    DATA_LINE,
    IDENTIFIER,
    LINE,
    ROUTINE,
    names,
)

# Inside a statement: strings, quoted names, comments, dollar quotes, ends.
_STOP = re.compile(rb"'++|\"|`|--|/\*|\$[A-Za-z_]?[0-9A-Za-z_]*+\$|;|\n")
_STRING = {
    False: re.compile(rb"'(?:[^']|'')*+'(?![0-9A-Za-z_])"),
    True: re.compile(rb"'(?:[^'\\]|\\.|'')*+'(?![0-9A-Za-z_])", re.DOTALL),
}
_MOST_ABSENT = 64
_NAMED = re.compile(rb"\"[^\"\n]*+\"|`[^`\n]*+`")
_GO = re.compile(rb"\n[ \t]*+(?:GO[ \t]*+\d*+|/)[ \t\r]*+(?=\n|\Z)", re.IGNORECASE)
_ROUTINE_END = re.compile(
    rb"\n[ \t]*+(?:GO|/)[ \t\r]*+(?=\n|\Z)"
    rb"|\bEND\b[ \t]*+[\w\"`\].\[]*+[ \t]*+;[ \t\r]*+(?=\n\s*+(?:GO\b|/|--|CREATE\b|INSERT\b|ALTER\b|COMMIT\b|DROP\b|PRAGMA\b)"
    rb"|\s*+\Z)",
    re.IGNORECASE,
)
_DOLLAR = re.compile(rb"\$[A-Za-z_]?[0-9A-Za-z_]*+\$")
_COLUMN = re.compile(rb"\s*+(?:--[^\n]*+\n\s*+|/\*.*?\*/\s*+)*+(" + IDENTIFIER + rb")\s*+(\S*+)", re.DOTALL)
_CONSTRAINTS = frozenset(
    b"primary key index unique constraint foreign check fulltext spatial exclude like period partition supplemental".split()
)
_INSERT = re.compile(
    rb"(?:INSERT|REPLACE)\s++(?:IGNORE\s++|DELAYED\s++|LOW_PRIORITY\s++)*+(?:INTO\b|[\[`\"])", re.IGNORECASE
)
_INSERT_LINE = re.compile(rb"\n[ \t]*+(?:INSERT|REPLACE)\s++INTO\s", re.IGNORECASE)
_ROWLESS = re.compile(rb"\b(?:SELECT|SET|EXEC|EXECUTE|DEFAULT\s+VALUES|TABLE|WITH)\b", re.IGNORECASE)
# What dump programs write besides data: mysqldump, MariaDB, pg_dump, phpMyAdmin, SSMS, SQL Developer, sqlite3.
_QUIET = re.compile(
    rb"(?:SET|USE|LOCK|UNLOCK|DROP|ALTER|BEGIN|COMMIT|START|PRAGMA|GO|ANALYZE|GRANT|REVOKE|TRUNCATE|DELIMITER|EXEC\s+sys|"
    rb"REM|REMARK|PROMPT|SPOOL|WHENEVER|DELETE\s+FROM\s+\S*sqlite_sequence"
    rb"|SELECT\s+(?:pg_catalog\.|setval|set_config)|CREATE\s+(?:\w+\s+)*?(?:TABLE|INDEX|DATABASE|SCHEMA|SEQUENCE|EXTENSION|"
    rb"TYPE|DOMAIN|USER|ROLE)|IF\s+NOT\s+EXISTS|/\*!\d*\s*(?:SET|ALTER|DROP|CREATE\s+DATABASE|\d*\s*\*/\s*;?\s*\Z)|\\|/\s*\Z)",
    re.IGNORECASE,
)
_QUIET_COMMENT = re.compile(
    rb"[-/*#\s]*+(?:\Z|(?:MySQL|MariaDB) dump|Host:|Server version|Table structure|Dumping|Dump |PostgreSQL database|Dumped|"
    rb"Name:|Data for Name|TOC entry|Dependencies|Started on|Completed on|phpMyAdmin|version |https?://www\.phpmyadmin|H\S+te|"
    rb"G\S+n\S+r\S+ le|Generation|PHP|Version|Database|Base de|Structure de|D\S+chargement|Contenu|Index|AUTO_INCREMENT|"
    rb"Contraintes|Constraints|Temporary|Final view|Current Database|GTID|Position|CHANGE MASTER|Adminer|Object:|"
    rb"File (?:created|generated)|M!|Client|Serveur|Text encoding)",
    re.IGNORECASE,
)  # fmt: skip


def end_of(data: bytes, at: int, backslash: bool, delimiter: bytes, final: bool) -> int | None:
    """The place after the statement at `at`; None where `data` ends before it (and more follows).

    It ends at its delimiter, at a line GO or `/`, or before a line that begins a statement with rows.
    """
    if delimiter != b";":
        found = data.find(delimiter, at)
        return found + len(delimiter) if found >= 0 else (len(data) if final else None)
    if ROUTINE.match(data, at):
        begin = data.find(b";", at)
        if begin < 0 or not _DOLLAR.search(data, at, begin):
            ended = _ROUTINE_END.search(data, at)
            return ended.end() if ended is not None else (len(data) if final else None)
    place, absent = at, set[bytes]()
    while (stop := _STOP.search(data, place)) is not None:
        found_end = _after(data, stop, backslash, absent)
        if found_end is None:
            return stop.end()
        if found_end < 0:
            return -found_end
        place = found_end
    return len(data) if final else None


def _after(data: bytes, stop: re.Match[bytes], backslash: bool, absent: set[bytes]) -> int | None:
    """Where to go on after a stop; None where it ends the statement, the end's negative where a line does.

    `absent` are the closing marks that were looked for in vain: once is enough.
    """
    mark, place = stop.group(), stop.start()
    if mark == b";":
        return None
    if mark == b"\n":
        if go := _GO.match(data, place):
            return -go.end()
        return -(place + 1) if DATA_LINE.match(data, place) or _INSERT_LINE.match(data, place) else place + 1
    if mark.startswith(b"'"):
        string = _STRING[backslash].match(data, place)
        whole = string is not None and not DATA_LINE.search(data, place, string.end())
        return string.end() if string is not None and whole else stop.end()
    if mark in (b'"', b"`"):
        named = _NAMED.match(data, place)
        return named.end() if named else place + 1
    close = b"\n" if mark == b"--" else b"*/" if mark == b"/*" else mark
    found = -1 if close in absent or len(absent) > _MOST_ABSENT else data.find(close, stop.end())
    if found < 0:
        absent.add(close)
    return stop.end() if found < 0 else found + (0 if mark == b"--" else len(close))


def columns_of(statement: bytes, bracket: int, backslash: bool, encoding: str) -> list[tuple[str, str]]:
    """Names and types of the columns that a CREATE TABLE lists from its "(" on; none where it cannot be read."""
    try:
        found = row(statement, bracket, backslash)
    except Unfinished:
        return []
    columns: list[tuple[str, str]] = []
    for start, stop in found.cells if found is not None else ():
        column = _COLUMN.match(statement, start, stop)
        if column is None or column[1].lower() in _CONSTRAINTS:
            continue
        columns.append((names(column[1], encoding)[0], column[2].decode("ascii", "replace").lower()))
    return columns


def broken_insert(statement: bytes) -> bool:
    """Whether a statement should have held rows, but its head cannot be read."""
    return _INSERT.match(statement) is not None and _ROWLESS.search(statement, 0, 4096) is None


def quiet(statement: bytes) -> bool:
    """Whether a statement or comment is what dump programs write around the data, with nothing of anybody in it."""
    if statement.startswith((b"--", b"/*", b"#")) and not statement.startswith(b"/*!"):
        return _QUIET_COMMENT.match(statement) is not None
    return _QUIET.match(statement) is not None


def line_of(data: bytes, at: int) -> int | None:
    """The end of a command of psql, SQL*Plus or sqlcmd, or of a comment, that takes the line at `at`."""
    found = LINE.match(data, at)
    return None if found is None else found.end()
