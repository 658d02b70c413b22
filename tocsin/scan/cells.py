"""The cells of a column, their places in a joined text, and the masked examples that are kept of them."""

from __future__ import annotations

import numpy as np
import polars as pl

from tocsin.masked import mask
from tocsin.scan.arrays import Bools, Places
from tocsin.scan.repeats import Cells, Folded, alike, folded
from tocsin.scan.strings import Strings
from tocsin.scan.tally import SAMPLES
from tocsin.scan.values import plain

APART = "\x1e"  # the record separator of ASCII, which no text holds


FEW = 256
# Bytes with which a blank of any script may begin, and those with which one may end (Unicode, White_Space).
_BLANK_FIRST, _BLANK_LAST = np.zeros(256, dtype=np.bool_), np.zeros(256, dtype=np.bool_)
_BLANK_FIRST[[*range(33), 0xC2, 0xE1, 0xE2, 0xE3]] = True
_BLANK_LAST[[*range(33), *range(0x80, 0xC0)]] = True


class Characters:
    """Turns byte places of a UTF-8 text into character places."""

    def __init__(self, data: bytes) -> None:
        self._extra: Places | None = None
        if not data.isascii():
            array = np.frombuffer(data, dtype=np.uint8)
            self._extra = np.flatnonzero((array & 0xC0) == 0x80)

    def at(self, places: Places) -> Places:
        """Characters before each byte place."""
        return places if self._extra is None else places - np.searchsorted(self._extra, places)


def cells(column: pl.Series) -> tuple[pl.Series, Places]:
    """The non-empty values of a column without the blanks around them, and the row of each."""
    found = filled(column)
    return found.each(), found.at


def filled(column: pl.Series) -> Cells:
    """The non-empty cells of a column without the blanks around them."""
    if column.dtype == pl.List(pl.String):
        lengths = column.list.len().fill_null(0).to_numpy().astype(np.int64)
        at = np.repeat(np.arange(len(column)), lengths)
        column = column.filter(column.list.len() > 0).explode()
    else:
        at = np.arange(len(column))
    column = column.rechunk()
    if column.null_count():
        at, column = at[column.is_not_null().to_numpy()], column.drop_nulls()
    fold = folded(column)
    if fold is None:
        values = stripped(column)
        return Cells(at, values).kept((values != "").to_numpy())
    values = fold.values.str.strip_chars()
    if (values != fold.values).any():
        again = alike(values)
        values, fold = again.values, Folded(again.values, again.codes[fold.codes])
    return Cells(at, values, fold).kept((values != "").to_numpy())


def stripped(values: pl.Series) -> pl.Series:
    """`values` (no nulls) without the blanks around them; where none has some, which the outer bytes tell, as they are."""
    if len(values) < FEW:
        return values.str.strip_chars()
    first, last = Strings(values).edges()
    doubtful = np.flatnonzero(_BLANK_FIRST[first] | _BLANK_LAST[last])
    if not len(doubtful):
        return values
    some = values.gather(doubtful)
    return values if (some.str.strip_chars() == some).all() else values.str.strip_chars()


def running(texts: pl.Series) -> tuple[bytes, Places]:
    """Texts of several lines as one, a control character between them, special spaces made plain; and the place
    at which each begins."""
    if texts.str.contains(APART, literal=True).any():
        texts = texts.str.replace_all(APART, " ", literal=True)
    text = plain(texts.str.join(APART).item().encode("utf-8"))
    return text, np.append(0, np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord(APART)) + 1)


def sample(samples: list[str], values: pl.Series, passed: Bools, show: tuple[int, int]) -> None:
    """Keep up to three masked examples."""
    for index in np.flatnonzero(passed)[: SAMPLES - len(samples)].tolist():
        masked = mask(str(values[index]), *show)
        if masked not in samples:
            samples.append(masked)
