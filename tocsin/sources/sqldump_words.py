"""The words of SQL dumps: names, column lists, and the heads of the statements that carry or describe data."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Names: ISO/IEC 9075-2 5.4 ("a"), MySQL 8.4 manual 11.2 (`a`), Transact-SQL identifiers ([a]).
IDENTIFIER = (
    rb"(?:`(?:[^`]|``){1,256}+`|\"(?:[^\"]|\"\"){1,256}+\"|\[(?:[^\]]|\]\]){1,256}+\]"
    rb"|[A-Za-z_\x80-\xff@#$][0-9A-Za-z_\x80-\xff@#$]{0,255}+)"
)
NAME = IDENTIFIER + rb"(?:\s{0,20}+\.\s{0,20}+" + IDENTIFIER + rb"){0,3}"
COLUMNS = rb"\(\s*+" + IDENTIFIER + rb"(?:\s*+,\s*+" + IDENTIFIER + rb")*+\s*+\)"

# INSERT and REPLACE: MySQL 8.4 manual 15.2.7, PostgreSQL 17 INSERT, SQLite lang_insert, Transact-SQL and Oracle INSERT.
INSERT = (
    rb"(?:(?:INSERT|REPLACE)(?:\s++(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s++(?:REPLACE|IGNORE|ROLLBACK|ABORT|FAIL)))*+"
    rb"(?:\s++(?:ALL|FIRST))?(?:\s++(?:INTO|OVERWRITE))?+(?:\s++(?:TABLE|ONLY)(?=\s))?+|INTO)"
    rb"(?:\s++|(?=[`\"\[]))(?!(?:INTO|SELECT|VALUES?|ALL|FIRST)\b)(?P<table>" + NAME + rb")\s*+"
    rb"(?:PARTITION\s*+" + COLUMNS + rb"\s*+)?(?P<columns>" + COLUMNS + rb")?+\s*+"
    rb"(?:OVERRIDING\s++(?:SYSTEM|USER)\s++VALUE\s*+)?VALUES?\s*+(?=\()"
)
HEAD = re.compile(INSERT, re.IGNORECASE)
COPY = re.compile(
    rb"COPY\s++(?P<table>" + NAME + rb")\s*+(?P<columns>" + COLUMNS + rb")?+\s*+"
    rb"FROM\s++STDIN(?P<options>[^;\n]*+);[ \t\r]*+\n",
    re.IGNORECASE,
)
CREATE = re.compile(
    rb"CREATE\s++(?:(?:OR\s++REPLACE|GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|FOREIGN|EXTERNAL|COLUMN|PRIVATE)\s++)*+"
    rb"TABLE\s++(?:IF\s++NOT\s++EXISTS\s*+)?(?P<table>" + NAME + rb")\s*+(?=\()",
    re.IGNORECASE,
)
USE = re.compile(
    rb"(?:USE\s++|\\c(?:onnect)?\s++(?:-\w+\s++)*+)(?P<name>" + IDENTIFIER + rb")[^\n;]{0,200}+[;\n]",
    re.IGNORECASE,
)
# A line that begins like this may be taken up again after damage, and ends a statement that nothing ended.
DATA = (
    rb"(?:"
    + INSERT
    + rb"|COPY\s++"
    + NAME
    + rb"[^;\n]*?FROM\s++STDIN|CREATE\s++(?:\w++\s++){0,4}?TABLE\s++"
    + NAME
    + rb"\s*+\()"
)
DATA_LINE = re.compile(rb"\n[ \t]*+(?=" + DATA + rb")", re.IGNORECASE)
ROUTINE = re.compile(
    rb"(?:CREATE|ALTER)\s++(?:OR\s++(?:REPLACE|ALTER)\s++)?(?:(?:DEFINER|SQL|EDITIONABLE|NONEDITIONABLE|AGGREGATE|TEMP)\b"
    rb"[^\n;]{0,200}?)?(?:PROC(?:EDURE)?|FUNCTION|TRIGGER|PACKAGE|EVENT|TYPE\s++BODY)\s|DECLARE\s|BEGIN\s++(?!TRAN|WORK|;)\w",
    re.IGNORECASE,
)
BLANK = re.compile(rb"[\s;]++")
# What a client reads by the line: psql, SQL*Plus, sqlcmd.
LINE = re.compile(
    rb"(?:--|\\(?!\.)|REM(?:ARK)?\b|PROMPT\b|SPOOL\b|WHENEVER\b|GO\b(?=[ \t]*+\d*+[ \t\r]*+(?:\n|\Z))|/[ \t\r]*+(?=\n|\Z)"
    rb"|SET\s++(?:DEFINE|FEEDBACK|ECHO|TERMOUT|SQLBLANKLINES|VERIFY|SERVEROUTPUT|HEADING|PAGESIZE|LINESIZE|SCAN)\b)"
    rb"[^\n]*+(?:\n|\Z)",
    re.IGNORECASE,
)
SHARP = re.compile(rb"#[^\n]*+(?:\n|\Z)")
DELIMITER = re.compile(rb"DELIMITER[ \t]++(\S{1,16})[ \t\r]*+(?:\n|\Z)", re.IGNORECASE)
_PARTS = re.compile(IDENTIFIER)
# A separator between two rows, and what may stand between the end of one statement and the next one's head.
COMMA = re.compile(rb"\s*+,\s*+")
NEXT = re.compile(rb"[\s;]*+(?:GO[ \t\r]*+\n[\s;]*+)?" + INSERT, re.IGNORECASE)

# Dumps that PHP programs make put strings between double quotes, as MySQL allows: they are read with the two quotes
# changed for each other, and changed back in the values.
SWAPPED = bytes.maketrans(b"\"'", b"'\"")

# Schemas that a name does without: PostgreSQL's, SQL Server's and SQLite's default ones.
DEFAULT_SCHEMAS = frozenset({"public", "dbo", "main"})


@dataclass(frozen=True, slots=True)
class Head:
    """The table and columns (None where the statement names none) that rows belong to, as written."""

    table: tuple[str, ...]
    columns: tuple[str, ...] | None


def names(raw: bytes, encoding: str) -> tuple[str, ...]:
    """The identifiers in `raw`, without their quotes."""
    return tuple(_plain(part.group(), encoding) for part in _PARTS.finditer(raw))


def _plain(raw: bytes, encoding: str) -> str:
    for mark in (b"`", b'"'):
        if raw.startswith(mark):
            raw = raw[1:-1].replace(mark * 2, mark)
            break
    else:
        if raw.startswith(b"["):
            raw = raw[1:-1].replace(b"]]", b"]")
    return raw.decode(encoding, "replace")
