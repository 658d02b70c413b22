"""`tocsin scan`: which personal data a pile holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def scan(piles: tuple[str, ...], case: Path | None, as_json: bool, **settings: Any) -> int:
        from tocsin import pipeline
        from tocsin.cli.addresses import prepare
        from tocsin.cli.printing import findings_table, scan_json

        options.need_something(piles, settings["listing"], settings["originals"])
        prepare(piles, language)
        asked = pipeline.Asked(piles=piles, case=case, **settings)
        bar = options.Bar(language)
        answer = pipeline.scan(asked, bar)
        bar.end()
        if as_json:
            options.print_json(scan_json(answer))
        else:
            findings_table(answer, language)
            if case is not None and sys.stderr.isatty():
                click.echo(say("cli.next.why", language, case=case), err=True)
        return options.exit_code(answer)

    return Told(
        "scan", language, params=_parameters(language), callback=scan, help=say("cli.scan.help", language)
    )


def _parameters(language: str) -> list[Any]:
    """Arguments and options."""
    return [
        options.argument_piles(required=False),
        options.option_case(language),
        options.option_spans(language),
        options.option_kinds(language),
        options.option_cores(language),
        options.option_passwords(language),
        options.option_json(language),
        *options.options_listing(language),
    ]
