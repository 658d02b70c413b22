"""What could not be read, before anything else: by code, with the reason, the places and the remedy."""

from __future__ import annotations

import polars as pl

from tocsin.report.digest import IssueTotal
from tocsin.report.markup import EMPTY, Html, clip, join, tag
from tocsin.report.view import CODES, View, issue_sentence, remedy_sentence

PLACES = 6


def unread(view: View) -> Html:
    """The section, with an empty state that says that all was read."""
    words, issues = view.words, view.digest.issues
    cards = [_card(view, issue) for issue in issues[:CODES]]
    lead = words.say("report.unread.lead") if issues else words.say("report.unread.empty")
    left = view.rest(len(cards), len(issues), "issues.parquet")
    return tag(
        "section",
        tag("h2", words.say("report.unread.title")),
        tag("p", lead, class_=None if issues else "empty"),
        tag("div", *cards, class_="cards") if cards else EMPTY,
        tag("p", left, class_="quiet", data_why=True) if left is not None else EMPTY,
        id="unread",
    )


def _card(view: View, issue: IssueTotal) -> Html:
    """One code: what happened, how often, what it costs, where, and what to do."""
    words = view.words
    facts = [words.plural("report.issue.count", issue.count, count=words.number(issue.count))]
    facts.append(words.plural("report.issue.sources", issue.sources, count=words.number(issue.sources)))
    facts.append(_bytes(view, issue))
    return tag(
        "article",
        tag("h3", issue_sentence(view, issue)),
        tag("p", join(facts, " · "), class_="facts"),
        tag("p", tag("strong", words.say("report.issue.remedy")), " ", remedy_sentence(view, issue)),
        _places(view, issue),
        id=view.of_issue(issue.code),
        class_="card",
        data_why=True,
    )


def _bytes(view: View, issue: IssueTotal) -> Html:
    """The bytes left unread, as far as known."""
    words = view.words
    if issue.bytes_unread:
        return words.say("report.issue.bytes", size=words.size(issue.bytes_unread))
    return (
        words.say("report.issue.bytes_unknown")
        if issue.bytes_unknown
        else words.say("report.issue.bytes_none")
    )


def _places(view: View, issue: IssueTotal) -> Html:
    """The first places, and how many there are besides."""
    rows = view.results.issues.filter(pl.col("code") == issue.code).sort(
        -pl.col("count"), "source_id", "place", "detail", nulls_last=True
    )
    items = [_place(view, row) for row in rows.head(PLACES).iter_rows(named=True)]
    left = view.rest(len(items), rows.height, "issues.parquet")
    if left is not None:
        items.append(tag("li", left, class_="quiet"))
    return tag("ul", *items, class_="places")


def _place(view: View, row: dict[str, object]) -> Html:
    """One place: source, where in it, how often, the reader's own detail."""
    parts: list[Html] = []
    if row["source"] is not None:
        parts.append(
            tag("a", view.name(str(row["source"])), href=f"#{view.of_source(_number(row['source_id']))}")
        )
    if row["place"] is not None:
        parts.append(view.place(str(row["place"])))
    if row["detail"] is not None:
        parts.append(tag("span", clip(view.plain_name(str(row["detail"]))), class_="quiet"))
    count = _number(row["count"])
    if count > 1:
        parts.append(view.words.plural("report.issue.count", count, count=view.words.number(count)))
    return tag("li", join(parts, " · "))


def _number(value: object) -> int:
    """A whole number of a row; -1 where there is none."""
    return value if isinstance(value, int) else -1
