"""`tocsin close`: destroy what a case holds of persons, keep counts and journal, write a certificate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def close(case: Path, keep: str, as_json: bool) -> int:
        from tocsin.case import close as destroy

        certificate = destroy(case, keep=keep)
        if as_json:
            options.print_json(certificate)
        else:
            click.echo(say("cli.closed", language, path=case / "certificate.txt"))
        return 0

    parameters: list[Any] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar="CASE"),
        click.Option(["--keep"], required=True, metavar="counts", help=say("cli.option.keep", language)),
        options.option_json(language),
    ]
    return Told("close", language, params=parameters, callback=close, help=say("cli.close.help", language))
