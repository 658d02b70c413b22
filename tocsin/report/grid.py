"""Tables for the page: a caption, heads with their scope, numbers to the right, and a line for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.report.markup import EMPTY, Html, join, tag


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line, the first its head; `anchor` is its id where something links to it."""

    cells: tuple[Html, ...]
    anchor: str | None = None


def table(
    caption: Html,
    heads: Sequence[Html],
    rows: Sequence[Row],
    *,
    numeric: Sequence[int] = (),
    rest: Html | None = None,
) -> Html:
    """A table that scrolls inside itself. `numeric` are the columns of numbers; `rest` says what is left out."""
    top = [
        tag("th", head, scope="col", class_="num" if at in numeric else None) for at, head in enumerate(heads)
    ]
    body = [_line(row, numeric) for row in rows]
    foot = EMPTY
    if rest is not None:
        foot = tag("tfoot", tag("tr", tag("td", rest, colspan=len(heads), data_why=True)))
    whole = tag(
        "table",
        tag("caption", tag("span", caption)),
        tag("thead", tag("tr", *top)),
        tag("tbody", *body),
        foot,
    )
    return tag("div", whole, class_="scroll", role="group", tabindex=0, aria_label=caption)


def _line(row: Row, numeric: Sequence[int]) -> Html:
    """One line."""
    first = tag("th", row.cells[0], scope="row")
    others = [
        tag("td", cell, class_="num" if at in numeric else None)
        for at, cell in enumerate(row.cells[1:], start=1)
    ]
    return tag("tr", first, join(others), id=row.anchor)
