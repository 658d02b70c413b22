"""Who is affected: the count with its bounds and what it does not cover, kinds, places, ages, ways to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tocsin.report.charts import Bar, bars
from tocsin.report.france import france
from tocsin.report.grid import Row, table
from tocsin.report.markup import EMPTY, Html, join, safe, tag
from tocsin.report.view import View

BARS, ROWS = 12, 12
PLACES = 20
REACHED = ("email", "phone", "postal", "none")


def persons(view: View) -> Html:
    """The section; it says so where persons were not counted."""
    words, people = view.words, view.results.people
    head = tag("h2", words.say("report.persons.title"))
    if people is None or not people["persons"]["estimate"]:
        return tag("section", head, tag("p", words.say("report.persons.empty"), class_="empty"), id="persons")
    return tag(
        "section",
        head,
        tag("p", counted(view, people, "m-interval"), " ", words.say("report.persons.unread")),
        tag(
            "p",
            words.say(
                "report.persons.how", method=view.link(words.say("report.persons.method"), "m-interval")
            ),
        ),
        _kinds(view, people),
        _combinations(view, people),
        _places(view, people),
        _ages(view, people),
        _reach(view, people),
        _aside(view, people),
        id="persons",
    )


def counted(view: View, people: Mapping[str, Any], anchor: str) -> Html:
    """The number with its bounds, of what was read."""
    words, found = view.words, people["persons"]
    number = view.link(words.number(found["estimate"]), anchor)
    if found["low"] == found["high"]:
        return words.say("report.persons.exact", count=number)
    bounds = {name: view.link(words.number(found[name]), anchor) for name in ("low", "high")}
    level = view.link(words.percent(found["level"]), anchor)
    return words.say("report.persons.count", count=number, level=level, **bounds)


def _why(view: View, kind: str) -> str:
    """The anchor of a kind's reasons, of persons where the findings do not hold it."""
    return view.of_kind(kind) if kind in view.kinds else "m-persons"


def _term(text: str) -> Html:
    """A code or an age, which is no count."""
    return tag("span", text, class_="term")


def _kinds(view: View, people: Mapping[str, Any]) -> Html:
    """Persons by kind: bars and their table."""
    found = list(people["kinds"].items())
    rows = [
        Bar(
            label=view.label(kind),
            value=number,
            text=view.words.number(number),
            href=f"#{_why(view, kind)}",
        )
        for kind, number in found[:BARS]
    ]
    lines = [Row((safe(view.label(kind)), view.count(number, _why(view, kind)))) for kind, number in found]
    return _pair(view, "kinds", rows, lines)


def _combinations(view: View, people: Mapping[str, Any]) -> Html:
    """Which kinds persons lost together."""
    words = view.words
    rows = [
        Row((_together(view, entry["kinds"]), view.count(entry["persons"], "m-persons")))
        for entry in people["combinations"][:ROWS]
    ]
    heads = [words.say("report.head.together"), words.say("report.head.persons")]
    return join(
        [
            tag("h3", words.say("report.persons.combinations")),
            table(words.say("report.persons.combinations.caption"), heads, rows, numeric=(1,)),
        ]
    )


def _together(view: View, kinds: list[str]) -> Html:
    return safe(", ".join(view.label(kind) for kind in kinds))


def _places(view: View, people: Mapping[str, Any]) -> Html:
    """The map of départements and the table of the first ones and of other countries."""
    words, found = view.words, people["departments"]
    head = tag("h3", words.say("report.persons.places"))
    if not found:
        return join([head, tag("p", words.say("report.persons.no_places"), class_="empty")])
    said = {code: f"{code} : {words.number(number)}" for code, number in found.items()}
    drawn = france(
        found,
        key="c-france",
        title=words.say("report.persons.map"),
        description=words.say("report.picture.table"),
        said=said,
    )
    figure = tag(
        "figure", drawn, tag("figcaption", words.say("report.persons.map.figure")), class_="picture wide"
    )
    abroad = [(code, number) for code, number in people["countries"].items() if code != "FR"]
    lines = [
        Row((_term(code), view.count(number, "m-persons")))
        for code, number in [*list(found.items())[:PLACES], *abroad[:PLACES]]
    ]
    heads = [words.say("report.head.living"), words.say("report.head.persons")]
    rest = view.rest(min(len(found), PLACES), len(found), "people.json")
    grid = table(words.say("report.persons.places.caption"), heads, lines, numeric=(1,), rest=rest)
    return join([head, tag("div", figure, grid, class_="pair")])


def _ages(view: View, people: Mapping[str, Any]) -> Html:
    """Ages in bands, minors first, and how many have no age."""
    words = view.words
    rows = [
        Bar(label=_band(view, band), value=number, text=words.number(number), href="#m-minors")
        for band, number in people["ages"].items()
    ]
    lines = [
        Row((_term(_band(view, band)), view.count(number, "m-minors")))
        for band, number in people["ages"].items()
    ]
    lines.append(
        Row((words.say("report.persons.unknown_age"), view.count(people["unknown_age"], "m-minors")))
    )
    return _pair(view, "ages", rows, lines)


def _band(view: View, band: str) -> str:
    low, _, high = band.partition("-")
    return str(
        view.words.say(
            "report.persons.minors_band" if low == "0" else "report.persons.band", low=low, high=high
        )
    )


def _reach(view: View, people: Mapping[str, Any]) -> Html:
    """By which way persons can be told."""
    words, found = view.words, people["reach"]
    rows = [
        Bar(
            label=str(words.say(f"report.reach.{way}")),
            value=found[way],
            text=words.number(found[way]),
            href="#m-persons",
        )
        for way in REACHED
    ]
    lines = [Row((words.say(f"report.reach.{way}"), view.count(found[way], "m-persons"))) for way in REACHED]
    return _pair(view, "reach", rows, lines)


def _pair(view: View, name: str, rows: list[Bar], lines: list[Row]) -> Html:
    """A picture and its table side by side."""
    words = view.words
    drawn = bars(
        rows,
        key=f"c-{name}-persons",
        title=words.say(f"report.persons.{name}"),
        description=words.say("report.picture.table"),
    )
    heads = [words.say(f"report.head.{name}_of"), words.say("report.head.persons")]
    grid = table(words.say(f"report.persons.{name}.caption"), heads, lines[: ROWS * 2], numeric=(1,))
    caption = tag("figcaption", words.say(f"report.persons.{name}.figure"))
    return join(
        [
            tag("h3", words.say(f"report.persons.{name}")),
            tag(
                "div", tag("figure", drawn, caption, class_="picture") if rows else EMPTY, grid, class_="pair"
            ),
        ]
    )


def _aside(view: View, people: Mapping[str, Any]) -> Html:
    """What was set aside, and what a human should look at."""
    words = view.words
    said = words.say(
        "report.persons.aside",
        demoted=view.count(people["demoted"], "m-demoted"),
        review=view.count(people["review"], "m-review"),
    )
    return tag("p", said, class_="quiet")
