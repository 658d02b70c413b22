"""`tocsin demo`: a synthetic laboratory leak, from the pile to the end of what is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.respond import answer
from tocsin.cli.telling import Told
from tocsin.sentences import say

PERSONS, SEED = 400, 2026


def command(language: str) -> click.Command:
    """The command in one language."""

    def demo(out: Path, cores: int) -> int:
        from tocsin.fakes import fake

        if not (out / "truth.parquet").exists():
            fake("laboratory", persons=PERSONS, seed=SEED, out=out)
        return answer((str(out / "pile"),), out / "case", language, cores=cores)

    parameters: list[Any] = [
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            default=Path("tocsin-demo"),
            metavar="DIR",
            help=say("cli.option.demo_out", language),
        ),
        options.option_cores(language),
    ]
    return Told("demo", language, params=parameters, callback=demo, help=say("cli.demo.help", language))
