"""How results are told: the five lines, the JSON of a scan, the table of findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import polars as pl

from tocsin.cli.persons_told import count_told
from tocsin.pipeline import Answer
from tocsin.report.gravity import rank
from tocsin.report.words import Words
from tocsin.sentences import say

WIDTH = 80
NAMED = 4
ROWS = 40
LISTING = ("files", "found", "changed_since", "missing", "ambiguous")


def five_lines(answer: Answer, language: str) -> Iterator[str]:
    """What leaked, who, how grave, what is owed by when, what to do next; at most 80 columns each."""
    absent = say("cli.line.absent", language)
    yield _line("leaked", _leaked(answer, language), language)
    yield _line("who", _who(answer, language), language)
    for name in ("grave", "owed"):
        yield _line(name, absent, language)
    yield _line("next", say(_next(answer), language), language)


def _line(name: str, words: str, language: str) -> str:
    line = f"{say(f'cli.line.{name}', language)} {words}"
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def _who(answer: Answer, language: str) -> str:
    """How many persons with the bounds, and that something was not read."""
    if answer.people is None or not answer.people["persons"]["estimate"]:
        return say("cli.who.nobody", language)
    count = count_told(answer.people["persons"], language)
    unread = any(value for name, value in answer.people["coverage"].items() if name != "records_read")
    return say("cli.who.in_part" if unread else "cli.who", language, count=count)


def _leaked(answer: Answer, language: str) -> str:
    """The gravest kinds by name and number, as many as the line holds, and how many more there are."""
    found = answer.outcome.kinds
    if not found:
        return say("cli.leaked.nothing", language)
    words = Words(language)
    names = gravest(answer)
    room = WIDTH - len(say("cli.line.leaked", language)) - 1
    for count in range(min(NAMED, len(names)), 0, -1):
        told = [
            f"{answer.kinds[name].label[language]} ({words.number(found[name]['valid'])})"
            for name in names[:count]
        ]
        more = len(names) - count
        line = ", ".join(told) + (say("cli.leaked.more", language, count=more) if more else "")
        if len(line) <= room:
            return line
    return say("cli.leaked.kinds", language, count=len(names))


def gravest(answer: Answer) -> list[str]:
    """Names of the kinds found, gravest first."""
    rows = answer.outcome.findings.select("kind", "category", "grade").unique(maintain_order=True)
    ranks: dict[str, int] = {}
    for kind, category, grade in rows.iter_rows():
        order = rank(category, grade).order
        ranks[kind] = min(order, ranks.get(kind, order))
    return sorted(ranks, key=lambda kind: (ranks[kind], -answer.outcome.kinds[kind]["valid"], kind))


def _next(answer: Answer) -> str:
    if answer.outcome.issues.height:
        return "cli.next.unread"
    return "cli.next.read" if answer.outcome.kinds else "cli.next.nothing"


def scan_json(answer: Answer) -> dict[str, Any]:
    """The JSON object of the contract: names of sources and fields masked where they hold values."""
    outcome, shown = answer.outcome, answer.shown
    return {
        "sources": [_masked(row, shown) for row in outcome.sources.iter_rows(named=True)],
        "findings": [_masked(row, shown) for row in outcome.findings.iter_rows(named=True)],
        "kinds": outcome.kinds,
        "issues": [_masked(row, shown) for row in outcome.issues.iter_rows(named=True)],
        "listing": dict(answer.listing or dict.fromkeys(LISTING, 0)),
        "seconds": round(outcome.seconds, 3),
    }


def _masked(row: dict[str, Any], shown: Any) -> dict[str, Any]:
    return {
        name: shown(value) if name in ("source", "field", "place") and isinstance(value, str) else value
        for name, value in row.items()
    }


def findings_table(answer: Answer, language: str) -> None:
    """The findings, gravest first, then what could not be read; one line each."""
    words = Words(language)
    rows = list(answer.outcome.findings.with_columns(pl.col("source").cast(pl.String)).iter_rows(named=True))
    rows.sort(key=lambda row: (rank(row["category"], row["grade"]).order, -row["valid"], row["source_id"]))
    if not rows:
        click.echo(say("cli.leaked.nothing", language))
    else:
        heads = [
            say(f"cli.column.{name}", language)
            for name in ("kind", "source", "field", "values", "distinct", "sure")
        ]
        table = [
            heads,
            *([str(cell) for cell in _cells(row, answer, words, language)] for row in rows[:ROWS]),
        ]
        _print_table(table)
        if len(rows) > ROWS:
            click.echo(say("cli.more_findings", language, count=words.number(len(rows) - ROWS)))
    issues = answer.outcome.issues
    if issues.height:
        click.echo(say("cli.issues", language, count=words.number(int(issues["count"].sum()))))
        for code, count in (
            issues.group_by("code")
            .agg(pl.col("count").sum())
            .sort("count", "code", descending=[True, False])
            .iter_rows()
        ):
            click.echo(f"  {code:<28} {words.number(count)}")


def _cells(row: dict[str, Any], answer: Answer, words: Words, language: str) -> list[str]:
    field = row["field"] if row["field"] is not None else row["place"] or "—"
    distinct = words.number(row["distinct"])
    return [
        answer.kinds[row["kind"]].label[language],
        _short(answer.shown(row["source"]), 32),
        _short(answer.shown(field), 20),
        words.number(row["valid"]),
        distinct if row["distinct_exact"] else f"≈ {distinct}",
        f"{row['confidence']:.0%}" if language == "en" else f"{row['confidence'] * 100:.0f} %",
    ]


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[-(width - 1) :]


def _print_table(rows: list[list[str]]) -> None:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.ljust(width) if at < 3 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
