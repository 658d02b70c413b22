"""The bundled lists as frames to join with: how much likelier a word is in each list than as any string at all.

The measure is the decimal logarithm of the square root of a word's weight over the list's sum of square
roots, against `ANYTHING`. The square root stands for drawing distinct values, which flattens frequencies.
"""

from __future__ import annotations

import io
from functools import cache

import polars as pl

from tocsin.kinds.lists import key as folded
from tocsin.kinds.lists import load, rows, text_of

ANYTHING = 5e-7


@cache
def words() -> pl.DataFrame:
    """token → `given`, `surname`, `word`: log₁₀ ratios, null where a list lacks the token."""
    names = load("given_names")
    frame = _weighed(pl.DataFrame({"token": list(names), "weight": list(names.values())}), "given")
    for score, file in (("surname", "surnames"), ("word", "words")):
        text = io.StringIO(text_of(file))
        columns = ["token", "weight"]
        read = pl.read_csv(text, separator="\t", has_header=False, new_columns=columns, quote_char=None)
        frame = frame.join(_weighed(read, score), on="token", how="full", coalesce=True)
    return frame


@cache
def wholes() -> pl.DataFrame:
    """whole value → `city` (log₁₀ ratio), `level` (1 département … 3 region), `nation` (1 country, 2 people)."""
    cities, levels = load("communes"), load("regions")
    frame = _weighed(pl.DataFrame({"token": list(cities), "weight": list(cities.values())}), "city")
    regions = pl.DataFrame({"token": list(levels), "level": list(levels.values())})
    nations: dict[str, int] = {}
    for row in rows("nationalities"):
        nations |= {folded(cell): 1 for cell in row[3:] if cell and folded(cell) not in nations}
    for row in rows("nationalities"):
        nations |= {folded(cell): 2 for cell in row[:3] if cell}
    people = pl.DataFrame({"token": list(nations), "nation": list(nations.values())})
    return frame.join(regions, on="token", how="full", coalesce=True).join(
        people, on="token", how="full", coalesce=True
    )


def _weighed(frame: pl.DataFrame, score: str) -> pl.DataFrame:
    """The list's log₁₀ ratios in a column of that name."""
    root = pl.col("weight").cast(pl.Float64).sqrt()
    return frame.select("token", (root / root.sum() / ANYTHING).log10().alias(score))
