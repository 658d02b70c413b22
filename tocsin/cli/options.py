"""What several commands share: their options, how JSON and tables are printed, and the progress on the terminal."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tocsin.errors import UsageError
from tocsin.sentences import say

if TYPE_CHECKING:
    from tocsin.pipeline import Answer
    from tocsin.pipeline.scanning import Progress

DONE, WITH_ISSUES, NOTHING_READ = 0, 3, 4
HARMLESS = frozenset({"source.empty"})


def argument_piles(*, required: bool = True) -> click.Argument:
    """PILE..."""
    return click.Argument(["piles"], nargs=-1, required=required, metavar="PILE...")


def option_case(language: str, *, required: bool = False) -> click.Option:
    """--case DIR"""
    return click.Option(
        ["--case"],
        type=click.Path(path_type=Path),
        required=required,
        metavar="DIR",
        help=say("cli.option.case", language),
    )


def option_json(language: str) -> click.Option:
    """--json"""
    return click.Option(["as_json", "--json"], is_flag=True, help=say("cli.option.json", language))


def option_kinds(language: str) -> click.Option:
    """--kinds DIR"""
    return click.Option(
        ["kinds_folder", "--kinds"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=say("cli.option.kinds", language),
    )


def option_spans(language: str) -> click.Option:
    """--spans"""
    return click.Option(["--spans"], is_flag=True, help=say("cli.option.spans", language))


def option_cores(language: str) -> click.Option:
    """--cores N"""
    return click.Option(
        ["--cores"],
        type=click.IntRange(1, 256),
        default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        metavar="N",
        help=say("cli.option.cores", language),
    )


def option_passwords(language: str) -> click.Option:
    """--password-file F"""
    return click.Option(
        ["password_file", "--password-file"],
        type=click.Path(path_type=Path),
        metavar="F",
        help=say("cli.option.passwords", language),
    )


def options_listing(language: str) -> list[click.Option]:
    """--listing LIST --originals DIR"""
    return [
        click.Option(
            [f"--{name}"],
            type=click.Path(path_type=Path),
            metavar=metavar,
            help=say(f"cli.option.{name}", language),
        )
        for name, metavar in (("listing", "LIST"), ("originals", "DIR"))
    ]


def need_something(piles: Sequence[str], listing: Path | None, originals: Path | None) -> None:
    """Raise UsageError where neither a pile nor a list is given, or a list without the copies it names."""
    if (listing is None) != (originals is None):
        raise UsageError("listing.together")
    if not piles and listing is None:
        raise UsageError("cli.missing", named="PILE...", command=click.get_current_context().command_path)


def options_later(names: Sequence[str], language: str) -> list[click.Option]:
    """Options of the contract that this version does not have yet: shown as such, refused with a sentence."""

    def refuse(ctx: click.Context, option: click.Parameter, given: str | None) -> None:
        if given is not None:
            raise UsageError("cli.not_built", named=option.opts[0])

    helped = say("cli.option.later", language)
    return [
        click.Option([name], metavar="…", expose_value=False, callback=refuse, help=helped) for name in names
    ]


def print_json(value: object) -> None:
    """One JSON object and nothing else, on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def exit_code(answer: Answer) -> int:
    """0 done, 3 done with issues, 4 when nothing at all could be read."""
    outcome = answer.outcome
    states = set(outcome.sources["state"].to_list())
    codes = set(outcome.issues["code"].to_list())
    if not states or states == {"unread"} and codes - HARMLESS:
        return NOTHING_READ
    return WITH_ISSUES if codes else DONE


class Bar:
    """The progress of a scan on a terminal: share, rate, time left, and the kinds as soon as they are seen.

    Silent where standard error is no terminal.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._live = sys.stderr.isatty()
        self._last = 0.0
        self._seen: set[str] = set()
        self._drawn = False

    def __call__(self, progress: Progress) -> None:
        """Show what changed, at most ten times a second."""
        if not self._live:
            return
        fresh = [kind for kind in progress.findings if kind not in self._seen]
        if fresh:
            self._seen.update(fresh)
            self._clear()
            click.echo(say("cli.progress.first", self._language, kinds=", ".join(fresh)), err=True)
        now = time.monotonic()
        if now - self._last < 0.1:
            return
        self._last = now
        self._draw(progress)

    def end(self) -> None:
        """Leave the line empty."""
        if self._live:
            self._clear()

    def _draw(self, progress: Progress) -> None:
        share = progress.done / progress.total if progress.total else 0.0
        rate = progress.done / max(progress.seconds, 0.1) / 1e6
        left = (progress.total - progress.done) / max(rate * 1e6, 1.0)
        filled = round(share * 24)
        line = say(
            "cli.progress.line",
            self._language,
            bar="█" * filled + "░" * (24 - filled),
            share=round(share * 100),
            rate=round(rate),
            left=duration(left if progress.done else 0.0),
        )
        width = shutil.get_terminal_size().columns
        click.echo(f"\r{line[: width - 1]}\x1b[K", err=True, nl=False)
        self._drawn = True

    def _clear(self) -> None:
        if self._drawn:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._drawn = False


def duration(seconds: float) -> str:
    """Minutes and seconds, hours where there are some."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
