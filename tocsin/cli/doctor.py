"""`tocsin doctor`: what is installed, how safe this machine is for a case, which cases have expired."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def doctor(cases: tuple[Path, ...], as_json: bool) -> int:
        from tocsin.case import doctor as examine

        facts = examine(cases or (Path(),))
        if as_json:
            rows = [
                {"code": one.code, "state": str(one.state), "arguments": dict(one.arguments)} for one in facts
            ]
            options.print_json({"facts": rows})
            return 0
        for one in facts:
            mark = say(f"cli.doctor.{one.state}", language)
            click.echo(f"{mark:<12} {say(one.code, language, **dict(one.arguments))}")
        return 0

    parameters: list[Any] = [
        click.Argument(["cases"], nargs=-1, type=click.Path(path_type=Path), metavar="[CASE]..."),
        options.option_json(language),
    ]
    return Told("doctor", language, params=parameters, callback=doctor, help=say("cli.doctor.help", language))
