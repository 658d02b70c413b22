"""JSON values as the rows of a table: every path of names a field, numbers exactly as they are written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from tocsin.sources.limits import limit
from tocsin.sources.source import Rows

# More names than this that hardly any other object shares are values: an address book by e-mail address.
MANY_NAMES = 64
SHARED = 0.5

Column = list[Any]


class Twice(list[Any]):
    """The values of a name that stands several times in one object."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that stands twice keeps all its values."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: dict[str, list[Any]] = {}
        for name, value in pairs:
            seen.setdefault(name, []).append(value)
        return {name: values[0] if len(values) == 1 else Twice(values) for name, values in seen.items()}
    return found


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str, strict=False
)
_scan = _decoder.raw_decode
_BLANK = " \t\r\n"


def value_at(text: str, at: int) -> tuple[Any, int]:
    """The JSON value that begins at `at` and where it ends.

    Raises ValueError where there is none that is complete, or one deeper than the limit.
    """
    try:
        value, end = _scan(text, at)
    except (RecursionError, ValueError):
        raise ValueError from None
    if text.count("[", at, end) + text.count("{", at, end) > limit("json", "levels") and too_deep(value):
        raise ValueError
    return value, end


def value_of(text: str) -> Any:
    """The one JSON value of `text`. Raises ValueError where it is not one."""
    at = 0
    while at < len(text) and text[at] in _BLANK:
        at += 1
    value, end = value_at(text, at)
    if end < len(text) and text[end:].strip(_BLANK):
        raise ValueError
    return value


def too_deep(value: Any) -> bool:
    """Whether brackets stand deeper inside each other than the limit."""
    level, inside = 0, [value]
    while inside:
        level += 1
        if level > limit("json", "levels"):
            return True
        inside = [
            child
            for parent in inside
            if isinstance(parent, (dict, list))
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, (dict, list))
        ]
    return False


def rows_of(values: Sequence[Any], numbers: Sequence[int]) -> Rows | None:
    """Top-level values as rows; None without any.

    An object's names become fields (`person.name`), a list of plain values a list column (`emails[]`), a
    list of objects one list column a path (`addresses[].city`), all of equal length in a row. A value
    that is no object goes to the field `value`. A name that stands twice gives a list column.
    """
    if not values:
        return None
    columns = _columns(list(values), "")
    series = [_series(name, column) for name, column in columns.items()]
    if not series:
        series = [pl.Series("value", [None] * len(values), pl.String())]
    return Rows(frame=pl.DataFrame(series), numbers=pl.Series(np.asarray(numbers, np.uint64)))


def _series(name: str, column: Column) -> pl.Series:
    """A column of strings, or of lists of strings as soon as one cell is a list."""
    name = whole_text(name)
    try:
        return (
            _lists(name, column) if list in set(map(type, column)) else pl.Series(name, column, pl.String())
        )
    except UnicodeEncodeError:
        return _series(name, [_whole_cell(cell) for cell in column])


def _lists(name: str, column: Column) -> pl.Series:
    """Lists as polars builds them fastest: all their cells laid flat, then gathered again by owner."""
    cells = [cell if type(cell) is list else [cell] for cell in column]
    counts = [len(cell) if owner is not None else 0 for owner, cell in zip(column, cells, strict=True)]
    flat = [part for owner, cell in zip(column, cells, strict=True) if owner is not None for part in cell]
    owners = np.repeat(np.arange(len(column), dtype=np.uint32), counts)
    pairs = pl.DataFrame([pl.Series("owner", owners), pl.Series(name or "value", flat, pl.String())])
    lists = pairs.group_by("owner", maintain_order=True).agg(pl.last())
    every = pl.DataFrame({"owner": np.arange(len(column), dtype=np.uint32)})
    return every.join(lists, on="owner", how="left", maintain_order="left").to_series(1).rename(name)


def whole_text(text: str) -> str:
    """`text` with halves of characters (lone surrogates, which JSON can escape) as U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _whole_cell(cell: Any) -> Any:
    if type(cell) is list:
        return [_whole_cell(part) for part in cell]
    return cell if cell is None else whole_text(cell)


def _columns(values: list[Any], path: str) -> dict[str, Column]:
    """The columns that `values` (None where there is none) make under `path`."""
    kinds = set(map(type, values))
    found: dict[str, Column] = {}
    if kinds - {dict, list, Twice, type(None)}:
        found[path or "value"] = _plain(values, kinds)
    if dict in kinds:
        objects = values if kinds == {dict} else [value if type(value) is dict else None for value in values]
        _join(found, _fields(objects, path))
    if list in kinds:
        _join(found, _listed([value if type(value) is list else None for value in values], f"{path}[]"))
    if Twice in kinds:
        _join(found, _listed([value if type(value) is Twice else None for value in values], path))
    return found


def _plain(values: list[Any], kinds: set[type]) -> Column:
    """Strings and numbers as they are, truth values as words, an empty string as null."""
    if bool in kinds or kinds & {dict, list, Twice}:
        words = {True: "true", False: "false"}
        return [
            words[value] if type(value) is bool else value if type(value) is str and value else None
            for value in values
        ]
    return [value or None for value in values]


def _fields(objects: list[dict[str, Any] | None], path: str) -> dict[str, Column]:
    """The columns of objects, by name; names that are values themselves become one field `*.key`."""
    names = dict.fromkeys(name for found in objects if found for name in found)
    if len(names) > MANY_NAMES and _unshared(objects, len(names)):
        pairs = [
            [{"key": name, "": value} for name, value in found.items()] if found else None
            for found in objects
        ]
        return _listed(pairs, f"{path}.*" if path else "*")
    found: dict[str, Column] = {}
    for name in names:
        column = [parent.get(name) if parent is not None else None for parent in objects]
        _join(found, _columns(column, _path(path, name)))
    return found


def _unshared(objects: list[dict[str, Any] | None], names: int) -> bool:
    """Whether an object holds, on average, few of the names that the others hold."""
    held = [len(found) for found in objects if found]
    largest = max(held)
    return largest > MANY_NAMES and (len(held) == 1 or sum(held) / len(held) < SHARED * names)


def _path(path: str, name: str) -> str:
    if not name:
        return path or "value"
    return f"{path}.{name}" if path else name


def _listed(lists: list[list[Any] | None], path: str) -> dict[str, Column]:
    """The list columns of lists: their elements' columns, cut again by owner."""
    elements = [element for found in lists if found for element in found]
    counts = [len(found) if found else 0 for found in lists]
    return {name: _regrouped(column, counts) for name, column in _columns(elements, path).items()}


def _regrouped(column: Column, counts: list[int]) -> Column:
    """`column` cut into lists of `counts` cells; lists inside are laid flat, a list of nothing is null."""
    cells: Column = []
    at = 0
    for count in counts:
        group = column[at : at + count]
        at += count
        if any(type(cell) is list for cell in group):
            group = [part for cell in group for part in (cell if type(cell) is list else [cell])]
        cells.append(group if any(cell is not None for cell in group) else None)
    return cells


def _join(found: dict[str, Column], more: dict[str, Column]) -> None:
    """Add columns; two of one name become one, with lists where both have a value."""
    for name, column in more.items():
        there = found.get(name)
        found[name] = (
            column if there is None else [_both(*cells) for cells in zip(there, column, strict=True)]
        )


def _both(one: Any, other: Any) -> Any:
    if one is None or other is None:
        return other if one is None else one
    return (one if type(one) is list else [one]) + (other if type(other) is list else [other])
