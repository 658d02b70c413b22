"""The header of a message taken apart: fields, encoded words, parameters, addresses; linear in time.

Rules: RFC 5322 (fields, addresses), RFC 2047 (encoded words), RFC 2231 (parameters), read as mails in the wild are.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from tocsin.sources.mail_decoding import charset_text, loose_text

# A header line, or one that goes on with the line before; blank lines and anything else end the header.
HEADER = re.compile(rb"(?:[!-9;-~]++[ \t]*+:[^\n]*+(?:\n|\Z)|[ \t]++[^\s][^\n]*+(?:\n|\Z))*+")
FIELD = re.compile(rb"\n[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
BLANK = re.compile(rb"\n\r?\n")
LONGEST = 1 << 20
_FOLD = re.compile(rb"\r?\n[ \t]++")
_WORD = re.compile(r"=\?([^?\s*]++)(?:\*[^?\s]*+)?\?([bBqQ])\?([^?]*+)\?=")
_ADDRESS = re.compile(
    r'"(?:[^"\\]++|\\.)*+"|<[^<>]*+>|\((?:[^()\\]++|\\.)*+\)|[,;]|[^",;<>()]++|.', re.DOTALL
)
_PARAMETER = re.compile(r';\s*+([^\s=;"]++)\s*+=\s*+("(?:[^"\\]++|\\.)*+"|[^;]*+)')
_SEGMENT = re.compile(r"(.*?)(?:\*(\d{1,4}))?(\*)?$", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)

Fields = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody that a header names: the display name and the address, "" for what is not there."""

    name: str
    address: str


def header_end(data: bytes, start: int, stop: int) -> tuple[int, int]:
    """Where the header of the message or part at `start` ends, and where its body begins; both at most `stop`.

    A line that is no header line ends it, unless further header lines stand before the next blank line.
    """
    match = HEADER.match(data, start, stop)
    end = match.end() if match is not None else start
    while end < stop and not data.startswith((b"\n", b"\r\n"), end):
        blank = BLANK.search(data, end, stop)
        bound = blank.start() + 1 if blank is not None else stop
        more = FIELD.search(data, end, bound)
        if more is None or end == start:
            return end, end
        match = HEADER.match(data, more.start() + 1, stop)
        end = match.end() if match is not None else bound
    if data.startswith(b"\r\n", end):
        return end, min(end + 2, stop)
    return end, min(end + 1, stop)


def fields(block: bytes) -> Fields:
    """The fields of a header in order, names in small letters, folded lines made one; other lines are left out."""
    found: Fields = []
    for line in _FOLD.sub(b" ", block).split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon:
            found.append((_field(name), value.strip()))
    return found


@lru_cache(maxsize=4096)
def _field(name: bytes) -> str:
    """The name of a field in small letters."""
    return name.strip().decode("ascii", "replace").lower()


def text_of(value: bytes | str) -> str:
    """A field's value as people read it: encoded words decoded, neighbours joined before they are."""
    text = loose_text(value) if isinstance(value, bytes) else value
    if "=?" not in text:
        return text
    pieces: list[str] = []
    at, charset, waiting = 0, "", b""
    for word in _WORD.finditer(text):
        between = text[at : word.start()]
        content = _decoded(word[2], word[3])
        same = at and not between.strip() and word[1].lower() == charset
        if not same:
            pieces.append(charset_text(waiting, charset) if waiting else "")
            pieces.append("" if at and not between.strip() else between)
            waiting = b""
        waiting, charset, at = waiting + content, word[1].lower(), word.end()
    return "".join((*pieces, charset_text(waiting, charset) if waiting else "", text[at:]))


def _decoded(way: str, content: str) -> bytes:
    """The bytes of one encoded word."""
    raw = content.encode("utf-8")
    if way in "qQ":
        return binascii.a2b_qp(raw.replace(b"_", b" "))
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return b""


@lru_cache(maxsize=1024)
def parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """The value before the first semicolon in small letters, and the parameters, those of RFC 2231 put together."""
    text = loose_text(value)
    whole: dict[str, str] = {}
    parts: dict[str, list[tuple[int, bool, str]]] = {}
    main = text.partition(";")[0]
    for found in _PARAMETER.finditer(text, len(main)):
        written = found[2].strip()
        if len(written) > 1 and written.startswith('"') and written.endswith('"'):
            written = _ESCAPED.sub(r"\1", written[1:-1])
        name = found[1].lower()
        if "*" not in name:
            whole.setdefault(name, text_of(written))
            continue
        segment = _SEGMENT.match(name)
        assert segment is not None
        parts.setdefault(segment[1], []).append((int(segment[2] or 0), segment[3] is not None, written))
    for name, segments in parts.items():
        whole[name] = _joined(sorted(segments, key=lambda one: one[0]))
    return main.strip().lower(), whole


def _joined(segments: list[tuple[int, bool, str]]) -> str:
    """The value of a parameter in segments (RFC 2231, sections 3 and 4)."""
    charset, pieces = "", []
    for number, encoded, written in segments:
        if encoded and not number and written.count("'") >= 2:
            charset, _, written = written.split("'", 2)
        pieces.append(unquote_to_bytes(written) if encoded else written.encode())
    return charset_text(b"".join(pieces), charset)


def addresses(value: bytes) -> list[Address]:
    """Everybody in a field of addresses; a name without an address counts, a group's own name does not."""
    found: list[Address] = []
    name, address, comment = "", "", ""
    for token in _ADDRESS.finditer(loose_text(value)):
        text = token[0]
        first = text[0]
        if first in ",;":
            surname = first == "," and not address and "@" not in name and name.strip()
            if surname and '"' not in name and _goes_on(token.string, token.end()):
                name += ", "
                continue
            _note(found, name, address, comment)
            name, address, comment = "", "", ""
        elif first == "<" and len(text) > 1:
            address = text[1:-1].strip() or address
        elif first == "(" and len(text) > 1:
            comment = text[1:-1]
        elif first == '"' and len(text) > 1:
            name += _ESCAPED.sub(r"\1", text[1:-1])
        else:
            name += text.rpartition(":")[2] if ":" in text and "@" not in text.partition(":")[0] else text
    _note(found, name, address, comment)
    return found


def _goes_on(text: str, at: int) -> bool:
    """Whether the comma before `at` stands inside a name (`Surname, Given <address>`)."""
    rest = text[at : at + 80]
    angle = rest.find("<")
    return angle > 0 and not any(sign in rest[:angle] for sign in ',;@"')


def _note(found: list[Address], name: str, address: str, comment: str) -> None:
    """One more, if there is anybody; an address alone has its comment for a name."""
    name = " ".join(text_of(name).split()).strip("'\" ")
    if not address and "@" in name:
        name, address = "", name.replace(" ", "")
    name = name or " ".join(text_of(comment).split())
    if name or address:
        found.append(Address("" if name == address else name, address))
