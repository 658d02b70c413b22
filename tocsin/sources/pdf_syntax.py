"""The objects of PDF as they are written: numbers, names, strings, arrays, dictionaries, references (ISO 32000-2, 7.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEPTH = 200
TOKENS = 1_000_000

_BLANK = rb"[\0\t\n\f\r ]"
_TOKEN = re.compile(
    rb"(?:[\0\t\n\f\r ]|%[^\r\n]*+)*+(<<|>>|\[|\]|/[^\0\t\n\f\r ()<>\[\]{}/%]*+|\(|<[0-9A-Fa-f\0\t\n\f\r ]*+>"
    rb"|[+-]?[0-9]+(?![0-9.])|[+-]?[0-9]*\.?[0-9]*(?=[\0\t\n\f\r ()<>\[\]{}/%])|[A-Za-z][A-Za-z0-9]*)"
)
_PARENTHESIS = re.compile(rb"[()\\]")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
# ISO 32000-2, annex D.2: where PDFDocEncoding is not ISO 8859-1.
_DOC_ENCODING = dict(
    zip(
        [*range(0x18, 0x20), *range(0x80, 0x9F), 0xA0],
        "\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž€",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to another object."""

    number: int
    generation: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name, without its slash."""

    text: str


@dataclass(frozen=True, slots=True)
class _Keyword:
    text: bytes


Value = int | float | bool | None | bytes | Name | Ref | list["Value"] | dict[str, "Value"] | _Keyword


def parse(data: bytes, at: int) -> tuple[Value, int]:
    """The object that begins at `at`, and where it ends; None where there is none, as much as there is of a cut one."""
    stack: list[tuple[bytes, list[Value]]] = [(b"", [])]
    for _ in range(TOKENS):
        token = _TOKEN.match(data, at)
        if token is None or not token[1]:
            break
        sign, at = token[1], token.end()
        if sign in (b"<<", b"["):
            if len(stack) > DEPTH:
                break
            stack.append((sign, []))
            continue
        if sign in (b">>", b"]"):
            if len(stack) == 1:
                break
            opened, held = stack.pop()
            stack[-1][1].append(_pairs(held) if opened == b"<<" else held)
        elif sign == b"(":
            text, at = _string(data, at)
            stack[-1][1].append(text)
        else:
            _simple(sign, stack[-1][1])
        if len(stack) == 1:
            return stack[0][1][0], at
    while len(stack) > 1:
        opened, held = stack.pop()
        stack[-1][1].append(_pairs(held) if opened == b"<<" else held)
    return (stack[0][1][0] if stack[0][1] else None), at


def _simple(sign: bytes, held: list[Value]) -> None:
    """Add a name, a number, a hexadecimal string or a word; `R` makes a reference of two numbers."""
    if sign[:1] == b"/":
        plain = _NAME.sub(lambda found: bytes([int(found[1], 16)]), sign[1:])
        held.append(Name(plain.decode("utf-8", "replace")))
    elif sign[:1] == b"<":
        digits = re.sub(_BLANK, b"", sign[1:-1])
        held.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
    elif sign[:1] in b"+-.0123456789":
        held.append(_number(sign))
    elif sign == b"R" and len(held) >= 2 and isinstance(held[-2], int) and isinstance(held[-1], int):
        generation, number = held.pop(), held.pop()
        assert isinstance(number, int)
        assert isinstance(generation, int)
        held.append(Ref(number, generation))
    else:
        held.append({b"true": True, b"false": False, b"null": None}.get(sign, _Keyword(sign)))


def _number(sign: bytes) -> int | float:
    try:
        return float(sign) if b"." in sign else int(sign[:20])
    except ValueError:
        return 0


def _pairs(held: list[Value]) -> dict[str, Value]:
    """A dictionary of what stood between its brackets; a name that has no value is left out."""
    found: dict[str, Value] = {}
    at = 0
    while at + 1 < len(held):
        key = held[at]
        if isinstance(key, Name):
            found[key.text] = held[at + 1]
            at += 2
        else:
            at += 1
    return found


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """The literal string after its first parenthesis (7.3.4.2)."""
    pieces: list[bytes] = []
    level = 1
    while True:
        found = _PARENTHESIS.search(data, at)
        if found is None:
            return b"".join([*pieces, data[at:]]), len(data)
        pieces.append(data[at : found.start()])
        at = found.end()
        if found[0] == b"\\":
            piece, at = _escape(data, at)
            pieces.append(piece)
            continue
        level += 1 if found[0] == b"(" else -1
        if level == 0:
            return b"".join(pieces), at
        pieces.append(found[0])


def _escape(data: bytes, at: int) -> tuple[bytes, int]:
    """What stands for the escape whose backslash ends at `at`."""
    octal = re.compile(rb"[0-7]{1,3}").match(data, at)
    if octal is not None:
        return bytes([int(octal[0], 8) & 255]), octal.end()
    sign = data[at : at + 1]
    if sign in (b"\r", b"\n"):
        return b"", at + (2 if data[at : at + 2] == b"\r\n" else 1)
    return _ESCAPES.get(sign, sign), at + 1


def text_of(value: object) -> str:
    """A text string as text (7.9.2.2); "" for what is none."""
    if not isinstance(value, bytes):
        return ""
    if value.startswith((b"\xfe\xff", b"\xff\xfe")):
        return value[2:].decode("utf-16-be" if value[0] == 0xFE else "utf-16-le", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1").translate(_DOC_ENCODING)
