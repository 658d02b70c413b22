"""The cells of a column, their places in a joined text, and the masked examples that are kept of them."""

from __future__ import annotations

import numpy as np
import polars as pl

from tocsin.masked import mask
from tocsin.scan.arrays import Bools, Places
from tocsin.scan.tally import SAMPLES


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
    if column.dtype == pl.List(pl.String):
        lengths = column.list.len().fill_null(0).to_numpy().astype(np.int64)
        at = np.repeat(np.arange(len(column)), lengths)
        column = column.filter(column.list.len() > 0).explode()
    else:
        at = np.arange(len(column))
    column = column.str.strip_chars()
    full = (column != "").fill_null(False)
    if full.all():
        return column, at
    chosen = full.to_numpy()
    return column.filter(full), at[chosen]


def sample(samples: list[str], values: pl.Series, passed: Bools, show: tuple[int, int]) -> None:
    """Keep up to three masked examples."""
    for index in np.flatnonzero(passed)[: SAMPLES - len(samples)].tolist():
        masked = mask(str(values[index]), *show)
        if masked not in samples:
            samples.append(masked)
