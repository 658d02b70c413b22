"""What to do next, chosen by what was found and what could not be read."""

from __future__ import annotations

from tocsin.report.gravity import CREDENTIAL
from tocsin.report.markup import Html, tag
from tocsin.report.view import View

STEPS = ("unread", "clear", "keys", "hashes", "law", "iban", "people", "keep")


def first_step(view: View) -> Html:
    """The first of the steps, short, with a link to all."""
    step = _steps(view)[0]
    return view.words.say(
        "report.next.first", what=view.link(view.words.say(f"report.next.{step}.short"), "next")
    )


def advice(view: View) -> Html:
    """The section "what to do next"."""
    words = view.words
    items = [
        tag(
            "li",
            tag("strong", words.say(f"report.next.{step}.short")),
            " ",
            _long(view, step),
            id=f"next-{step}",
        )
        for step in _steps(view)
    ]
    return tag(
        "section",
        tag("h2", words.say("report.next.title")),
        tag("p", words.say("report.next.lead")),
        tag("ol", *items, class_="steps"),
        id="next",
    )


def _long(view: View, step: str) -> Html:
    """The sentence of one step, with the links that it needs."""
    return view.words.say(
        f"report.next.{step}",
        hours=view.link(view.words.say("report.hours"), "m-deadline"),
        unread=view.link(view.words.say("report.unread.link"), "unread"),
        credentials=view.link(view.words.say("report.credentials.link"), "credentials"),
    )


def _steps(view: View) -> list[str]:
    """The steps that apply, in their order."""
    findings = view.digest.findings
    categories = set(findings["category"].to_list())
    kinds = set(view.kinds)
    grades = set(findings.filter(findings["category"] == CREDENTIAL)["grade"].to_list())
    totals = view.digest.totals
    applies = {
        "unread": bool(view.digest.issues or totals.unread or totals.unread_unknown),
        "clear": "any.password" in kinds and bool(grades & {"clear", None}),
        "keys": bool(kinds & {"any.api_key", "any.private_key", "any.jwt"}),
        "hashes": bool(grades & {"fast_unsalted", "fast_salted", "slow"}),
        "law": bool(kinds),
        "iban": bool(categories & {"bank", "card"}),
        "people": "people" in view.results.stages_absent,
        "keep": True,
    }
    return [step for step in STEPS if applies[step]]
