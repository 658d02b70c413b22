"""The whole page: one self-contained file, without script and without anything from elsewhere."""

from __future__ import annotations

from importlib.resources import files

from tocsin.report.markup import Html, join, tag
from tocsin.report.results import Results
from tocsin.report.sections.advice import advice
from tocsin.report.sections.by_source import by_source
from tocsin.report.sections.credentials import credentials
from tocsin.report.sections.gravest import gravest, health_and_nir
from tocsin.report.sections.handed import handed
from tocsin.report.sections.kinds import kinds
from tocsin.report.sections.method import method
from tocsin.report.sections.persons import persons
from tocsin.report.sections.reasons import reasons
from tocsin.report.sections.sources import sources
from tocsin.report.sections.summary import summary
from tocsin.report.sections.unread import unread
from tocsin.report.view import View, view

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
SECTIONS = (
    ("unread", unread),
    ("handed", handed),
    ("persons", persons),
    ("kinds", kinds),
    ("by-source", by_source),
    ("gravest", gravest),
    ("sensitive", health_and_nir),
    ("credentials", credentials),
    ("next", advice),
    ("sources", sources),
    ("reasons", reasons),
    ("method", method),
)


def render(results: Results, language: str) -> str:
    """The report as one HTML document in `language` ("fr" or "en"), some hundred kilobytes whatever the pile.

    No value in clear: names go through `results.shown`, samples come masked.
    """
    seen = view(results, language)
    body = [render_one(seen) for _, render_one in SECTIONS]
    main = tag("main", summary(seen), _contents(seen), tag("div", *body, class_="body"), id="main")
    skip = tag("a", seen.words.say("report.skip"), href="#unread", class_="skip")
    document = tag("html", _head(seen), tag("body", skip, main, _foot(seen)), lang=language)
    return f"<!doctype html>\n{document}\n"


def style() -> str:
    """The style sheet, which the page carries inside."""
    return files(__package__).joinpath("style.css").read_text(encoding="utf-8")


def _head(view: View) -> Html:
    """Policy, title and style."""
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", view.words.say("report.title"), " – Tocsin"),
        tag("style", Html(style())),
    )


def _contents(view: View) -> Html:
    """The list of sections."""
    items = [
        tag("li", tag("a", view.words.say(f"report.contents.{anchor}"), href=f"#{anchor}"))
        for anchor, _ in SECTIONS
    ]
    return tag(
        "nav",
        tag("p", view.words.say("report.contents")),
        tag("ul", *items),
        aria_label=view.words.say("report.contents"),
    )


def _foot(view: View) -> Html:
    """What the file is, and what it is not."""
    words = view.words
    return tag(
        "footer",
        tag("p", words.say("report.foot")),
        tag("p", join([tag("a", words.say("report.back"), href="#top")])),
    )
