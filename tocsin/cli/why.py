"""`tocsin why`: the reason behind every finding of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def why(case: Path, place: str | None, kind: str | None, reveal: bool, as_json: bool) -> int:
        from tocsin.cli.explaining import explain

        return explain(case, place, kind, language, reveal=reveal, as_json=as_json)

    parameters: list[Any] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar="CASE"),
        click.Argument(["place"], required=False, metavar="[SOURCE[:FIELD]]"),
        click.Option(["--kind"], metavar="KIND", help=say("cli.option.kind", language)),
        click.Option(["--reveal"], is_flag=True, help=say("cli.option.reveal", language)),
        options.option_json(language),
    ]
    return Told("why", language, params=parameters, callback=why, help=say("cli.why.help", language))
