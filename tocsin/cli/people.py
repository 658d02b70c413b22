"""`tocsin people`: who is affected, how many, and how sure that is."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def people(case: Path, as_json: bool) -> int:
        from tocsin.case import Case
        from tocsin.cli.persons_told import told
        from tocsin.pipeline.resolving import people as resolve

        def progress(stage: str) -> None:
            if sys.stderr.isatty():
                click.echo(say(f"people.doing.{stage}", language), err=True)

        with Case.open(case, create=False) as opened:
            result = resolve(opened, datetime.now(UTC).date(), progress).result
        if as_json:
            options.print_json(result)
        else:
            for line in told(result, language):
                click.echo(line)
        return options.WITH_ISSUES if _incomplete(result) else options.DONE

    parameters: list[Any] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar="CASE"),
        options.option_json(language),
        *options.options_later(("--reference",), language),
    ]
    return Told("people", language, params=parameters, callback=people, help=say("cli.people.help", language))


def _incomplete(result: dict[str, Any]) -> bool:
    """Whether the count leaves anything out."""
    left = ("records_unread", "sources_unread", "pages_needing_ocr", "encrypted", "listed_missing")
    return any(result["coverage"][name] for name in left)
