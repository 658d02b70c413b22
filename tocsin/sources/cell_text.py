"""The cells of typed tables (databases, spreadsheets, Parquet) as the text that a person would read in them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from tocsin.sources.json_rows import whole_text

Cell = str | None
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32)])
# Beyond this a double no longer holds every whole number (IEEE 754).
_EXACT = 1 << 53


def number_text(value: int | float | Decimal) -> str:
    """A number in plain digits: no exponent, no `.0` behind a whole one, so that a long number stays itself."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return str(value)
        if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        text = repr(value)
        if "e" not in text:
            return text
        value = Decimal(text)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bytes_text(value: bytes) -> Cell:
    """Bytes that are text; None for a picture, a document or a key."""
    if not value:
        return None
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if len(text.translate(_CONTROLS)) < len(text) else text


def cell_text(value: object) -> Cell:
    """One cell: None for an empty one and for bytes that are no text; dates in ISO 8601."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return number_text(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes_text(bytes(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value) or None


def column_text(values: Sequence[object]) -> tuple[list[Cell], int]:
    """A whole column, and how many of its cells are bytes that are no text."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {str}:
        return [value or None for value in values], 0  # type: ignore[misc]
    if kinds == {int}:
        return [None if value is None else str(value) for value in values], 0
    cells = [cell_text(value) for value in values]
    if not kinds & {bytes, bytearray, memoryview}:
        return cells, 0
    lost = sum(
        1 for value, cell in zip(values, cells, strict=True) if cell is None and value not in (None, "", b"")
    )
    return cells, lost


def series_of(name: str, cells: Sequence[Cell]) -> pl.Series:
    """A column of strings; halves of characters become U+FFFD."""
    try:
        return pl.Series(name, cells, pl.String())
    except UnicodeEncodeError:
        return pl.Series(name, [cell if cell is None else whole_text(cell) for cell in cells], pl.String())
