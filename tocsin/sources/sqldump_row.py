"""The exact reading of one row of VALUES, and where reading can be taken up again after a damaged one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.sources.sqldump_words import DATA

# Strings: MySQL 8.4 manual 11.1.1, PostgreSQL 17 4.1.2 (E'', U&'', $$), Oracle 19c "Text Literals" (q'[]'), SQLite
# lang_expr. A prefix belongs to the string that follows at once; `_latin1 'x'` is a word and a string.
_ESCAPED = rb"'(?:[^'\\]|\\.|'')*+'"
_PLAIN = rb"'(?:[^']|'')*+'"
_ALTERNATIVE = rb"[Nn]?[Qq]'(?:\[.*?\]'|\{.*?\}'|\(.*?\)'|<.*?>'|(?P<mark>[^\s\[{(<]).*?(?P=mark)')"
_DOLLAR = rb"\$(?P<tag>[A-Za-z_\x80-\xff]?[0-9A-Za-z_\x80-\xff]*+)\$.*?\$(?P=tag)\$"
_COMMENT = rb"--[^\n]*+(?:\n|\Z)|/\*.*?\*/"


def _tokens(backslash: bool) -> re.Pattern[bytes]:
    string = _ESCAPED if backslash else _PLAIN
    double = rb'"(?:[^"\\]|\\.|"")*+"' if backslash else rb'"(?:[^"]|"")*+"'
    prefixed = rb"(?:[NnXxBb]|[Uu]&)?+" + string
    strings = rb"|".join((rb"[Ee]" + _ESCAPED, _ALTERNATIVE, prefixed, double, _DOLLAR))
    return re.compile(
        rb"(?P<string>"
        + strings
        + rb")|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)|(?P<blank>\s++|"
        + _COMMENT
        + rb")|(?P<word>[0-9A-Za-z_.\x80-\xff@#]++)|(?P<sign>[-+*/|:=<>!~%^&?`{}\\$])",
        re.DOTALL,
    )


def _simple(backslash: bool) -> re.Pattern[bytes]:
    """A row of strings and plain words alone, which the reader of blocks can read too."""
    cell = rb"(?:[Nn]?+" + (_ESCAPED if backslash else _PLAIN) + rb"|[-+0-9A-Za-z_.]++)(?=[\s,)])"
    return re.compile(rb"\(\s*+" + cell + rb"(?:\s*+,\s*+" + cell + rb")*+\s*+\)", re.DOTALL)


_SIMPLE = {backslash: _simple(backslash) for backslash in (False, True)}
_TOKENS = {backslash: _tokens(backslash) for backslash in (False, True)}
_AFTER = re.compile(rb"\s*+(?:,|;|--|/|#|[A-Za-z]|\Z)")
_RESUME = re.compile(
    rb"\)\s*+,\s*+(?P<next>\()|\n[ \t]*+,?[ \t]*+(?P<line>\()|\n[ \t]*+(?P<data>(?=" + DATA + rb"))"
    rb"|;[ \t\r]*+(?P<end>\n)(?=\s*+(?:--|/\*|\\|(?:INSERT|REPLACE|CREATE|COPY|DROP|ALTER|LOCK|UNLOCK|SET|COMMIT|BEGIN"
    rb"|UPDATE|DELETE|GO|USE|SELECT|PRAGMA|REM|PROMPT|ANALYZE|COMMENT|GRANT|DELIMITER)\b|\Z))",
    re.IGNORECASE,
)
_SEPARATED = re.compile(rb"\s*+,(?:\s++|--[^\n]*+\n|#[^\n]*+\n|/\*.*?\*/)*+(?=\()", re.DOTALL)
_BETWEEN = re.compile(rb"\)\s*+,\s*+\(|\n[ \t]*+\((?=[-+0-9'NnXx])")
_CLOSED = re.compile(
    rb"\s*+(?:;|--|/|#|\\|\Z|(?:ON|RETURNING|AS|GO|INSERT|REPLACE|INTO|SELECT|SET|COMMIT|BEGIN|END|USE|CREATE|ALTER|DROP|"
    rb"UPDATE|DELETE|PRINT|REM|PROMPT|EXEC|EXECUTE|IF|DECLARE|LOCK|UNLOCK|PRAGMA|COPY|OPTION|LOG|WITH|WHERE)\b)",
    re.IGNORECASE,
)
MOST_TRIES = 2_000
LONGEST_TRY = 1 << 16
MOST_CELLS = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, each [start, stop) in the bytes that were read, and the place after its ")"."""

    cells: tuple[tuple[int, int], ...]
    stop: int


class Unfinished(Exception):
    """The bytes end inside of the row."""


def row(data: bytes, at: int, backslash: bool) -> Row | None:
    """The row that begins at the "(" at `at`; None where a quote or bracket stands where none may.

    Raises Unfinished where the bytes end before the row does.
    """
    match, place, begin, depth = _TOKENS[backslash].match, at + 1, at + 1, 1
    last: str | None = "open"
    cells: list[tuple[int, int]] = []
    while depth:
        found = match(data, place)
        if found is None or len(cells) > MOST_CELLS:
            return _stuck(data, place)
        kind = found.lastgroup
        if kind == "string" and last in ("string", "word"):
            return None
        if kind == "word" and last == "string":
            return None
        if kind == "comma" and depth == 1:
            cells.append((begin, found.start()))
            begin = found.end()
        depth += (kind == "open") - (kind == "close")
        last, place = kind, found.end()
    cells.append((begin, place - 1))
    return Row(tuple(cells), place) if _AFTER.match(data, place) else None


def simple(data: bytes, at: int, backslash: bool) -> int | None:
    """The end of the row at `at` where it is made of strings and plain words alone; None for any other."""
    found = _SIMPLE[backslash].match(data, at)
    return found.end() if found is not None and _AFTER.match(data, found.end()) else None


def _stuck(data: bytes, place: int) -> Row | None:
    """No token: the bytes end inside of a string or comment, or they hold what no row does."""
    if place >= len(data) or data[place : place + 1] in (b"'", b'"', b"$", b"/") or place >= len(data) - 3:
        raise Unfinished
    return None


def resume(data: bytes, at: int, backslash: bool, width: int | None) -> tuple[int, str] | None:
    """Where to go on after the damaged row at `at`, and at what: a `row`, or a `statement`.

    None: there is no such place in `data`. A row is taken up again only where it reads to its end and has
    `width` cells.
    """
    place = at + 1
    for _ in range(MOST_TRIES):
        found = _RESUME.search(data, place)
        if found is None:
            return None
        place = found.end()
        if found.lastgroup == "data":
            return found.start("data"), "statement"
        if found.lastgroup == "end":
            return found.end(), "statement"
        start = found.start(found.lastgroup or 0)
        if _reads(data, start, backslash, width):
            return start, "row"
        place = max(found.start() + 1, start)
    return None


def _reads(data: bytes, at: int, backslash: bool, width: int | None) -> bool:
    try:
        whole = row(data[at : at + LONGEST_TRY], 0, backslash)
    except Unfinished:
        return False
    return whole is not None and width in (None, len(whole.cells))


def separated(data: bytes, at: int) -> int | None:
    """The place of the next row's "(" where a comma (and comments) follow at `at`; None without one."""
    found = _SEPARATED.match(data, at)
    return None if found is None else found.end()


def closed(data: bytes, at: int) -> bool:
    """Whether the statement ends at `at`, after a row, or goes on with a clause that holds no row."""
    return _CLOSED.match(data, at) is not None


def between(data: bytes, start: int, stop: int) -> list[int]:
    """Where in a damaged stretch further rows seem to begin: after a bracket and a comma, or at a line's start."""
    return [found.end() - 1 for found in _BETWEEN.finditer(data, start, stop)]
