"""How it was counted, what the words mean, what this does not say."""

from __future__ import annotations

from tocsin.report.gravity import ranks
from tocsin.report.grid import Row, table
from tocsin.report.markup import EMPTY, Html, clip, join, safe, tag
from tocsin.report.sections.credentials import GRADES
from tocsin.report.sections.reasons import EVIDENCE
from tocsin.report.view import View

TERMS = (
    *("values", "distinct", "repeated", "commonest", "records", "bytes", "scale", "deadline"),
    *("persons", "interval", "minors", "demoted", "review"),
)
LIMITS = ("persons", "absent", "images", "chance", "masked")


def method(view: View) -> Html:
    """The section: glossary of evidence and grades, method, limits, how the run went."""
    words = view.words
    return tag(
        "section",
        tag("h2", words.say("report.method.title")),
        tag("h3", words.say("report.method.counted")),
        _terms(view, [(f"m-{term}", f"report.term.{term}", f"report.method.{term}") for term in TERMS]),
        tag("h3", words.say("report.method.evidence"), id="m-evidence"),
        _terms(
            view,
            [
                (f"m-evidence-{code}", f"report.evidence.{code}", f"report.method.evidence.{code}")
                for code in EVIDENCE
            ],
        ),
        tag("h3", words.say("report.method.grades")),
        _terms(
            view,
            [(f"g-{grade}", f"report.grade.{grade}", f"report.method.grade.{grade}") for grade in GRADES],
        ),
        _order(view),
        tag("h3", words.say("report.method.limits")),
        tag("ul", *(_limit(view, limit) for limit in LIMITS)),
        _run(view),
        id="method",
        data_why=True,
    )


def _terms(view: View, entries: list[tuple[str, str, str]]) -> Html:
    """A list of terms, each with its anchor."""
    pairs = [
        join([tag("dt", view.words.say(term), id=anchor), tag("dd", view.words.say(meaning))])
        for anchor, term, meaning in entries
    ]
    return tag("dl", *pairs, class_="terms")


def _limit(view: View, limit: str) -> Html:
    """One limit; that of the stages not built names them."""
    if limit == "persons" and view.results.people is not None:
        return EMPTY
    if limit != "absent":
        return tag("li", view.words.say(f"report.limit.{limit}"))
    absent = view.results.stages_absent
    names = [view.words.known(f"report.stage.{stage}", "report.stage.other", stage=stage) for stage in absent]
    if not names:
        return tag("li", view.words.say("report.unknown.nothing"), id="m-absent")
    return tag("li", view.words.say("report.limit.absent", what=view.words.listed(names)), id="m-absent")


def _order(view: View) -> Html:
    """The order of reading and its reasons."""
    words = view.words
    rows = []
    for rank in ranks():
        name = view.category(rank.category)
        if rank.grade:
            name = words.say("report.graded", kind=name, grade=view.grade(rank.grade))
        rows.append(
            Row((name, words.say(f"report.level.{rank.level}"), words.say(f"report.gravity.{rank.because}")))
        )
    heads = [words.say(f"report.head.{name}") for name in ("category", "level", "because")]
    return join(
        [
            tag("h3", words.say("report.method.order"), id="m-order"),
            tag("p", words.say("report.method.order.lead")),
            table(words.say("report.method.order.caption"), heads, rows),
        ]
    )


def _run(view: View) -> Html:
    """Version, times and settings."""
    words, results = view.words, view.results
    said = words.say(
        "report.method.run.said",
        version=results.version,
        started=words.moment(results.started),
        finished=words.moment(results.finished),
        seconds=words.decimal(results.seconds, 1 if results.seconds < 100 else 0),
    )
    rows = [
        Row((safe(clip(name)), tag("code", _setting(view, value))))
        for name, value in results.settings.items()
    ]
    heads = [words.say("report.head.setting"), words.say("report.head.value")]
    grid = table(words.say("report.method.settings"), heads, rows) if rows else EMPTY
    return join([tag("h3", words.say("report.method.run"), id="m-run"), tag("p", said), grid])


def _setting(view: View, value: object) -> str:
    """A setting's value as it may be shown."""
    return clip(view.plain_name(str(value))) if isinstance(value, str) else str(value)
