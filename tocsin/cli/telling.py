"""The terminal library's own words, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from tocsin.sentences import say


class Told(click.Command):
    """A command whose help speaks one language throughout."""

    def __init__(
        self, name: str, language: str, params: list[Any], callback: Callable[..., Any], help: str
    ) -> None:
        super().__init__(name, params=[*params, language_option(language)], callback=callback, help=help)
        self._language = language

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return told_help(super().get_help_option(ctx), self._language)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("cli.usage_is", self._language))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options(self, ctx, formatter, self._language)


def language_option(language: str) -> click.Option:
    """`--lang`, which was taken from the line before; it stands here for the help."""
    return click.Option(
        ["--lang"], metavar="fr|en", expose_value=False, help=say("cli.option.lang", language)
    )


def told_help(option: click.Option | None, language: str) -> click.Option | None:
    """The option `--help` with its own sentence in the reader's language."""
    if option is not None:
        option.help = say("cli.option.help", language)
    return option


def write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter, language: str
) -> None:
    """The list of options under its title."""
    rows = [
        row for parameter in command.get_params(ctx) if (row := parameter.get_help_record(ctx)) is not None
    ]
    if rows:
        with formatter.section(say("cli.options", language)):
            formatter.write_dl(rows)
