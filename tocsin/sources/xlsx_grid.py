"""Plain rows of a sheet of a workbook (XLSX), many at once: cells that say where they stand, as columns of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.sources.cell_text import series_of
from tocsin.sources.spreadsheet import Grid
from tocsin.sources.xlsx_values import Shape

# What follows `<c ` up to the next cell; anything else is left to the reader of single rows.
PLAIN = (
    r'^r="([A-Z]{1,3})([0-9]{1,8})"([^>/]*)'
    r"(?:/>|>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?"
    r'(?:<v>([^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
NAMES = ("letters", "row", "attributes", "value", "inline")
WIDEST = 512
SHARED, AS_WRITTEN, SHAPED, DATED = 0, 1, 2, 3
# Serial numbers of days: the false one of 1900, the first beyond year 9999, 1 January 1970; 1904's first day.
LEAP, LAST, UNIX_EPOCH, FROM_1904 = 60, 2_958_466, 25_569, 1462
_GIVEN = re.compile(r'\b([st])="([^"]*)"')

Numbers = npt.NDArray[np.int64]
Mine = npt.NDArray[np.bool_]


class PlainRows:
    """Turns whole rows into columns. `lost` counts the cells that point to a shared string that is not there.

    `strings` are the shared strings; `shaped` are the styles whose numbers are dates or codes; `text` gives a
    cell's text from its style, type, value and own text.
    """

    def __init__(
        self,
        strings: pl.Series,
        shaped: Mapping[str, Shape],
        text: Callable[[str, str, str, str], str],
        *,
        base_1904: bool,
    ) -> None:
        self._strings, self._shaped, self._text = strings, shaped, text
        self._shift = FROM_1904 if base_1904 else 0
        self.lost = 0

    def grid(self, text: str, place: Callable[[str], int]) -> Grid | None:
        """The rows of `text`; None where a cell is not plain, or rows are missing or in disorder.

        `place` tells a column's place from 0 by its letters.
        """
        if "<!" in text or "<c " not in text:
            return None
        cells = pl.Series("cell", [text]).str.split("<c ").explode(empty_as_null=True).slice(1)
        table = pl.DataFrame([cells]).select(
            pl.col("cell").str.extract_groups(PLAIN).struct.rename_fields(NAMES)
        )
        table = table.unnest("cell")
        if table["letters"].null_count() or len(table) != text.count("<c"):
            return None
        rows = table["row"].cast(pl.Int64).to_numpy()
        steps = np.diff(rows)
        letters = table["letters"].unique(maintain_order=True).to_list()
        if len(letters) > WIDEST or (len(steps) and (steps.min() < 0 or steps.max() > 1)):
            return None
        texts = self._texts(table)
        first, height = int(rows[0]), int(rows[-1] - rows[0]) + 1
        columns = {}
        for letter in sorted(letters, key=place):
            mine = (table["letters"] == letter).to_numpy()
            column = _scattered(texts.filter(pl.Series(mine)), rows[mine] - first, height)
            if column.null_count() < height:
                columns[place(letter)] = column
        return Grid(first, columns)

    def _texts(self, table: pl.DataFrame) -> pl.Series:
        """The text of every cell, null for an empty one."""
        kinds = {one: self._kind(one) for one in table["attributes"].unique().to_list()}
        kind = table["attributes"].replace_strict(kinds, return_dtype=pl.UInt8()).to_numpy()
        text = table["value"]
        shared = kind == SHARED
        if shared.any():
            found = self._pointed(text.filter(pl.Series(shared)))
            text = found if shared.all() else text.scatter(np.flatnonzero(shared), found)
        dated = kind == DATED
        if dated.any():
            days = self._days(text.filter(pl.Series(dated)))
            text = text.scatter(np.flatnonzero(dated), days)
            dated[dated] = days.is_null().to_numpy()
            text = text.scatter(np.flatnonzero(dated), table["value"].filter(pl.Series(dated)))
        odd = (
            dated
            | (kind == SHAPED)
            | ((kind == AS_WRITTEN) & text.str.contains("[.eE]").fill_null(False).to_numpy())
        )
        at = np.flatnonzero(odd)
        if len(at):
            chosen = table[at].select("attributes", "value", "inline").fill_null("")
            changed = [
                self._text(*self._attributes(given), value, own) for given, value, own in chosen.iter_rows()
            ]
            text = text.scatter(at, series_of("", changed))
        return pl.select(pl.when(text != "").then(text)).to_series()

    def _days(self, values: pl.Series) -> pl.Series:
        """Whole days after 1900's false leap day as ISO dates, all others null."""
        days = values.cast(pl.Int32, strict=False)
        whole = pl.when((days > LEAP - self._shift) & (days < LAST - self._shift)).then(days)
        since_1970 = pl.select(whole).to_series() - UNIX_EPOCH + self._shift
        return since_1970.cast(pl.Date).cast(pl.String)

    def _pointed(self, values: pl.Series) -> pl.Series:
        """The shared strings at these places; null, and counted, where there is none."""
        at = values.cast(pl.UInt32, strict=False)
        there = pl.select(pl.when(at < len(self._strings)).then(at)).to_series()
        self.lost += there.null_count() - int((values.fill_null("") == "").sum())
        if not len(self._strings):
            return pl.Series([None] * len(there), dtype=pl.String())
        return self._strings.gather(there)

    def _kind(self, attributes: str) -> int:
        style, kind = self._attributes(attributes)
        if kind == "s":
            return SHARED
        form = self._shaped.get(style)
        if kind not in ("", "n"):
            return SHAPED
        return AS_WRITTEN if form is None else DATED if form.date else SHAPED

    def _attributes(self, given: str) -> tuple[str, str]:
        """A cell's style and type."""
        found = dict(_GIVEN.findall(given))
        return found.get("s", ""), found.get("t", "")


def _scattered(texts: pl.Series, rows: Numbers, height: int) -> pl.Series:
    """A column of `height` rows with `texts` at `rows`, null elsewhere."""
    if len(rows) == height and bool((rows == np.arange(height)).all()):
        return texts
    at = np.full(height, len(texts), dtype=np.int64)
    at[rows] = np.arange(len(texts))
    return pl.concat([texts, pl.Series(texts.name, [None], dtype=pl.String())]).gather(at)
