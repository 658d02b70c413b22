"""`tocsin compare`: two cases side by side: whom they share, which is newer, whether one is the other again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def compare(case_a: Path, case_b: Path, as_json: bool) -> int:
        from tocsin.cli.persons_told import count_told
        from tocsin.pipeline import questions
        from tocsin.report.words import Words

        found = questions.compare(case_a, case_b)
        if as_json:
            options.print_json(found)
            return 0
        words = Words(language)
        click.echo(
            say("people.compare.shared", language, count=count_told(found["shared_persons"], language))
        )
        for side in ("a", "b"):
            share, case = words.percent(found[f"shared_of_{side}"]), found[side]
            click.echo(
                say(
                    "people.compare.side",
                    language,
                    side=side.upper(),
                    share=share,
                    count=count_told(case["persons"], language),
                    oldest=case["oldest"] or "?",
                    newest=case["newest"] or "?",
                )
            )
        click.echo(say(f"people.compare.{found['verdict']}", language))
        return 0

    parameters: list[Any] = [
        click.Argument(["case_a"], type=click.Path(path_type=Path), metavar="CASE_A"),
        click.Argument(["case_b"], type=click.Path(path_type=Path), metavar="CASE_B"),
        options.option_json(language),
    ]
    return Told(
        "compare", language, params=parameters, callback=compare, help=say("cli.compare.help", language)
    )
