"""What one written value says: strings of every dialect, numbers as they stand, bytes as text where they are text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

# MySQL 8.4 manual 11.1.1, table 11.1; PostgreSQL 17 4.1.2.2 for E''.
_MYSQL = {
    b"0": b"\0",
    b"b": b"\b",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"Z": b"\x1a",
    b"%": b"\\%",
    b"_": b"\\_",
}
_POSTGRES = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_SLASHED = re.compile(rb"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_MYSQL_SLASHED = re.compile(rb"\\(.)", re.DOTALL)
_UNICODE = re.compile(rb"\\(?:\\|\+([0-9A-Fa-f]{6})|u?([0-9A-Fa-f]{4}))")
_TEXT = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*+")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2})*+")
_BYTEA = re.compile(rb"\\x(?:[0-9A-Fa-f]{2})++")
_PLAIN = re.compile(rb"'((?:[^']|'')*+)'")
_ESCAPED = re.compile(rb"'((?:[^'\\]|\\.|'')*+)'", re.DOTALL)
_DOUBLE = re.compile(rb'"((?:[^"\\]|\\.|"")*+)"', re.DOTALL)
_DOLLAR = re.compile(rb"\$(\w*+)\$(.*)\$\1\$", re.DOTALL)
_QUOTED = re.compile(rb"[Nn]?[Qq]'.(.*).'", re.DOTALL)
_CALL = re.compile(rb"([A-Za-z_][0-9A-Za-z_.]*+)\s*+\((.*)\)", re.DOTALL)
_AS = re.compile(rb"(?:\s|(?<='))AS\s++[A-Za-z].*", re.IGNORECASE | re.DOTALL)
_SUFFIX = re.compile(
    rb"(?:::\s*+[\w\". \[\](),]++|\s++COLLATE\s++\S++|\s++AT\s++TIME\s++ZONE\s.*)\Z", re.IGNORECASE
)
_INTRODUCED = re.compile(rb"(_[0-9A-Za-z]++|DATE|TIME|TIMESTAMP|INTERVAL)\s*+(?=['Xx0])", re.IGNORECASE)
# How the shell of SQLite writes a text with line ends.
_LINES = re.compile(rb"replace\((?P<text>.*),'(?P<mark>[^']+)',char\((?P<code>1[03])\)\)", re.DOTALL)
_TOKEN = re.compile(
    rb"(?P<string>[Nn]?[Qq]'(?:\[.*?\]'|\{.*?\}'|\(.*?\)'|<.*?>'|(?P<mark>[^\s\[{(<]).*?(?P=mark)')|(?:[NnXxBbEe]|[Uu]&)?%s)"
    rb"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)|(?P<join>\|\|)|(?P<other>.)"
    .replace(b"%s", rb"'(?:[^'\\]|\\.|'')*+'"),
    re.DOTALL,
)  # fmt: skip
_TOKEN_PLAIN = re.compile(_TOKEN.pattern.replace(rb"'(?:[^'\\]|\\.|'')*+'", rb"'(?:[^']|'')*+'"), re.DOTALL)
# A number or a word; bytes (0x…) are not among them.
_WORD = re.compile(rb"[-+]?(?!0[xX])[0-9A-Za-z_.]++(?:[-+][0-9]++)?+")
_NOTHING = frozenset({b"null", b"default", b"empty_clob()", b"empty_blob()", b""})
# Functions that give their first argument in another type: Oracle, PostgreSQL, SQLite, SQL Server.
_FIRST = frozenset(
    "to_date to_timestamp to_timestamp_tz to_clob to_nclob to_char to_number to_nchar to_dsinterval to_yminterval "
    "hextoraw to_blob date datetime time timestamp cast try_cast json_parse st_geomfromtext unhex decode "
    "from_base64 json xmltype sys.xmltype.createxml nullif".split()
)
DEEPEST = 40


def value(raw: bytes, backslash: bool, hexed: bool = True, depth: int = 0) -> str | None:
    """The value that `raw` (UTF-8) writes; None for NULL. What is no literal stays as it is written.

    `backslash`: plain strings know MySQL's escapes; `hexed`: a string of PostgreSQL's `\\x…` is bytes.
    """
    raw = raw.strip()
    if raw[:1] == b"'" and raw.count(b"'") == 2 and raw[-1:] == b"'" and b"\\" not in raw:
        return _text(raw[1:-1])
    if raw.lower() in _NOTHING:
        return None
    if _WORD.fullmatch(raw):
        return _text(raw)
    if depth < DEEPEST and (found := _LINES.fullmatch(raw)):
        mark = found["mark"].decode("utf-8", "replace")
        return (value(found["text"], backslash, hexed, depth + 1) or "").replace(
            mark, chr(int(found["code"]))
        )
    for reader in (_bytes, _string, _other):
        text = reader(raw, backslash, hexed)
        if text is not None:
            return text
    if depth < DEEPEST:
        return _expression(raw, backslash, hexed, depth)
    return _text(raw)


def _string(raw: bytes, backslash: bool, hexed: bool) -> str | None:
    """A string with or without an N; a `_binary` or DATE before it says nothing that matters here."""
    introduced = _INTRODUCED.match(raw)
    raw = raw[introduced.end() :] if introduced else raw
    if raw[:1] in b"Nn" and raw[1:2] == b"'":
        raw = raw[1:]
    found = (_ESCAPED if backslash else _PLAIN).fullmatch(raw)
    if found is None:
        return None
    inside = found[1].replace(b"''", b"'") if b"''" in found[1] else found[1]
    if backslash:
        return _text(unescaped(inside) if b"\\" in inside else inside)
    if hexed and inside.startswith(b"\\x") and _BYTEA.fullmatch(inside):
        return of_bytes(bytes.fromhex(inside[2:].decode())) or _text(inside)
    return _text(inside)


def unescaped(inside: bytes) -> bytes:
    """MySQL's escapes undone."""
    return _MYSQL_SLASHED.sub(lambda found: _MYSQL.get(found[1], found[1]), inside)


def _bytes(raw: bytes, backslash: bool, hexed: bool) -> str | None:
    """X'…' and 0x…; as they are written where they are no text."""
    introduced = _INTRODUCED.match(raw)
    raw = raw[introduced.end() :] if introduced else raw
    inside = (
        raw[2:-1]
        if raw[:2] in (b"X'", b"x'") and raw.endswith(b"'")
        else raw[2:]
        if raw[:2] == b"0x"
        else None
    )
    if inside is None or not _HEX.fullmatch(inside):
        return None
    text = of_bytes(bytes.fromhex(inside.decode()))
    return _text(raw) if text is None else text


def of_bytes(raw: bytes) -> str | None:
    """Bytes as text, where they are UTF-8 (or UTF-16 as SQL Server keeps it) without control characters."""
    wide = len(raw) >= 4 and raw[1::2].count(0) * 2 >= len(raw[1::2])
    for encoding in ("utf-16-le",) if wide else ("utf-8",):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _TEXT.fullmatch(text):
            return text
    return None


def _other(raw: bytes, backslash: bool, hexed: bool) -> str | None:
    """E'', U&'', q'[]', $$ $$ and, in MySQL, double quotes."""
    if raw[:1] in b"Ee" and (found := _ESCAPED.fullmatch(raw, 1)):
        return _text(_SLASHED.sub(_escape, found[1].replace(b"''", b"'")))
    if raw[:2] in (b"U&", b"u&") and (found := _PLAIN.fullmatch(raw, 2)):
        return _UNICODE.sub(_point, found[1].replace(b"''", b"'")).decode("utf-8", "replace")
    if found := _QUOTED.fullmatch(raw):
        return _text(found[1])
    if found := _DOLLAR.fullmatch(raw):
        return _text(found[2])
    if raw[:1] == b'"' and (found := _DOUBLE.fullmatch(raw)):
        inside = found[1].replace(b'""', b'"')
        return _text(unescaped(inside) if backslash else inside)
    return None


def _escape(found: re.Match[bytes]) -> bytes:
    """One escape of E''."""
    code = found[1]
    if code[:1] in b"uU" and len(code) > 1:
        return chr(min(int(code[1:], 16), 0x10FFFF)).encode("utf-8", "replace")
    if code[:1] == b"x" and len(code) > 1:
        return bytes([int(code[1:], 16)])
    if code[:1] in b"01234567":
        return bytes([int(code, 8) & 255])
    return _POSTGRES.get(code, code)


def _point(found: re.Match[bytes]) -> bytes:
    """One escape of U&'' or of UNISTR."""
    code = found[1] or found[2]
    return b"\\" if code is None else chr(min(int(code, 16), 0x10FFFF)).encode("utf-16", "surrogatepass").decode(
        "utf-16", "replace"
    ).encode()  # fmt: skip


def _expression(raw: bytes, backslash: bool, hexed: bool, depth: int) -> str | None:
    """Strings joined by || or side by side, a cast, or a call of a function that only wraps its value."""

    def inner(part: bytes) -> str | None:
        return value(part, backslash, hexed, depth + 1)

    parts = _parts(raw, backslash, "join")
    if len(parts) > 1:
        return "".join(inner(part) or "" for part in parts)
    if (suffix := _SUFFIX.search(raw)) and _balanced(raw[: suffix.start()], backslash):
        return inner(raw[: suffix.start()])
    found = _CALL.fullmatch(raw)
    if found is not None and len(_parts(found[2], backslash, "close")) == 1:
        return _called(found[1].decode().lower(), _parts(found[2], backslash, "comma"), inner, raw)
    if raw.startswith(b"(") and raw.endswith(b")") and len(_parts(raw[1:-1], backslash, "close")) == 1:
        return inner(raw[1:-1])
    return _text(raw)


def _called(
    name: str, arguments: list[bytes], inner: Callable[[bytes], str | None], raw: bytes
) -> str | None:
    """The value of a call of function `name`."""
    first = _AS.sub(b"", arguments[0]) if name in ("cast", "try_cast") else arguments[0]
    if name == "cast" and first.strip()[:2].lower() == b"0x":
        return _moment(first.strip()[2:], raw) or inner(first)
    if name in ("char", "chr", "nchar") and all(part.strip().isdigit() for part in arguments):
        return "".join(chr(min(int(part), 0x10FFFF)) for part in arguments)
    if name == "replace" and len(arguments) == 3:
        text, old, new = (inner(part) or "" for part in arguments)
        return text.replace(old, new) if old else text
    if name == "concat":
        return "".join(inner(part) or "" for part in arguments)
    if name == "unistr":
        return _UNICODE.sub(_point, (inner(first) or "").encode()).decode("utf-8", "replace")
    if name == "convert" and len(arguments) > 1 and not arguments[0].lstrip().startswith((b"'", b"N'")):
        return inner(arguments[1])
    return inner(first) if name in _FIRST else _text(raw)


def _moment(digits: bytes, raw: bytes) -> str | None:
    """SQL Server's binary dates: `CAST(0x… AS DateTime)` days since 1900 and 1/300 s, `AS Date` days since year 1."""
    kind = raw.rstrip(b" )").rpartition(b" ")[2].strip(b"[]").lower()
    if not _HEX.fullmatch(digits):
        return None
    data = bytes.fromhex(digits.decode())
    try:
        if kind == b"datetime" and len(data) == 8:
            days = timedelta(days=int.from_bytes(data[:4], "big", signed=True))
            moment = (
                datetime(1900, 1, 1, tzinfo=UTC)
                + days
                + timedelta(milliseconds=int.from_bytes(data[4:], "big") * 10 / 3)
            )
            return moment.replace(tzinfo=None).isoformat(" ", "milliseconds")
        if kind == b"date" and len(data) in (3, 4):
            return date.fromordinal(int.from_bytes(data[:3], "little") + 1).isoformat()
    except (OverflowError, ValueError):
        return None
    return None


def _parts(raw: bytes, backslash: bool, at: str) -> list[bytes]:
    """`raw` cut at the tokens `at` that stand in no bracket; at "close": where a bracket closes that none opened."""
    cuts, level = [0], 0
    for found in (_TOKEN if backslash else _TOKEN_PLAIN).finditer(raw):
        kind = found.lastgroup
        level += (kind == "open") - (kind == "close")
        if (kind == at and level == 0 and at != "close") or level < 0:
            cuts += [found.start(), found.end()]
            level = max(level, 0)
    cuts.append(len(raw))
    return [raw[start:stop] for start, stop in zip(cuts[::2], cuts[1::2], strict=True)]


def _balanced(raw: bytes, backslash: bool) -> bool:
    return len(_parts(raw, backslash, "close")) == 1 and raw.count(b"(") == raw.count(b")")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
