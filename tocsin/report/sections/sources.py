"""Every source: format, records, what was left unread, encoding, reader, and its digest."""

from __future__ import annotations

from typing import Any

import polars as pl

from tocsin.report.grid import Row, table
from tocsin.report.markup import Html, tag
from tocsin.report.view import View

HEADS = ("source", "format", "records", "unread", "values", "size", "encoding", "reader", "sha256")


def sources(view: View) -> Html:
    """The section: the table, cut where the pile is big."""
    words = view.words
    rows = [_row(view, line) for line in view.listed.iter_rows(named=True)]
    heads = [words.say(f"report.head.{name}") for name in HEADS]
    rest = view.rest(len(rows), view.results.sources.height, "sources.parquet")
    grid = table(words.say("report.sources.caption"), heads, rows, numeric=(2, 3, 4, 5), rest=rest)
    body = grid if rows else tag("p", words.say("report.sources.empty"), class_="empty")
    return tag(
        "section",
        tag("h2", words.say("report.sources.title")),
        tag("p", words.say("report.sources.lead")),
        body,
        id="sources",
    )


def _row(view: View, line: dict[str, Any]) -> Row:
    """One source."""
    words = view.words
    digest = line["sha256"]
    values = line["values"]
    return Row(
        (
            view.name(line["source"]),
            _term(line["format"] or words.say("report.unknown_format")),
            view.count(line["records"], "m-records") if line["records"] is not None else _dash(view),
            _unread(view, line),
            view.count(values, _gravest(view, line["source_id"])) if values else _dash(view),
            view.link(words.size(line["bytes"]), "m-bytes") if line["bytes"] is not None else _dash(view),
            _term(line["encoding"]) if line["encoding"] else _dash(view),
            _term(line["reader"]) if line["reader"] else _dash(view),
            tag("code", digest[:12] + "…", title=digest, class_="sample") if digest else _dash(view),
        ),
        f"s-{line['source_id']}",
    )


def _unread(view: View, line: dict[str, Any]) -> Html:
    """Unread records, linked to the reason; "unknown" where it cannot be known."""
    mine = set(view.results.issues.filter(pl.col("source_id") == line["source_id"])["code"].to_list())
    first = next((issue.code for issue in view.digest.issues if issue.code in mine), None)
    anchor = view.of_issue(first) if first is not None else "unread"
    if line["unread"] is None:
        return view.link(view.words.say("report.unread.unknown"), anchor)
    return view.count(line["unread"], anchor)


def _gravest(view: View, source_id: int) -> str:
    """The anchor of the gravest finding of a source."""
    first = view.digest.findings.filter(pl.col("source_id") == source_id).head(1).to_dicts()
    return view.of_finding(first[0]) if first else "m-values"


def _dash(view: View) -> Html:
    """Nothing to say."""
    return tag("span", "–", class_="quiet")


def _term(text: str) -> Html:
    """The name of a format, an encoding or a reader."""
    return tag("span", text, class_="term")
