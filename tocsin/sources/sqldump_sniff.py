"""Whether bytes are an SQL dump, and of which dialect: by the statements that it begins with."""

from __future__ import annotations

import re
from itertools import islice

from tocsin.sources.encoding import WIDE, detect, mark
from tocsin.sources.source import Sniffed
from tocsin.sources.sqldump_split import split
from tocsin.sources.sqldump_words import COPY, CREATE, HEAD, NAME, SWAPPED

_LEAD = re.compile(
    rb"(?:\s++|--[^\n]*+(?:\n|\Z)|#[^\n]*+(?:\n|\Z)|/\*.*?\*/;?+|(?:REM|PROMPT)\b[^\n]*+(?:\n|\Z)|GO[ \t\r]*+\n|\\[a-z][^\n]*+\n)*+",
    re.IGNORECASE | re.DOTALL,
)
# A statement that a dump may begin with before its first table.
_FIRST = re.compile(
    rb"(?:SET\s++[^;]{1,300}?(?:;|\n)|USE\s++" + NAME + rb"[ \t\r]*+(?:;|\n)|PRAGMA\s++\w++\s*+=[^;\n]{1,80}+;"
    rb"|BEGIN(?:\s++(?:TRANSACTION|WORK))?+\s*+;|START\s++TRANSACTION\s*+;|LOCK\s++TABLES?\s++" + NAME + rb"[^;]{1,80}+;"
    rb"|DROP\s++(?:TABLE|DATABASE|SCHEMA|VIEW|SEQUENCE)\s++[^;]{1,300}?(?:;|\n)|TRUNCATE\s++(?:TABLE\s++)?+" + NAME + rb"\s*+;"
    rb"|DELETE\s++FROM\s++" + NAME + rb"\s*+;|CREATE\s++(?:DATABASE|SCHEMA|SEQUENCE|EXTENSION|USER|ROLE|TYPE|DOMAIN)\s++[^;]{1,500}?"
    rb"(?:;|\n)|ALTER\s++(?:DATABASE|TABLE|SESSION|ROLE)\s++[^;]{1,500}?(?:;|\n)|SELECT\s++(?:pg_catalog\.)?set_config\([^;]{1,200}+;"
    rb"|IF\s++(?:NOT\s++)?EXISTS\s*+\([^;]{1,500}?\)|DELIMITER\s++\S++\n|PRINT\s++N?'|EXEC\s++sys\.)",
    re.IGNORECASE,
)  # fmt: skip
_LINED = re.compile(
    rb"^[ \t]*+(?:INSERT\s++(?:IGNORE\s++)?(?:INTO\s++)?" + NAME + rb"\s*+(?:\([^()\n]{1,4000}+\)\s*+)?VALUES\s*+\("
    rb"|COPY\s++" + NAME + rb"[^\n;]*?FROM\s++stdin|CREATE\s++TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?" + NAME + rb"\s*+\()",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
# What tells a dialect, the first that is met: MySQL and its kin know backslashes in strings, the others do not.
_DIALECT = re.compile(
    rb"(?P<yes>MySQL dump|MariaDB dump|phpMyAdmin|Adminer|/\*!\d{5}|\bENGINE\s*=|\bAUTO_INCREMENT\b|LOCK TABLES `|INSERT IGNORE"
    rb"|INTO `|TABLE (?:IF (?:NOT )?EXISTS )?`|standard_conforming_strings\s*=\s*off)"
    rb"|(?P<no>standard_conforming_strings\s*=\s*on|NO_BACKSLASH_ESCAPES|PostgreSQL database|pg_catalog|\bCOPY [^\n;]+ FROM stdin"
    rb"|PRAGMA \w+\s*=|BEGIN TRANSACTION;|SET ANSI_NULLS|\bGO\r?\n|\[dbo\]|\[nvarchar\]|\bVARCHAR2\b|SET DEFINE OFF"
    rb"|REM INSERTING|character varying)",
    re.IGNORECASE,
)
_QUOTED = re.compile(rb"\([^'\"()]{0,200}?(['\"])")
_ROW = re.compile(rb"^\(.*\)[,;][ \t\r]*$", re.MULTILINE)


def sniff(head: bytes, size: int) -> Sniffed | None:
    """Statements of SQL from the first one on with rows or tables among them; or, in a piece cut out of a dump,
    most lines. Prose about SQL, programs and logs that hold statements begin otherwise."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[mark(head) :]
    if encoding in WIDE:
        text = text.decode(encoding, "ignore").encode("utf-8", "replace")
    if not (_begins(text) or _piece(text)):
        return None
    return Sniffed(confidence=0.95, encoding=encoding, dialect=dialect_of(text))


def _begins(text: bytes) -> bool:
    """Whether the first thing said is a statement of SQL, and one with rows or columns follows somewhere."""
    lead = _LEAD.match(text)
    at = lead.end() if lead is not None else 0
    if HEAD.match(text, at) or COPY.match(text, at) or CREATE.match(text, at):
        return True
    return _FIRST.match(text, at) is not None and _LINED.search(text) is not None


def _piece(text: bytes) -> bool:
    """Whether most of a text's lines begin statements with rows, or are rows, as in a piece of a dump."""
    heads = sum(1 for _ in _LINED.finditer(text, 0, 1 << 17))
    if not heads:
        return False
    lines = [line for line in text[: 1 << 17].split(b"\n") if line.strip()]
    rows = sum(1 for _ in _ROW.finditer(text, 0, 1 << 17))
    return (heads + rows) * 10 >= len(lines) * 6 and heads + rows >= 2


def dialect_of(text: bytes) -> tuple[tuple[str, int], ...]:
    """Whether strings stand between double quotes, and whether they know backslash escapes."""
    double = plain = 0
    for found in islice(HEAD.finditer(text), 50):
        mark = _QUOTED.match(text, found.end())
        double, plain = double + bool(mark and mark[1] == b'"'), plain + bool(mark and mark[1] == b"'")
    swapped = double > plain
    return (
        ("backslash", int(backslashes(text.translate(SWAPPED) if swapped else text))),
        ("swapped", int(swapped)),
    )


def backslashes(text: bytes) -> bool:
    """Whether strings know backslash escapes: by what only MySQL and its kin write, else by what reads better."""
    known = _DIALECT.search(text)
    if known is not None:
        return known["yes"] is not None
    plain = slashed = 0
    for found in islice(HEAD.finditer(text), 50):
        rows = text[found.end() : found.end() + (1 << 15)]
        if b"\\" in rows:
            without, with_them = _far(split(rows, False, False).broken), _far(split(rows, True, False).broken)
            plain, slashed = plain + (without > with_them), slashed + (with_them > without)
    return slashed > plain


def _far(broken: int | None) -> int:
    return 1 << 62 if broken is None else broken
