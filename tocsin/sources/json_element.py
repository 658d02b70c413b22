"""One element of a JSON array, of an object used as a mapping, or of values in a row."""

from __future__ import annotations

import re
from typing import Any

from tocsin.sources.json_layout import CLOSING, MAPPING, VALUES
from tocsin.sources.json_rows import value_at

_BLANK = re.compile(r"[ \t\r\n]*")


def blank(text: str, at: int) -> int:
    """The first place from `at` on that is no white space."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def element_at(text: str, at: int, shape: str, *, closes: bool = False) -> tuple[Any, int]:
    """The value at `at` and where the next one begins (or with `closes` where this one stops).

    In a mapping the value's name is its field `*.key`. With `closes` the end of the array may follow.
    Raises ValueError where the value, or what stands after it, is not as it should be.
    """
    key = None
    if shape == MAPPING:
        key, at = value_at(text, at)
        at = blank(text, at)
        if type(key) is not str or text[at : at + 1] != ":":
            raise ValueError
        at = blank(text, at + 1)
    value, stop = value_at(text, at)
    at = blank(text, stop)
    if shape != VALUES and at < len(text):
        if text[at] != "," and not (closes and text[at] == CLOSING[shape]):
            raise ValueError
        stop, at = at, at + 1
    if key is not None:
        value = {"*.key": key, **value} if type(value) is dict else {"*.key": key, "*": value}
    return value, stop if closes else at
