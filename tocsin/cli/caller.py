"""`tocsin caller`: for the hotline; two facts that the caller tells, and what to answer. No value is read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import asking, options
from tocsin.cli.telling import Told
from tocsin.sentences import say

USUAL = ("any.surname", "any.birth_date")


def command(language: str) -> click.Command:
    """The command in one language."""

    def caller(case: Path, dash: str | None, kinds: tuple[str, ...], as_json: bool) -> int:
        from tocsin.pipeline import questions

        asked = list(kinds) if len(kinds) == len(USUAL) else list(USUAL)
        told = asking.values(len(asked), dash, language, asked)
        answer = questions.caller(case, list(zip(asked, told, strict=True)))
        if as_json:
            options.print_json({"answer": answer})
        else:
            click.echo(say(f"people.caller.{answer}", language))
        return 0

    parameters: list[Any] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar="CASE"),
        click.Argument(["dash"], required=False, metavar="[-]"),
        click.Option(
            ["kinds", "--kind"], multiple=True, metavar="KIND", help=say("cli.caller.kind", language)
        ),
        options.option_json(language),
    ]
    return Told("caller", language, params=parameters, callback=caller, help=say("cli.caller.help", language))
