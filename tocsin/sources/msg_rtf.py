"""The text of a message's RTF: the page that Outlook hid in it, or its own words.

Rules: RTF 1.9.1 (groups, control words, `\\'hh`, `\\u`), [MS-OXRTFEX] 2.1 (`\\fromhtml1`, `\\htmltag`, `\\htmlrtf`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_SILENT = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata datastore listtable listoverridetable generator xmlnstbl"
    b" rsidtbl latentstyles".split()
)
_SIGNS = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—",
}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    silent: bool = False
    tag: bool = False
    hidden: bool = False
    skip: int = 1


@dataclass(slots=True)
class _Reader:
    """An RTF on its way to text; `page` where it was made of HTML, whose tags then are text."""

    codec: str
    page: bool
    out: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    skipped: int = 0

    def put(self, text: str) -> None:
        """More text, after the bytes that wait for their code page."""
        if self.waiting:
            self.out.append(self.waiting.decode(self.codec, "replace"))
            self.waiting.clear()
        self.out.append(text)


def text_of_rtf(data: bytes) -> tuple[str, bool]:
    """The text of an RTF, and whether it is an HTML page; linear in time, whatever its groups are."""
    told = re.search(rb"\\ansicpg(\d{1,5})", data[:4096])
    reader = _Reader(_codec(told[1]) if told else "cp1252", b"\\fromhtml1" in data[:4096])
    stack: list[_Group] = []
    group = _Group()
    for token in _TOKEN.finditer(data):
        word, number, byte, symbol, brace, plain = token.groups()
        if brace == b"{":
            if len(stack) < 1000:
                stack.append(group)
            group = _Group(group.silent, group.tag, group.hidden, group.skip)
        elif brace == b"}":
            group = stack.pop() if stack else _Group()
        elif word is not None:
            _control(reader, group, word, number)
        elif symbol == b"*":
            group.silent = True
        elif reader.skipped and (byte or plain or symbol):
            _skip(reader, group, plain)
        elif _shown(reader, group):
            _content(reader, byte, symbol, plain)
    reader.put("")
    return "".join(reader.out), reader.page


def _codec(page: bytes) -> str:
    name = f"cp{int(page)}"
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return "utf-8" if name == "cp65001" else name


def _shown(reader: _Reader, group: _Group) -> bool:
    return (not group.silent or group.tag) and not (reader.page and group.hidden)


def _control(reader: _Reader, group: _Group, word: bytes, number: bytes | None) -> None:
    """One control word."""
    if word in _SILENT:
        group.silent = True
    elif word in (b"htmltag", b"mhtmltag"):
        group.tag = reader.page and word == b"htmltag"
        group.silent = True
    elif word == b"htmlrtf":
        group.hidden = number != b"0"
    elif word == b"uc":
        group.skip = min(int(number or 1), 8)
    elif word == b"bin":
        group.silent = True
    elif word == b"u" and number is not None and _shown(reader, group):
        code = int(number) & 0xFFFF
        reader.put(chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd")
        reader.skipped = group.skip
    elif word in _SIGNS and _shown(reader, group):
        reader.put(_SIGNS[word])


def _skip(reader: _Reader, group: _Group, plain: bytes | None) -> None:
    """What stands after `\\u` for readers that do not know it."""
    if plain is None:
        reader.skipped -= 1
        return
    rest = plain[reader.skipped :]
    reader.skipped = 0
    if rest and _shown(reader, group):
        reader.put(rest.decode(reader.codec, "replace"))


def _content(reader: _Reader, byte: bytes | None, symbol: bytes | None, plain: bytes | None) -> None:
    if byte is not None:
        reader.waiting += bytes.fromhex(byte.decode())
    elif plain is not None:
        reader.put(plain.decode(reader.codec, "replace"))
    elif symbol in (b"\\", b"{", b"}"):
        reader.put(symbol.decode())
    elif symbol == b"~":
        reader.put(" ")
    elif symbol in (b"\n", b"\r"):
        reader.put("\n")
