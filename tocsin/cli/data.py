"""`tocsin data`: every bundled list with its source, licence and date, and when it is stale."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.kinds.lists import facts
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def data(as_json: bool) -> int:
        if as_json:
            options.print_json({"lists": [_plain(entry) for entry in facts()]})
            return 0
        today = datetime.now(UTC).date().isoformat()
        for entry in facts():
            _tell(entry, today, language)
        return 0

    return Told(
        "data",
        language,
        params=[options.option_json(language)],
        callback=data,
        help=say("cli.data.help", language),
    )


def _plain(entry: dict[str, Any]) -> dict[str, str | int]:
    """An entry with its dates as text."""
    return {name: value if isinstance(value, int) else str(value) for name, value in entry.items()}


def _tell(entry: dict[str, Any], today: str, language: str) -> None:
    """One list in three lines."""
    stale = str(entry.get("stale_after", "")) < today
    click.echo(f"{entry['name']} — {_in(entry['title'], language)}")
    click.echo(f"  {_in(entry['source'], language)}")
    said = say(
        "cli.data.stale" if stale else "cli.data.fresh",
        language,
        licence=entry["licence"],
        dated=entry["date"],
        until=entry["stale_after"],
        rows=entry["rows"],
    )
    click.echo(said)


def _in(words: str | dict[str, str], language: str) -> str:
    """A text that may stand in both languages."""
    return words[language] if isinstance(words, dict) else words
