"""`tocsin count`: how many persons, of a kind, a place, an age, without opening any list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import asking, options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def count(case: Path, as_json: bool, **given: Any) -> int:
        from tocsin.cli.persons_told import count_told
        from tocsin.pipeline import questions

        found = questions.count(case, asking.filters(given))
        if as_json:
            options.print_json(found)
        elif found["estimate"] is None:
            click.echo(say("people.too_few", language))
        else:
            click.echo(count_told(found, language))
        return 0

    parameters: list[Any] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar="CASE"),
        *asking.filter_options(language),
        options.option_json(language),
    ]
    return Told("count", language, params=parameters, callback=count, help=say("cli.count.help", language))
