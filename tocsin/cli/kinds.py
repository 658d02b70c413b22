"""`tocsin kinds`: what Tocsin looks for, and by which rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import options
from tocsin.cli.telling import Told
from tocsin.errors import UsageError
from tocsin.kinds.catalogue import catalogue
from tocsin.kinds.kind import Kind
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def kinds(kind: str | None, kinds_folder: Path | None, as_json: bool) -> None:
        known = catalogue(kinds_folder)
        aliases = {alias: found.name for found in known.values() for alias in found.aliases}
        if kind is not None and aliases.get(kind, kind) not in known:
            raise UsageError("cli.no_such_kind")
        chosen = [known[aliases.get(kind, kind)]] if kind is not None else list(known.values())
        if as_json:
            options.print_json({"kinds": [described(found) for found in chosen]})
        elif kind is not None:
            _card(chosen[0], language)
        else:
            width = max(len(found.name) for found in chosen)
            for found in chosen:
                click.echo(f"{found.name:<{width}}  {found.label[language]}")

    parameters: list[Any] = [
        click.Argument(["kind"], required=False, metavar="[KIND]"),
        options.option_kinds(language),
        options.option_json(language),
    ]
    return Told("kinds", language, params=parameters, callback=kinds, help=say("cli.kinds.help", language))


def described(kind: Kind) -> dict[str, Any]:
    """A kind's declaration as JSON: codes, examples that are published, where the rule is written."""
    return {
        "name": kind.name,
        "label": dict(kind.label),
        "category": str(kind.category),
        "pattern": kind.pattern,
        "keyed": kind.keyed,
        "chance": kind.chance,
        "needs": str(kind.needs),
        "headers": list(kind.headers),
        "words": len(kind.words),
        "valid": [{"value": example.value, "source": example.source} for example in kind.valid],
        "invalid": list(kind.invalid),
        "citations": [
            {
                "title": citation.title,
                "url": citation.url,
                "checked_on": citation.checked_on.isoformat() if citation.checked_on else None,
                "verification": str(citation.verification),
            }
            for citation in kind.citations
        ],
        "dpv": kind.dpv,
        "note": dict(kind.note),
    }


def _card(kind: Kind, language: str) -> None:
    """One kind, line by line."""
    lines = [
        ("label", kind.label[language]),
        ("category", str(kind.category)),
        ("pattern", kind.pattern or "—"),
        ("needs", say(f"cli.needs.{kind.needs}", language)),
        ("chance", f"{kind.chance:g}"),
        ("headers", ", ".join(kind.headers[:12]) + ("…" if len(kind.headers) > 12 else "")),
        ("valid", "\n".join(f"{example.value} — {example.source}" for example in kind.valid) or "—"),
        ("note", kind.note.get(language, "—")),
    ]
    click.echo(kind.name)
    for name, text in lines:
        click.echo(f"  {say(f'cli.kind.{name}', language)}")
        for line in text.splitlines():
            click.echo(f"    {line}")
    for citation in kind.citations:
        seen = f" ({citation.verification}, {citation.checked_on or '—'})"
        click.echo(f"  {citation.title}{seen}\n    {citation.url or ''}".rstrip())
