"""Which kinds stand in which sources: a heat map and the same counts as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from tocsin.report.charts import Cell, heat
from tocsin.report.grid import Row, table
from tocsin.report.markup import Html, safe, tag
from tocsin.report.view import View

OTHERS = ""
LINES, COLUMNS, STEPS = 14, 10, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The sources with the most values (`lines`: id and name, of `whole` in all), the commonest kinds
    (`columns`, the last one standing for all others where there are more), and the counts."""

    lines: tuple[tuple[int, str], ...]
    whole: int
    columns: tuple[str, ...]
    counts: Mapping[tuple[int, str], int]


def by_source(view: View) -> Html:
    """The section, with an empty state."""
    words = view.words
    head = tag("h2", words.say("report.by_source.title"))
    if not view.digest.kinds:
        return tag("section", head, tag("p", words.say("report.kinds.empty"), class_="empty"), id="by-source")
    matrix = _matrix(view)
    name = words.say("report.by_source.picture")
    picture = tag("div", _heat(view, matrix), class_="scroll", role="group", tabindex=0, aria_label=name)
    scale = _scale(view, max(matrix.counts.values()))
    figure = tag(
        "figure", picture, tag("figcaption", words.say("report.by_source.scale"), scale), class_="picture"
    )
    details = tag(
        "details", tag("summary", words.say("report.by_source.table")), _table(view, matrix), open=True
    )
    return tag("section", head, tag("p", words.say("report.by_source.lead")), figure, details, id="by-source")


def _matrix(view: View) -> Matrix:
    """The counts by source and kind."""
    columns = [kind.kind for kind in view.digest.kinds[:COLUMNS]]
    if len(view.digest.kinds) > COLUMNS:
        columns[-1] = OTHERS
    known = pl.col("kind").is_in(columns)
    counts = (
        view.digest.findings.with_columns(
            pl.when(known).then(pl.col("kind")).otherwise(pl.lit(OTHERS)).alias("kind")
        )
        .group_by("source_id", "source", "kind", maintain_order=True)
        .agg(pl.col("valid").sum())
    )
    sums = counts.group_by("source_id", "source", maintain_order=True).agg(pl.col("valid").sum())
    lines = sums.sort(-pl.col("valid"), "source_id").head(LINES)
    shown = counts.filter(pl.col("source_id").is_in(lines["source_id"].to_list()))
    return Matrix(
        lines=tuple(lines.select("source_id", "source").iter_rows()),
        whole=sums.height,
        columns=tuple(columns),
        counts={(row[0], row[1]): row[2] for row in shown.select("source_id", "kind", "valid").iter_rows()},
    )


def _label(view: View, kind: str) -> str:
    """A column's name."""
    return view.words.say("report.by_source.others") if kind == OTHERS else view.label(kind)


def _anchor(view: View, kind: str) -> str:
    """Where a column's numbers are explained."""
    return "kinds" if kind == OTHERS else view.of_kind(kind)


def _heat(view: View, matrix: Matrix) -> Html:
    """The squares; their step is the number of digits of the count."""
    cells = {}
    names = dict(matrix.lines)
    for (source_id, kind), count in matrix.counts.items():
        text = view.words.say(
            "report.by_source.cell",
            source=view.plain_name(names[source_id]),
            kind=_label(view, kind),
            count=view.words.number(count),
        )
        cell = Cell(step=_step(count), text=text, href=f"#{_anchor(view, kind)}")
        cells[(str(source_id), kind)] = cell
    return heat(
        [(str(source_id), view.plain_name(source)) for source_id, source in matrix.lines],
        [(kind, _label(view, kind)) for kind in matrix.columns],
        cells,
        key="c-sources",
        title=view.words.say("report.by_source.picture"),
        description=view.words.say("report.picture.table"),
    )


def _step(count: int) -> int:
    """0 for fewer than ten, 1 for fewer than a hundred, … 5 for a hundred thousand and more."""
    return min(len(str(count)) - 1, STEPS)


def _scale(view: View, most: int) -> Html:
    """The steps in use, each with its range."""
    items = [_swatch(view, "none", view.words.say("report.scale.none"))]
    for step in range(_step(most) + 1):
        low, high = view.words.number(10**step), view.words.number(10 ** (step + 1) - 1)
        words = "report.scale.more" if step == STEPS else "report.scale.range"
        items.append(_swatch(view, f"b{step}", view.words.say(words, low=low, high=high)))
    return tag("ul", *items, class_="scale")


def _swatch(view: View, style: str, words: Html) -> Html:
    """One step of the scale with its range."""
    return tag("li", tag("span", class_=f"swatch {style}", aria_hidden="true"), view.link(words, "m-scale"))


def _table(view: View, matrix: Matrix) -> Html:
    """The same counts as a table."""
    rows = []
    for source_id, source in matrix.lines:
        head = tag("a", view.name(source), href=f"#{view.of_source(source_id)}")
        counts = [_number(view, matrix.counts.get((source_id, kind)), kind) for kind in matrix.columns]
        rows.append(Row((head, *counts)))
    heads = [view.words.say("report.head.source"), *(safe(_label(view, kind)) for kind in matrix.columns)]
    rest = view.rest(len(rows), matrix.whole, "findings.parquet")
    numeric = range(1, len(matrix.columns) + 1)
    return table(view.words.say("report.by_source.caption"), heads, rows, numeric=numeric, rest=rest)


def _number(view: View, count: int | None, kind: str) -> Html:
    """A count, or a dash that says nothing was found."""
    if not count:
        return tag("span", "–", class_="quiet", title=view.words.say("report.scale.none"))
    return view.count(count, _anchor(view, kind))
