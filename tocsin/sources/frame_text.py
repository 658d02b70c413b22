"""Typed columns of polars as text: numbers in plain digits, dates in ISO 8601, nested ones under paths of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from tocsin.sources.cell_text import cell_text, column_text, series_of
from tocsin.sources.csv_header import unique_names
from tocsin.sources.json_rows import rows_of
from tocsin.sources.source import Rows

# Beyond this a double no longer holds every whole number (IEEE 754).
_EXACT = float(1 << 53)


def rows_from(frame: pl.DataFrame, first: int) -> tuple[Rows, int]:
    """The rows of `frame` as records numbered from `first`, and how many of its cells are bytes that are no text."""
    numbers = np.arange(first, first + frame.height, dtype=np.uint64)
    series: list[pl.Series] = []
    lost = 0
    for name, column in zip(unique_names(frame.columns), frame.get_columns(), strict=True):
        if column.dtype.is_nested():
            nested = rows_of([{name: _plain(value)} for value in column.to_list()], numbers.tolist())
            series += nested.frame.get_columns() if nested is not None else []
            continue
        text, missed = _text(column)
        lost += missed
        series.append(text.rename(name))
    names = unique_names([one.name for one in series])
    table = pl.DataFrame([one.rename(name) for one, name in zip(series, names, strict=True)])
    return Rows(frame=table, numbers=pl.Series(numbers)), lost


def rows_from_cells(names: Sequence[str], columns: Sequence[Sequence[Any]], first: int) -> tuple[Rows, int]:
    """As `rows_from`, for columns of cells of any type, lists and objects among them."""
    numbers = np.arange(first, first + len(columns[0]), dtype=np.uint64)
    series: list[pl.Series] = []
    lost = 0
    for name, values in zip(unique_names(names), columns, strict=True):
        if any(isinstance(value, (dict, list, tuple)) for value in values):
            nested = rows_of([{name: _plain(value)} for value in values], numbers.tolist())
            series += nested.frame.get_columns() if nested is not None else []
            continue
        cells, missed = column_text(values)
        lost += missed
        series.append(series_of(name, cells))
    final = unique_names([one.name for one in series])
    table = pl.DataFrame([one.rename(name) for one, name in zip(series, final, strict=True)])
    return Rows(frame=table, numbers=pl.Series(numbers)), lost


def _plain(value: Any) -> Any:
    """A nested value as JSON would say it, every leaf a string."""
    if isinstance(value, dict):
        return {name: _plain(child) for name, child in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return [_plain(child) for child in value]
    return cell_text(value)


def _text(column: pl.Series) -> tuple[pl.Series, int]:
    """One flat column."""
    kind = column.dtype
    if kind == pl.Null():
        return pl.Series(column.name, [None] * len(column), pl.String()), 0
    if kind.is_float():
        return _floats(column), 0
    if kind == pl.Datetime() or isinstance(kind, pl.Datetime):
        return _moments(column), 0
    if kind.is_decimal():
        return _stripped(column.cast(pl.String()), r"\.0+$"), 0
    if kind in (pl.String, pl.Categorical, pl.Enum):
        text = column.cast(pl.String())
        return pl.select(pl.when(text != "").then(text)).to_series(), 0
    if kind.is_integer() or kind in (pl.Boolean, pl.Date, pl.Time):
        return _stripped(column.cast(pl.String()), r"\.0+$"), 0
    cells, lost = column_text(column.to_list())
    return series_of(column.name, cells), lost


def _floats(column: pl.Series) -> pl.Series:
    """Whole numbers without `.0`; those beyond a double's exactness, or very small ones, without exponent."""
    wide = column.cast(pl.Float64())
    whole = (wide == wide.round(0)) & (wide.abs() < _EXACT)
    text = column.cast(pl.String())
    digits = pl.select(pl.when(whole).then(wide)).to_series().cast(pl.Int64()).cast(pl.String())
    text = pl.select(pl.when(whole).then(digits).otherwise(text)).to_series()
    odd = text.str.contains("[0-9]e").arg_true()
    if not len(odd):
        return text
    return text.scatter(odd, series_of("", [cell_text(value) for value in wide.gather(odd).to_list()]))


def _moments(column: pl.Series) -> pl.Series:
    """Dates with times, without fractions of zero; at midnight the date alone."""
    if isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone is not None:
        column = column.dt.convert_time_zone("UTC")
    return _stripped(column.dt.to_string("%Y-%m-%d %H:%M:%S%.f"), r"(?: 00:00:00)?(?:\.0+)?$")


def _stripped(text: pl.Series, ending: str) -> pl.Series:
    return text.str.replace(ending, "")
