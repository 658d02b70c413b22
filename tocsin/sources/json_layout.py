"""Where the records of a JSON document stand: its own elements, or a long list inside an envelope."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.sources.json_rows import MANY_NAMES

# A string (closed or cut by the end), or a sign; blanks, numbers and words between them do not matter.
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)("?)|([\[\]{},:])', re.DOTALL)
# What may follow a string that is closed; anything else shows that the quotes of a damaged element lead astray.
_AFTER_STRING = re.compile(r"[ \t\r\n]*(?:[:,\]}]|\Z)")
ARRAY, MAPPING, VALUES = "array", "mapping", "values"
CLOSING = {ARRAY: "]", MAPPING: "}", VALUES: ""}
DEPTH = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Elements of a `shape` begin at byte `start` of the text; 0 and VALUES: top-level values in a row."""

    shape: str
    start: int


@dataclass(slots=True)
class _Open:
    """A bracket that is open: where its content begins, how many values and objects directly inside."""

    sign: str
    start: int
    size: int = 0
    objects: int = 0


def layout(text: str) -> Layout:
    """The layout of the document that begins with `text` (256 KiB at most, the mark left out).

    A top-level array: its elements. A top-level object: the elements of the longest array of objects
    (or of the object with more than 64 objects by name) at most two levels inside it, as far as `text` shows;
    the rest of the object is one record more. Otherwise each top-level value is one record.
    """
    begin = len(text) - len(text.lstrip(" \t\r\n"))
    if text[begin : begin + 1] == "[":
        return Layout(ARRAY, len(text[: begin + 1].encode("utf-8", "replace")))
    found: list[tuple[int, _Open]] = []
    for opened, stop in _brackets(text):
        listed = opened.sign == "[" and opened.objects > 0
        if listed or (opened.sign == "{" and opened.objects > MANY_NAMES):
            found.append((stop - opened.start, opened))
    if not found:
        return Layout(VALUES, 0)
    longest = max(found, key=lambda pair: (pair[0], -pair[1].start))[1]
    shape = ARRAY if longest.sign == "[" else MAPPING
    return Layout(shape, len(text[: longest.start].encode("utf-8", "replace")))


def _brackets(text: str) -> list[tuple[_Open, int]]:
    """The brackets one or two levels inside the first top-level object, each with where it ends in `text`.

    From a damaged string on nothing can be told: what is open there is taken to go on to the end.
    """
    stack: list[_Open] = []
    found: list[tuple[_Open, int]] = []
    for token in _TOKEN.finditer(text):
        sign = token[3]
        if token[2] and _AFTER_STRING.match(text, token.end()) is None:
            break
        if sign in ("{", "["):
            if stack and sign == "{":
                stack[-1].objects += 1
            stack.append(_Open(sign, token.end()))
        elif sign in ("}", "]") and stack:
            closed = stack.pop()
            if 1 <= len(stack) <= DEPTH and all(parent.sign == "{" for parent in stack):
                found.append((closed, token.start()))
            if not stack:
                return found
    found += [
        (opened, len(text))
        for level, opened in enumerate(stack)
        if 1 <= level <= DEPTH and all(parent.sign == "{" for parent in stack[:level])
    ]
    return found
