"""What the commands that ask about persons share: filters, and values that come from a prompt or standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tocsin.errors import UsageError
from tocsin.sentences import say

if TYPE_CHECKING:
    from tocsin.people.asking import Filters


def filter_options(language: str) -> list[click.Parameter]:
    """--kind, --department, --country, --minor, --controller."""
    return [
        click.Option(
            ["kinds", "--kind"], multiple=True, metavar="KIND", help=say("cli.filter.kind", language)
        ),
        click.Option(["--department"], metavar="D", help=say("cli.filter.department", language)),
        click.Option(["--country"], metavar="C", help=say("cli.filter.country", language)),
        click.Option(["--minor"], is_flag=True, help=say("cli.filter.minor", language)),
        click.Option(["--controller"], metavar="C", help=say("cli.filter.controller", language)),
    ]


def filters(given: dict[str, Any]) -> Filters:
    """The filters that were typed. Raises UsageError for a kind that there is not."""
    from tocsin.kinds.catalogue import bundled
    from tocsin.people.asking import Filters

    if any(kind not in bundled() for kind in given["kinds"]):
        raise UsageError("cli.no_such_kind")
    return Filters(
        **{name: given[name] for name in ("kinds", "department", "country", "minor", "controller")}
    )


def values(count: int, dash: str | None, language: str, asked: list[str]) -> list[str]:
    """`count` values: lines of standard input where `-` was typed, else hidden prompts. Never arguments.

    Raises UsageError where anything else stands in the place of `-`, or a line is missing.
    """
    if dash not in (None, "-"):
        raise UsageError("cli.value_on_line")
    if dash == "-":
        lines = [line.rstrip("\r\n") for line in sys.stdin.readlines()]
        found = [line for line in lines if line.strip()][:count]
    else:
        found = [
            click.prompt(say("cli.value_prompt", language, kind=kind), hide_input=True, err=True)
            for kind in asked
        ]
    if len(found) < count:
        raise UsageError("cli.value_missing", count=count)
    return found
