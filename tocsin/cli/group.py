"""All commands, each loaded when it is asked for, and the boundary at which errors become sentences and exit codes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from traceback import walk_tb

import click

from tocsin import __version__
from tocsin.cli.telling import language_option, told_help, write_options
from tocsin.errors import TocsinError
from tocsin.sentences import LANGUAGES, knows, say

COMMANDS = (
    *("caller", "close", "compare", "count", "data", "demo", "doctor", "fake", "kinds", "people", "persons"),
    *("respond", "scan", "verify", "why"),
)
INTERRUPTED = 130
USAGE = 2
BROKEN = 4


class Commands(click.Group):
    """Finds each command in the module of its name, so that `--help` loads none of the libraries."""

    def __init__(self, language: str) -> None:
        super().__init__(
            "tocsin", help=say("cli.help", language), context_settings={"max_content_width": 100}
        )
        self._language = language
        self.params = [language_option(language)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return told_help(super().get_help_option(ctx), self._language)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("cli.usage_is", self._language))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options(self, ctx, formatter, self._language)
        self.format_commands(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        made: Callable[[str], click.Command] = import_module(f"tocsin.cli.{cmd_name}").command
        return made(self._language)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, say(f"cli.{name}.short", self._language)) for name in COMMANDS]
        with formatter.section(say("cli.commands", self._language)):
            formatter.write_dl(rows)


def run(arguments: Sequence[str]) -> int:
    """Run the command line; gives the exit code. Nothing that reaches a person holds a value or a library's text."""
    language, rest = _language(arguments)
    if language is None:
        click.echo(say("cli.language_unknown", "fr"), err=True)
        return USAGE
    if rest in (["--version"], ["-V"]):
        click.echo(f"tocsin {__version__}")
        return 0
    from tocsin.case.process import no_core_dumps

    no_core_dumps()
    try:
        code = Commands(language).main(list(rest), prog_name="tocsin", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        click.echo(_usage(error, language), err=True)
        return USAGE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except TocsinError as error:
        click.echo(sentence(error, language), err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("cli.interrupted", language), err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # whoever read what we print has gone
        return 0
    except BaseException as error:
        _trace(error, language)
        return BROKEN


def sentence(error: TocsinError, language: str) -> str:
    """What happened, where, and what to do."""
    if not knows(error.code):
        return say("cli.error", language, named=error.code)
    where = {"place": error.place or ""}
    lines = [say(error.code, language, **where, **error.arguments)]
    if knows(f"{error.code}.remedy"):
        lines.append(say(f"{error.code}.remedy", language, **where, **error.arguments))
    return "\n".join(lines)


def _language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The language asked for with `--lang` anywhere on the line, else the locale's, else French; and the rest."""
    rest: list[str] = []
    asked: str | None = None
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == "--lang":
            asked = next(waiting, "")
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
        else:
            rest.append(argument)
    if asked is not None:
        return (asked if asked in LANGUAGES else None), rest
    return ("en" if _locale().startswith("en") else "fr"), rest


def _locale() -> str:
    """The language code of the environment, as the C library orders the variables."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((os.environ[name].lower() for name in names if os.environ.get(name)), "")


def _usage(error: click.UsageError, language: str) -> str:
    """A mistake on the command line, told without repeating what was typed."""
    codes = {
        "NoSuchCommand": "cli.no_such_command",
        "NoSuchOption": "cli.no_such_option",
        "MissingParameter": "cli.missing",
        "BadParameter": "cli.bad_parameter",
        "BadOptionUsage": "cli.bad_option",
        "BadArgumentUsage": "cli.bad_option",
    }
    code = codes.get(type(error).__name__, "cli.usage")
    parameter = getattr(error, "param", None)
    named = (
        (parameter.metavar or parameter.name or "").upper() if isinstance(parameter, click.Argument) else None
    )
    if named is None and isinstance(parameter, click.Option):
        named = parameter.opts[0]
    return say(code, language, named=named or "", command=error.ctx.command_path if error.ctx else "tocsin")


def _trace(error: BaseException, language: str) -> None:
    """Our own mistake: the kind of error and the places in the code, without messages or values."""
    click.echo(say("cli.broken", language, named=type(error).__name__), err=True)
    for frame, line in walk_tb(error.__traceback__):
        name = os.path.basename(frame.f_code.co_filename)
        click.echo(f"  {name}:{line} {frame.f_code.co_name}", err=True)
