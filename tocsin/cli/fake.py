"""`tocsin fake`: a synthetic leak of nobody, with the truth beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def fake(profile: str, persons: int, seed: int, out: Path) -> int:
        from tocsin.fakes import fake as make

        make(profile, persons=persons, seed=seed, out=out)
        click.echo(say("cli.faked", language, path=out))
        return 0

    parameters: list[Any] = [
        click.Argument(["profile"], metavar="PROFILE"),
        click.Option(
            ["--persons"],
            type=click.IntRange(1),
            required=True,
            metavar="N",
            help=say("cli.option.persons", language),
        ),
        click.Option(["--seed"], type=int, default=1, metavar="S", help=say("cli.option.seed", language)),
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            required=True,
            metavar="DIR",
            help=say("cli.option.out", language),
        ),
    ]
    return Told("fake", language, params=parameters, callback=fake, help=say("cli.fake.help", language))
