"""The gravest columns: where they are, how much they hold, how sure it is, a masked sample."""

from __future__ import annotations

import polars as pl

from tocsin.report.gravity import rank, ranks
from tocsin.report.grid import Row, table
from tocsin.report.markup import Html, clip, join, tag
from tocsin.report.view import GRAVE, GRAVEST, SENSITIVE, Finding, View, key, sensitive

HEADS = ("place", "kind", "values", "sure", "sample")


def gravest(view: View) -> Html:
    """The section: the first findings in the order of reading."""
    words = view.words
    grave = [rank.order for rank in ranks() if rank.level >= GRAVE]
    found, whole = view.chosen(pl.col("order").is_in(grave), GRAVEST)
    if not found:
        found, whole = view.chosen(pl.lit(True), GRAVEST)
    head = tag("h2", words.say("report.gravest.title"))
    if not found:
        return tag("section", head, tag("p", words.say("report.kinds.empty"), class_="empty"), id="gravest")
    lead = words.say("report.gravest.lead", order=view.link(words.say("report.gravest.order"), "m-order"))
    grid = findings_table(view, found, whole, words.say("report.gravest.caption"))
    return tag("section", head, tag("p", lead), grid, id="gravest")


def health_and_nir(view: View) -> Html:
    """The section: every column with health data or a social-security number, even where there is none."""
    words = view.words
    found, whole = view.chosen(sensitive(), SENSITIVE)
    head = tag("h2", words.say("report.sensitive.title"))
    parts = [tag("p", words.say("report.sensitive.lead"))]
    if found:
        parts.append(findings_table(view, found, whole, words.say("report.sensitive.caption")))
    categories = {finding["category"] for finding in found}
    if "health" not in categories:
        parts.append(tag("p", words.say("report.sensitive.no_health"), class_="empty"))
    if not any(finding["category"] != "health" for finding in found):
        parts.append(tag("p", words.say("report.sensitive.no_nir"), class_="empty"))
    return tag("section", head, *parts, id="sensitive")


def findings_table(view: View, found: list[Finding], whole: int, caption: Html) -> Html:
    """A table of findings, each number linked to its reasons."""
    rows = [_row(view, finding) for finding in found]
    heads = [view.words.say(f"report.head.{name}") for name in HEADS]
    rest = view.rest(len(rows), whole, "findings.parquet")
    return table(caption, heads, rows, numeric=(2,), rest=rest)


def _row(view: View, finding: Finding) -> Row:
    """One finding."""
    level = rank(finding["category"], finding["grade"]).level
    what = join(
        [
            view.graded(finding["kind"], finding["category"], finding["grade"]),
            tag("span", view.words.say(f"report.level.{level}"), class_=f"level l{level}"),
        ]
    )
    number = view.count(finding["valid"], view.of_finding(finding))
    return Row((view.where(finding), what, number, sure(view, finding), sample(view, finding)))


def sure(view: View, finding: Finding) -> Html:
    """How sure the finding is, in words, linked to its reasons."""
    confidence = finding["confidence"] or 0.0
    word = "certain" if confidence >= 0.99 else "likely" if confidence >= 0.9 else "check"
    return view.link(view.words.say(f"report.sure.{word}"), view.of_finding(finding))


def sample(view: View, finding: Finding) -> Html:
    """The masked sample, or a dash."""
    why = view.results.why.get(key(finding))
    if why is None or not why.masked_sample:
        return tag("span", "–", class_="quiet")
    return join([tag("code", clip(value, 48), class_="sample") for value in why.masked_sample[:2]])
