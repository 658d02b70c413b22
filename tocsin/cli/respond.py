"""`tocsin respond`: the main job, from the pile to what this version can say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.sentences import say

if TYPE_CHECKING:
    from tocsin.pipeline import Answer


def command(language: str) -> click.Command:
    """The command in one language."""

    def respond(
        piles: tuple[str, ...],
        case: Path,
        spans: bool,
        kinds_folder: Path | None,
        cores: int,
        password_file: Path | None,
        listing: Path | None,
        originals: Path | None,
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
            listing=listing,
            originals=originals,
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
        options.argument_piles(required=False),
        options.option_case(language, required=True),
        options.option_spans(language),
        options.option_kinds(language),
        options.option_cores(language),
        options.option_passwords(language),
        options.option_json(language),
        *options.options_later(("--facts", "--reference"), language),
        *options.options_listing(language),
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
    listing: Path | None = None,
    originals: Path | None = None,
    as_json: bool = False,
) -> int:
    """Run the main job and print its five lines, or one JSON object; gives the exit code."""
    from tocsin import pipeline
    from tocsin.cli.addresses import prepare

    options.need_something(piles, listing, originals)
    prepare(piles, language)
    bar = options.Bar(language)
    asked = pipeline.Asked(
        piles=piles,
        case=case,
        spans=spans,
        kinds_folder=kinds_folder,
        cores=cores,
        password_file=password_file,
        listing=listing,
        originals=originals,
    )
    given = pipeline.respond(asked, language, bar)
    bar.end()
    _print(given, language, as_json)
    return options.exit_code(given)


def _print(given: Answer, language: str, as_json: bool) -> None:
    """The answer as five lines or as one JSON object."""
    from tocsin.cli.printing import five_lines, scan_json

    if as_json:
        later = {"persons": None, "severity": None, "duties": None, "next": "report"}
        options.print_json({"leaked": scan_json(given), **later, "report": str(given.report)})
        return
    for line in five_lines(given, language):
        click.echo(line)
    click.echo(say("cli.report_is", language, path=_near(given.report)))


def _near(path: Path | None) -> str:
    """A path as one would type it from here."""
    near = os.path.relpath(path) if path is not None else ""
    return str(path) if near.startswith("..") else near
