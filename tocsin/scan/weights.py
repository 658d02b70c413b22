"""The bundled lists as tables to look words up in: how much likelier a word is in each list than as any string at all.

The measure is the decimal logarithm of the square root of a word's weight over the list's sum of square
roots, against `ANYTHING`. The square root stands for drawing distinct values, which flattens frequencies.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.lists import key as folded
from tocsin.kinds.lists import load, rows, text_of

ANYTHING = 5e-7
SEED = 1
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers by word; a word is known by its 64-bit hash, as a list of a million makes no two alike by chance."""

    keys: Hashes
    numbers: Numbers

    def of(self, wanted: Hashes, missing: float) -> Numbers:
        """The number of each word (given by `hashed`), `missing` where the list lacks it."""
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[place] == wanted, self.numbers[place], missing)


def hashed(words: pl.Series) -> Hashes:
    """The words as tables know them."""
    return words.hash(SEED).to_numpy()


@cache
def words() -> dict[str, Table]:
    """The lists `given`, `surname` and `word` as log₁₀ ratios by token."""
    given = load("given_names")
    tables = {"given": _weighed(pl.Series(list(given)), pl.Series(list(given.values())))}
    for score, file in (("surname", "surnames"), ("word", "words")):
        text = io.StringIO(text_of(file))
        columns = ["token", "weight"]
        read = pl.read_csv(text, separator="\t", has_header=False, new_columns=columns, quote_char=None)
        tables[score] = _weighed(read["token"], read["weight"])
    return tables


@cache
def wholes() -> dict[str, Table]:
    """Whole values: `city` (log₁₀ ratio), `level` (1 département … 3 region), `nation` (1 country, 2 people)."""
    cities, levels = load("communes"), load("regions")
    nations: dict[str, int] = {}
    for row in rows("nationalities"):
        nations |= {folded(cell): 1 for cell in row[3:] if cell and folded(cell) not in nations}
    for row in rows("nationalities"):
        nations |= {folded(cell): 2 for cell in row[:3] if cell}
    return {
        "city": _weighed(pl.Series(list(cities)), pl.Series(list(cities.values()))),
        "level": _table(levels),
        "nation": _table(nations),
    }


def _weighed(tokens: pl.Series, weights: pl.Series) -> Table:
    """The list's log₁₀ ratios."""
    root = np.sqrt(weights.to_numpy().astype(np.float64))
    return _sorted(hashed(tokens), np.log10(root / root.sum() / ANYTHING))


def _table(numbers: Mapping[str, int]) -> Table:
    return _sorted(hashed(pl.Series(list(numbers))), np.array(list(numbers.values()), dtype=np.float64))


def _sorted(keys: Hashes, numbers: Numbers) -> Table:
    order = np.argsort(keys)
    return Table(keys[order], numbers[order])
