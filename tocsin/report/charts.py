"""Pictures as inline SVG without script: bars and a heat map, in the page's own colours and letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.report.markup import Html, clip, join, tag

STEP = 2.9
WIDEST = 74.0
CELL, ROW, LABELS, HEADS = 2.6, 1.9, 14.5, 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its name, its length, the number as written, and the anchor that explains it."""

    label: str
    value: int
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One square of a heat map: a step of the scale (0 the palest), what it says, and its anchor."""

    step: int
    text: str
    href: str


def bars(rows: Sequence[Bar], *, key: str, title: str, description: str) -> Html:
    """Horizontal bars from zero in the order given, each named above and numbered at its end.

    Widths are shares of the picture, letters keep their size: legible from 320 px up. `key` makes the
    picture's ids unique in the page. The numbers' links are for the pointer; the table beside the
    picture holds the same ones for the keyboard.
    """
    most = max((row.value for row in rows), default=0) or 1
    drawn = [_bar(row, at * STEP, row.value / most * WIDEST) for at, row in enumerate(rows)]
    foot = tag("line", x1=0, x2=0, y1="0.2em", y2=em(len(rows) * STEP), class_="axis")
    return picture(key, title, description, [*drawn, foot], "100%", len(rows) * STEP + 0.2, "bars")


def _bar(row: Bar, top: float, width: float) -> Html:
    """Name, bar and number of one row, `top` in em, `width` in hundredths of the picture."""
    width = max(width, 0.4) if row.value else 0.0
    number = tag("text", row.text, x=f"{width:.2f}%", y=em(top + 2.15), dx="0.45em", class_="number")
    return join(
        [
            tag("text", clip(row.label, 34), x=0, y=em(top + 1.05), dx="0.35em", class_="label"),
            tag("rect", x=0, y=em(top + 1.4), width=f"{width:.2f}%", height="0.95em", class_="bar"),
            tag("a", number, href=row.href, tabindex=-1),
        ]
    )


def heat(
    lines: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    cells: Mapping[tuple[str, str], Cell],
    *,
    key: str,
    title: str,
    description: str,
) -> Html:
    """A grid of squares: `lines` and `columns` are (key, name), `cells` by (line key, column key).

    A missing cell is drawn as an empty square with a dot: nothing found. Sizes are in em; a narrow page
    scrolls it inside its frame.
    """
    drawn = [_head(name, LABELS + at * CELL + CELL / 2) for at, (_, name) in enumerate(columns)]
    for down, (line, name) in enumerate(lines):
        top = HEADS + down * ROW
        drawn.append(tag("text", clip(name, 24), x=em(LABELS - 0.6), y=em(top + 1.25), class_="line"))
        for across, (column, _) in enumerate(columns):
            drawn.append(_cell(cells.get((line, column)), LABELS + across * CELL, top))
    width, height = LABELS + len(columns) * CELL + 9, HEADS + len(lines) * ROW + 0.3
    return picture(key, title, description, drawn, em(width), height, "heat")


def _head(name: str, left: float) -> Html:
    """A column's name, turned, its foot at `left` em."""
    text = tag("text", clip(name, 23), transform="rotate(-45)", class_="head")
    return tag("svg", text, x=em(left), y=em(HEADS - 0.5))


def _cell(cell: Cell | None, left: float, top: float) -> Html:
    """One square, or the dot of an empty one."""
    box = {"x": em(left + 0.06), "y": em(top + 0.06), "width": em(CELL - 0.12), "height": em(ROW - 0.12)}
    if cell is None:
        return tag("rect", **box, class_="none")
    return tag(
        "a", tag("rect", tag("title", cell.text), **box, class_=f"h{cell.step}"), href=cell.href, tabindex=-1
    )


def picture(
    key: str, title: str, description: str, parts: Sequence[Html], width: str, height: float, style: str
) -> Html:
    """The SVG with its name and description for those who do not see it."""
    names = [tag("title", title, id=f"{key}-t"), tag("desc", description, id=f"{key}-d")]
    return tag(
        "svg",
        *names,
        *parts,
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
        width=width,
        height=em(height),
        class_=style,
        focusable="false",
    )


def em(value: float) -> str:
    """A length in em."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "em"
