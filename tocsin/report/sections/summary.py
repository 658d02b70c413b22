"""The first screen: the question, and what is known in five lines."""

from __future__ import annotations

from tocsin.report.digest import ClassTotal
from tocsin.report.markup import Html, join, tag
from tocsin.report.sections.advice import first_step
from tocsin.report.sections.persons import counted
from tocsin.report.view import View

FEW = 3


def summary(view: View) -> Html:
    """Title, when and what, and the five lines; a sixth where persons were counted."""
    words = view.words
    lines = (
        ("leaked", _leaked(view)),
        *((("who", _who(view)),) if view.results.people is not None else ()),
        ("gravest", _gravest(view)),
        ("unread", _unread(view)),
        ("unknown", _unknown(view)),
        ("next", first_step(view)),
    )
    pairs = [
        tag("div", tag("dt", words.say(f"report.line.{name}")), tag("dd", text), class_=f"line-{name}")
        for name, text in lines
    ]
    return tag(
        "header",
        tag("p", words.say("report.over"), class_="over"),
        tag("h1", words.say("report.title")),
        tag("dl", *pairs, class_="lines"),
        tag("p", _when(view), class_="quiet"),
        id="top",
    )


def _leaked(view: View) -> Html:
    """How many values of how many kinds in how many sources."""
    totals = view.digest.totals
    if not view.digest.kinds:
        return view.words.say("report.leaked.nothing")
    return view.words.say(
        "report.leaked",
        values=view.link(
            view.words.plural("report.values", totals.values, count=view.words.number(totals.values)),
            "m-values",
        ),
        kinds=view.link(
            view.words.plural(
                "report.kinds", len(view.digest.kinds), count=view.words.number(len(view.digest.kinds))
            ),
            "kinds",
        ),
        sources=view.count(totals.sources_with_values, "by-source"),
        all=view.link(
            view.words.plural("report.sources", totals.sources, count=view.words.number(totals.sources)),
            "handed",
        ),
    )


def _who(view: View) -> Html:
    """How many persons, between which bounds."""
    people = view.results.people
    if people is None or not people["persons"]["estimate"]:
        return view.words.say("report.persons.empty")
    return counted(view, people, "persons")


def _gravest(view: View) -> Html:
    """The first kinds in the order of reading, with their number of values."""
    if not view.digest.kinds:
        return view.words.say("report.gravest.nothing")
    first = view.digest.classes[:FEW]
    return join([_one(view, total) for total in first], " · ")


def _one(view: View, total: ClassTotal) -> Html:
    """A kind at its grade with its number."""
    return view.words.say(
        "report.kind_with_number",
        kind=view.graded(total.kind, total.category, total.grade),
        count=view.count(total.values, view.of_kind(total.kind)),
    )


def _unread(view: View) -> Html:
    """What could not be read, or that all was."""
    totals, words = view.digest.totals, view.words
    if not view.digest.issues and not totals.unread and not totals.unread_unknown:
        return words.say("report.unread.nothing")
    unknown = sum(issue.bytes_unread for issue in view.digest.issues)
    parts = []
    if totals.unread:
        parts.append(
            words.plural("report.unread.records", totals.unread, count=view.count(totals.unread, "unread"))
        )
    if unknown:
        parts.append(view.link(words.size(unknown), "unread"))
    if totals.unread_unknown:
        parts.append(
            words.plural(
                "report.unread.sources",
                totals.unread_unknown,
                count=view.count(totals.unread_unknown, "unread"),
            )
        )
    if not parts:
        return words.plural("report.unread.issues", totals.issues, count=view.count(totals.issues, "unread"))
    return words.say("report.unread.some", what=words.listed(parts))


def _unknown(view: View) -> Html:
    """What this version does not compute."""
    absent = view.results.stages_absent
    if not absent:
        return view.words.say("report.unknown.nothing")
    names = [view.words.known(f"report.stage.{stage}", "report.stage.other", stage=stage) for stage in absent]
    return view.words.say("report.unknown", what=view.link(view.words.listed(names), "m-absent"))


def _when(view: View) -> Html:
    """When it was read, and by which version."""
    moment = tag("time", view.words.moment(view.results.finished), datetime=view.results.finished.isoformat())
    return view.words.say(
        "report.when", moment=moment, version=view.link(f"Tocsin {view.results.version}", "m-run")
    )
