"""What was found: kinds by number of values."""

from __future__ import annotations

from tocsin.report.charts import Bar, bars
from tocsin.report.digest import KindTotal
from tocsin.report.grid import Row, table
from tocsin.report.markup import Html, safe, tag
from tocsin.report.view import View

BARS, TABLE = 14, 60


def kinds(view: View) -> Html:
    """The section: bars and their table."""
    words, found = view.words, view.digest.kinds
    head = tag("h2", words.say("report.kinds.title"))
    if not found:
        return tag("section", head, tag("p", words.say("report.kinds.empty"), class_="empty"), id="kinds")
    figure = tag(
        "figure",
        _bars(view, found[:BARS]),
        tag("figcaption", words.say("report.kinds.figure")),
        class_="picture",
    )
    return tag(
        "section",
        head,
        tag(
            "p", words.say("report.kinds.lead", values=view.link(words.say("report.kinds.what"), "m-values"))
        ),
        tag("div", figure, _table(view, found), class_="pair"),
        id="kinds",
    )


def _bars(view: View, found: tuple[KindTotal, ...]) -> Html:
    """One bar a kind, the most values first."""
    rows = [
        Bar(
            label=view.label(kind.kind),
            value=kind.values,
            text=view.words.number(kind.values),
            href=f"#{view.of_kind(kind.kind)}",
        )
        for kind in found
    ]
    return bars(
        rows,
        key="c-kinds",
        title=view.words.say("report.kinds.picture"),
        description=view.words.say("report.picture.table"),
    )


def _table(view: View, found: tuple[KindTotal, ...]) -> Html:
    """Values, distinct values and sources by kind."""
    rows = [
        Row(
            (
                safe(view.label(kind.kind)),
                view.count(kind.values, view.of_kind(kind.kind)),
                distinct(view, kind),
                view.count(kind.sources, "by-source"),
            )
        )
        for kind in found[:TABLE]
    ]
    heads = [view.words.say(f"report.head.{name}") for name in ("kind", "values", "distinct", "sources")]
    rest = view.rest(len(rows), len(found), "findings.parquet")
    return table(view.words.say("report.kinds.caption"), heads, rows, numeric=(1, 2, 3), rest=rest)


def distinct(view: View, kind: KindTotal) -> Html:
    """Distinct values: a number, or the interval that the columns allow, or about where a sketch counted."""
    words = view.words
    if kind.low != kind.high:
        between = words.say("report.between", low=words.number(kind.low), high=words.number(kind.high))
        return view.link(between, "m-distinct")
    number = words.number(kind.high)
    return view.link(number if kind.exact else words.say("report.about", count=number), "m-distinct")
