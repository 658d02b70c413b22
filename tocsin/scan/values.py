"""Values by whole columns: cut out of a text, normalised and checked as their kind says."""

from __future__ import annotations

import numpy as np
import polars as pl

from tocsin.kinds.kind import Kind
from tocsin.scan import steps
from tocsin.scan.arrays import Bools, Bytes, Places
from tocsin.scan.compiled import holds
from tocsin.scan.strings import Strings

SEPARATOR = 10
FEW = 64  # below, plain Python costs less than a call of the table library
SPECIAL_SPACES = tuple(
    (char.encode(), plain)
    for char, plain in (
        ("\u00a0", b" "),
        ("\u202f", b" "),
        ("\u2007", b" "),
        ("\u2009", b" "),
        ("\u2011", b"-"),
    )
)


def cut(data: Bytes, starts: Places, ends: Places) -> pl.Series:
    """data[start:end] for each pair as strings; line breaks inside become spaces, cut characters are dropped."""
    taken, stops = gathered(data, starts, ends)
    return split(taken, stops)


def gathered(data: Bytes, starts: Places, ends: Places) -> tuple[Bytes, Places]:
    """The bytes of all stretches one after the other, one byte of room after each; and where each room ends."""
    lengths = ends - starts + 1
    stops = np.cumsum(lengths)
    if not len(starts):
        return np.zeros(0, dtype=np.uint8), stops
    at = np.repeat(starts - (stops - lengths), lengths)
    at += np.arange(len(at))
    return data.take(at, mode="clip"), stops


def split(taken: Bytes, stops: Places) -> pl.Series:
    """What `gathered` gave as strings, which hold no line break."""
    if not len(stops):
        return pl.Series([], dtype=pl.String)
    np.putmask(taken, taken == SEPARATOR, 32)
    taken[stops - 1] = SEPARATOR
    joined = taken[:-1].tobytes()
    text = joined.decode("ascii") if joined.isascii() else joined.decode("utf-8", "ignore")
    return pl.Series([text]).str.split("\n").explode()


def normal(kind: Kind, values: pl.Series) -> pl.Series:
    """Each of `values` as `kind.normal` would give it."""
    if len(values) < FEW:
        return pl.Series([kind.normal(value) for value in values.to_list()], dtype=pl.String)
    return steps.normal(kind, values)


def valid(kind: Kind, values: pl.Series) -> Bools:
    """Whether each of the normalised `values` passes the kind's check."""
    if kind.check is None or not len(values):
        return np.ones(len(values), dtype=np.bool_)
    if len(values) < FEW:
        return np.array([kind.check.holds(value) for value in values.to_list()], dtype=np.bool_)
    if Strings(values).any_byte(128, 255) and not values.str.len_bytes().eq(values.str.len_chars()).all():
        return np.array([kind.check.holds(value) for value in values], dtype=np.bool_)
    return holds(kind.check, values)


def plain(data: bytes) -> bytes:
    """Special spaces and hyphens, of which each is one character, as their ASCII fellows (also one)."""
    if data.isascii():
        return data
    for special, usual in SPECIAL_SPACES:
        if special in data:
            data = data.replace(special, usual)
    return data
