"""How the count of persons is told: the number with its bounds, what was not read, then the numbers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tocsin.kinds.catalogue import bundled
from tocsin.report.words import Words
from tocsin.sentences import say

SHOWN = 8


def count_told(persons: dict[str, Any], language: str) -> str:
    """ "5 315 personnes (5 299 à 5 328)"."""
    words = Words(language)
    if persons["low"] == persons["high"]:
        return say("people.count.exact", language, estimate=words.number(persons["estimate"]))
    return say(
        "people.count",
        language,
        estimate=words.number(persons["estimate"]),
        low=words.number(persons["low"]),
        high=words.number(persons["high"]),
    )


def unread_told(coverage: dict[str, Any], language: str) -> str:
    """What the count does not cover, "" where everything was read."""
    words = Words(language)
    names = ("records_unread", "pages_needing_ocr", "encrypted", "sources_unread", "listed_missing")
    return ", ".join(
        say(f"people.unread.{name}", language, count=words.number(coverage[name]))
        for name in names
        if coverage[name]
    )


def told(result: dict[str, Any], language: str) -> Iterator[str]:
    """The lines of `tocsin people`."""
    words, kinds = Words(language), bundled()
    yield say("people.first", language, count=count_told(result["persons"], language))
    unread = unread_told(result["coverage"], language)
    yield say("people.unread" if unread else "people.all_read", language, what=unread)
    yield ""
    for kind, count in list(result["kinds"].items())[:SHOWN]:
        label = kinds[kind].label[language] if kind in kinds else kind
        yield f"  {words.number(count):>10}  {label}"
    more = len(result["kinds"]) - SHOWN
    if more > 0:
        yield say("people.more_kinds", language, count=more)
    yield ""
    ages = {name: words.number(result[name]) for name in ("minors", "unknown_age")}
    yield say("people.ages", language, **ages)
    yield say(
        "people.places", language, departments=len(result["departments"]), countries=len(result["countries"])
    )
    if result["demoted"]:
        yield say("people.demoted", language, count=words.number(result["demoted"]))
    if result["review"]:
        yield say("people.review", language, count=words.number(result["review"]))
