"""What was handed in: how much, in which formats."""

from __future__ import annotations

import polars as pl

from tocsin.report.grid import Row, table
from tocsin.report.markup import Html, tag
from tocsin.report.view import View


def handed(view: View) -> Html:
    """The section: one sentence and a table by format."""
    words, totals = view.words, view.digest.totals
    lead = words.say(
        "report.handed.lead",
        sources=view.link(
            words.plural("report.sources", totals.sources, count=words.number(totals.sources)), "sources"
        ),
        size=view.link(words.size(totals.bytes), "m-bytes"),
        records=view.link(
            words.plural("report.records", totals.records, count=words.number(totals.records)), "m-records"
        ),
    )
    parts = [tag("h2", words.say("report.handed.title")), tag("p", lead)]
    if totals.sources:
        parts.append(_formats(view))
    return tag("section", *parts, id="handed")


def _formats(view: View) -> Html:
    """Sources, records and size by format, the largest first."""
    grouped = view.results.sources.group_by("format", maintain_order=True).agg(
        pl.len().alias("sources"),
        pl.col("records").sum(),
        pl.col("bytes").sum(),
        pl.col("unread").sum(),
        pl.col("unread").null_count().alias("unsaid"),
    )
    rows = []
    for line in grouped.sort(-pl.col("bytes"), "format").iter_rows(named=True):
        rows.append(
            Row(
                (
                    tag("span", line["format"] or view.words.say("report.unknown_format"), class_="term"),
                    view.count(line["sources"], "sources"),
                    view.count(line["records"], "m-records"),
                    _unread(view, line["unread"], line["unsaid"]),
                    view.link(view.words.size(line["bytes"]), "m-bytes"),
                )
            )
        )
    heads = [
        view.words.say(f"report.head.{name}") for name in ("format", "sources", "records", "unread", "size")
    ]
    return table(view.words.say("report.handed.caption"), heads, rows, numeric=(1, 2, 3, 4))


def _unread(view: View, known: int, unsaid: int) -> Html:
    """Unread records: a number, "unknown", or at least a number where some sources cannot say."""
    if not unsaid:
        return view.count(known, "unread")
    if not known:
        return view.link(view.words.say("report.unread.unknown"), "unread")
    return view.link(view.words.say("report.at_least", count=view.words.number(known)), "unread")
