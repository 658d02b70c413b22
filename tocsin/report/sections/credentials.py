"""How well passwords and keys are protected: by grade, by family, and how many are the same."""

from __future__ import annotations

import polars as pl

from tocsin.report.charts import Bar, bars
from tocsin.report.gravity import CREDENTIAL, UNKNOWN, ranks
from tocsin.report.grid import Row, table
from tocsin.report.markup import EMPTY, Html, safe, tag
from tocsin.report.view import CREDENTIALS, View, key

GRADES = tuple(rank.grade for rank in ranks() if rank.category == CREDENTIAL)


def credentials(view: View) -> Html:
    """The section, with an empty state."""
    words = view.words
    found = view.digest.findings.filter(pl.col("category") == CREDENTIAL)
    head = tag("h2", words.say("report.credentials.title"))
    if found.is_empty():
        return tag(
            "section", head, tag("p", words.say("report.credentials.empty"), class_="empty"), id="credentials"
        )
    graded = found.with_columns(pl.col("grade").fill_null(UNKNOWN))
    counts = dict(graded.group_by("grade").agg(pl.col("valid").sum()).iter_rows())
    figure = tag(
        "figure",
        _bars(view, counts),
        tag("figcaption", words.say("report.credentials.figure")),
        class_="picture",
    )
    return tag(
        "section",
        head,
        tag("p", words.say("report.credentials.lead")),
        tag("div", figure, _grades(view, counts), class_="pair"),
        _families(view, graded),
        _commonest(view, found),
        id="credentials",
    )


def _shown(counts: dict[str, int]) -> list[str]:
    """The grades that were found, the gravest first, unheard-of ones last."""
    return [grade for grade in GRADES if grade in counts] + sorted(set(counts) - set(GRADES))


def _bars(view: View, counts: dict[str, int]) -> Html:
    """One bar a grade."""
    rows = [
        Bar(
            label=view.grade(grade),
            value=counts[grade],
            text=view.words.number(counts[grade]),
            href=f"#g-{_known(grade)}",
        )
        for grade in _shown(counts)
    ]
    title, description = view.words.say("report.credentials.picture"), view.words.say("report.picture.table")
    return bars(rows, key="c-grades", title=title, description=description)


def _grades(view: View, counts: dict[str, int]) -> Html:
    """Number and share by grade, with what the grade means."""
    whole = sum(counts.values())
    rows = [
        Row(
            (
                view.grade(grade),
                view.count(counts[grade], f"g-{_known(grade)}"),
                view.link(view.words.percent(counts[grade] / whole), "m-values"),
            )
        )
        for grade in _shown(counts)
    ]
    heads = [view.words.say(f"report.head.{name}") for name in ("grade", "values", "share")]
    return table(view.words.say("report.credentials.caption"), heads, rows, numeric=(1, 2))


def _families(view: View, graded: pl.DataFrame) -> Html:
    """Each column with its family and how many values stand there more than once."""
    found = graded.head(CREDENTIALS).to_dicts()
    rows = []
    for finding in found:
        repeated = max((finding["valid"] or 0) - (finding["distinct"] or 0), 0)
        rows.append(
            Row(
                (
                    view.where(finding),
                    safe(view.label(finding["kind"])),
                    tag("span", finding["family"] or view.words.say("report.family.none"), class_="term"),
                    view.grade(finding["grade"]),
                    view.count(finding["valid"], view.of_finding(finding)),
                    view.count(repeated, "m-repeated"),
                )
            )
        )
    heads = [
        view.words.say(f"report.head.{name}")
        for name in ("place", "kind", "family", "grade", "values", "repeated")
    ]
    rest = view.rest(len(rows), graded.height, "findings.parquet")
    return table(view.words.say("report.credentials.families"), heads, rows, numeric=(4, 5), rest=rest)


def _commonest(view: View, found: pl.DataFrame) -> Html:
    """How many are among the commonest passwords, where that was tried."""
    reasons = (view.results.why.get(key(finding)) for finding in found.iter_rows(named=True))
    tried = [why.commonest for why in reasons if why is not None and why.commonest is not None]
    if not tried:
        return EMPTY
    return tag(
        "p", view.words.plural("report.commonest", sum(tried), count=view.count(sum(tried), "m-commonest"))
    )


def _known(grade: str) -> str:
    """The grade whose meaning is explained; the unheard-of ones share one."""
    return grade if grade in GRADES else UNKNOWN
