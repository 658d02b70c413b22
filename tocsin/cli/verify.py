"""`tocsin verify`: whether a case's journal and tables are as they were written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def verify(case: Path, as_json: bool) -> int:
        from tocsin.case import verify as examine

        problems = examine(case)
        if as_json:
            rows = [{"code": one.code, "place": one.place, **dict(one.arguments)} for one in problems]
            options.print_json({"sound": not problems, "problems": rows})
        elif problems:
            for one in problems:
                click.echo(say(one.code, language, place=one.place, **dict(one.arguments)))
        else:
            click.echo(say("verify.sound", language))
        return 1 if problems else 0

    parameters: list[Any] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar="CASE"),
        options.option_json(language),
    ]
    return Told("verify", language, params=parameters, callback=verify, help=say("cli.verify.help", language))
