"""Why each number stands: kind by kind its rule, its chance rate and its sources, then finding by finding."""

from __future__ import annotations

import polars as pl

from tocsin.citation import Citation
from tocsin.kinds.kind import Kind
from tocsin.report.digest import KindTotal
from tocsin.report.gravity import rank
from tocsin.report.grid import Row, table
from tocsin.report.markup import EMPTY, Html, clip, join, safe, tag
from tocsin.report.results import Why
from tocsin.report.sections.gravest import sample
from tocsin.report.sections.kinds import distinct
from tocsin.report.view import Finding, View, key

EVIDENCE = ("checksum", "shape", "header", "context", "likeness", "vocabulary", "class")
SURE = 0.995
HEADS = ("place", "counted", "chance", "words", "evidence", "sample")


def reasons(view: View) -> Html:
    """The section: one article a kind."""
    words = view.words
    articles = [_kind(view, total) for total in view.digest.kinds]
    lead = words.say("report.reasons.lead" if articles else "report.kinds.empty")
    return tag(
        "section",
        tag("h2", words.say("report.reasons.title")),
        tag("p", lead),
        *articles,
        id="reasons",
        data_why=True,
    )


def _kind(view: View, total: KindTotal) -> Html:
    """One kind: what it is, how it is proved, where that is written, where it was found."""
    words = view.words
    found = view.explained.filter(pl.col("kind") == total.kind).to_dicts()
    level = rank(total.category, total.grade)
    said = words.say(
        "report.reasons.kind",
        values=words.plural("report.values", total.values, count=words.number(total.values)),
        distinct=distinct(view, total),
        columns=words.plural("report.columns", total.columns, count=words.number(total.columns)),
        sources=words.plural("report.sources", total.sources, count=words.number(total.sources)),
    )
    return tag(
        "article",
        tag("h3", view.label(total.kind), " ", tag("code", total.kind)),
        tag(
            "p",
            view.category(total.category),
            " · ",
            words.say(f"report.gravity.{level.because}"),
            class_="quiet",
        ),
        tag("p", said),
        _rule(view, total.kind, found),
        _table(view, total, found),
        id=view.of_kind(total.kind),
        class_="reason",
    )


def _rule(view: View, kind: str, found: list[Finding]) -> Html:
    """Rule, check and chance rate, then where the rule is written."""
    words, known = view.words, view.results.kinds.get(kind)
    why = next((view.results.why[key(row)] for row in found if key(row) in view.results.why), None)
    items = []
    if why is not None:
        items.append(words.say("report.reasons.rule", rule=why.rule))
        if why.check is not None:
            items.append(words.say("report.reasons.check", check=why.check))
    chance = _chance(known, why)
    if chance is not None:
        text = "report.reasons.chance" if chance < 1 else "report.reasons.no_check"
        items.append(words.say(text, chance=words.percent(chance)))
    citations = known.citations if known is not None else ()
    items += [_citation(view, citation) for citation in citations]
    return tag("ul", *(tag("li", item) for item in items), class_="rule") if items else EMPTY


def _chance(kind: Kind | None, why: Why | None) -> float | None:
    """The share of random look-alikes that pass, from the finding, else from the declaration."""
    if why is not None:
        return why.chance
    return None if kind is None else kind.chance


def _citation(view: View, citation: Citation) -> Html:
    """Where a rule is written and how that was checked. The address is words: the report opens nothing."""
    words = view.words
    checked = words.say(f"report.verification.{citation.verification.value}")
    address = join([" ", tag("span", citation.url, class_="url")]) if citation.url else EMPTY
    return words.say("report.reasons.citation", title=join([safe(citation.title), address]), checked=checked)


def _table(view: View, total: KindTotal, found: list[Finding]) -> Html:
    """Finding by finding."""
    rows = [_row(view, finding) for finding in found]
    heads = [view.words.say(f"report.head.{name}") for name in HEADS]
    caption = view.words.say("report.reasons.caption", kind=view.label(total.kind))
    return table(
        caption, heads, rows, numeric=(1, 2), rest=view.rest(len(rows), total.columns, "findings.parquet")
    )


def _row(view: View, finding: Finding) -> Row:
    """Counts, what chance would give, the words of the header, the evidence and how sure it is."""
    words = view.words
    why = view.results.why.get(key(finding))
    candidates = finding["candidates"] or 0
    counted = words.say(
        "report.reasons.counted", valid=words.number(finding["valid"]), candidates=words.number(candidates)
    )
    cells = (
        tag("a", view.where(finding), href=f"#{view.of_source(finding['source_id'])}"),
        counted,
        _expected(view, finding, why),
        _header_words(view, why),
        join([evidence(view, finding["evidence"]), tag("span", _confidence(view, finding), class_="part")]),
        sample(view, finding),
    )
    return Row(cells, f"f-{finding['row']}")


def _expected(view: View, finding: Finding, why: Why | None) -> Html:
    """How many of the candidates would have passed by chance."""
    kind = view.results.kinds.get(finding["kind"])
    if why is None and (kind is None or kind.check is None):
        return tag("span", "–", class_="quiet")
    expected = why.expected_by_chance if why is not None else by_chance(finding, kind)
    if 0 < expected < 0.1:
        return view.words.say("report.reasons.less", count=view.words.decimal(0.1))
    return safe(view.words.decimal(expected, 0 if expected >= 10 else 1))


def by_chance(finding: Finding, kind: Kind | None) -> float:
    """How many of the valid values chance explains: those that failed tell how many random ones there were."""
    if kind is None or kind.chance >= 1:
        return 0.0
    failed = max((finding["candidates"] or 0) - finding["valid"], 0)
    return float(min(finding["valid"], failed * kind.chance / (1 - kind.chance)))


def _header_words(view: View, why: Why | None) -> Html:
    """The words of the header that announced the kind."""
    if why is None or not why.header_words:
        return tag("span", view.words.say("report.reasons.no_words"), class_="quiet")
    return join([view.name(word) for word in why.header_words[:6]], ", ")


def evidence(view: View, code: str | None) -> Html:
    """An evidence code in words, linked to the glossary."""
    known = view.words.known(f"report.evidence.{code}", "report.evidence.other", named=clip(code or "?", 40))
    return tag("a", known, href=f"#m-evidence-{code}" if code in EVIDENCE else "#m-evidence")


def _confidence(view: View, finding: Finding) -> Html:
    """How sure, as a share."""
    if finding["confidence"] is None:
        return view.words.say("report.sure.unknown")
    share = float(finding["confidence"])
    if share >= SURE:
        return view.words.say("report.reasons.confidence.high", share=view.words.percent(0.99))
    return view.words.say("report.reasons.confidence", share=view.words.percent(share))
