"""`tocsin respond`: the main job, from the pile to what this version can say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def respond(
        piles: tuple[str, ...],
        case: Path,
        spans: bool,
        kinds_folder: Path | None,
        cores: int,
        password_file: Path | None,
        as_json: bool,
    ) -> int:
        return answer(
            piles,
            case,
            language,
            spans=spans,
            kinds_folder=kinds_folder,
            cores=cores,
            password_file=password_file,
            as_json=as_json,
        )

    return Told(
        "respond",
        language,
        params=_parameters(language),
        callback=respond,
        help=say("cli.respond.help", language),
    )


def _parameters(language: str) -> list[Any]:
    """Arguments and options."""
    return [
        options.argument_piles(),
        options.option_case(language, required=True),
        options.option_spans(language),
        options.option_kinds(language),
        options.option_cores(language),
        options.option_passwords(language),
        options.option_json(language),
        *options.options_later(("--facts", "--reference", "--listing", "--originals"), language),
    ]


def answer(
    piles: tuple[str, ...],
    case: Path,
    language: str,
    *,
    spans: bool = False,
    kinds_folder: Path | None = None,
    cores: int = 1,
    password_file: Path | None = None,
    as_json: bool = False,
) -> int:
    """Run the main job and print its five lines, or one JSON object; gives the exit code."""
    from tocsin import pipeline
    from tocsin.cli.addresses import prepare
    from tocsin.cli.printing import five_lines, scan_json

    prepare(piles, language)
    bar = options.Bar(language)
    asked = pipeline.Asked(
        piles=piles,
        case=case,
        spans=spans,
        kinds_folder=kinds_folder,
        cores=cores,
        password_file=password_file,
    )
    given = pipeline.respond(asked, language, bar)
    bar.end()
    if as_json:
        later = {"persons": None, "severity": None, "duties": None, "next": "report"}
        options.print_json({"leaked": scan_json(given), **later, "report": str(given.report)})
        return options.exit_code(given)
    for line in five_lines(given, language):
        click.echo(line)
    click.echo(say("cli.report_is", language, path=_near(given.report)))
    return options.exit_code(given)


def _near(path: Path | None) -> str:
    """A path as one would type it from here."""
    near = os.path.relpath(path) if path is not None else ""
    return str(path) if near.startswith("..") else near
