"""The map of France as tiles: one square a département, near where it lies; overseas and Corsica beside the mainland."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.report.charts import em, picture
from tocsin.report.markup import Html, join, tag

# Each line is a row of squares from north to south; "." is an empty one.
_ROWS = """
.  .  .  .  .  .  62 59 .  .  .  .  .
.  .  .  .  .  76 80 02 08 .  .  .  .
.  .  .  50 14 27 60 95 93 51 55 57 67
29 22 35 53 61 78 92 75 94 77 10 54 88
.  56 44 49 72 28 91 45 89 52 70 .  68
.  .  85 79 37 41 18 58 21 39 25 90 .
.  .  17 86 36 23 03 71 01 74 .  .  .
.  .  16 87 19 63 42 69 38 73 .  .  .
.  .  33 24 46 15 43 07 26 05 .  .  .
.  .  40 47 82 12 48 30 84 04 06 .  .
.  .  64 32 31 81 34 .  13 83 .  2B .
.  .  .  65 09 11 66 .  .  .  .  2A .
.  .  .  .  .  .  .  .  .  .  .  .  .
.  971 972 973 974 975 976 977 978 986 987 988 .
"""
TILES: Mapping[str, tuple[int, int]] = {
    code: (across, down)
    for down, row in enumerate(_ROWS.strip("\n").splitlines())
    for across, code in enumerate(row.split())
    if code != "."
}
SIZE, GAP = 1.9, 0.12
STEPS = 5


def france(
    counts: Mapping[str, int], *, key: str, title: str, description: str, said: Mapping[str, str]
) -> Html:
    """The map with each département shaded by its number of persons, in five steps of the square root.

    `counts` by code of département, `said` the words of each square (name and number).
    """
    most = max((counts.get(code, 0) for code in TILES), default=0)
    drawn = [_tile(code, counts.get(code, 0), most, said.get(code, code)) for code in TILES]
    width = max(across for across, _ in TILES.values()) + 1
    height = max(down for _, down in TILES.values()) + 1
    return picture(key, title, description, drawn, em(width * SIZE), height * SIZE, "map")


def step(count: int, most: int) -> int | None:
    """The shade of a number, 0 the palest; None for nobody."""
    if count <= 0 or most <= 0:
        return None
    return min(int((count / most) ** 0.5 * STEPS), STEPS - 1)


def _tile(code: str, count: int, most: int, said: str) -> Html:
    across, down = TILES[code]
    shade = step(count, most)
    left, top = across * SIZE, down * SIZE
    box = tag(
        "rect",
        tag("title", said),
        x=em(left + GAP / 2),
        y=em(top + GAP / 2),
        width=em(SIZE - GAP),
        height=em(SIZE - GAP),
        class_="none" if shade is None else f"h{shade}",
    )
    dark = shade is not None and shade >= STEPS - 2
    style = "tile on" if dark else "tile"
    text = tag("text", code, x=em((left + SIZE / 2) / 0.75), y=em((top + SIZE * 0.6) / 0.75), class_=style)
    return tag("a", join([box, text]), href="#m-persons", tabindex=-1)
