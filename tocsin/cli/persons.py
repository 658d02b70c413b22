"""`tocsin persons`: the list of persons written out, or whether somebody is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import asking, options
from tocsin.cli.telling import Told
from tocsin.errors import UsageError
from tocsin.sentences import say


def command(language: str) -> click.Command:
    """The command in one language."""

    def persons(
        case: Path, what: str, kind: str | None, dash: str | None, as_json: bool, **given: Any
    ) -> int:
        if what == "export":
            return _export(case, language, as_json, given)
        if what == "concerned":
            return _concerned(case, kind, dash, language, as_json)
        raise UsageError("cli.persons.what")

    parameters: list[Any] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar="CASE"),
        click.Argument(["what"], metavar="export|concerned"),
        click.Argument(["kind"], required=False, metavar="[KIND]"),
        click.Argument(["dash"], required=False, metavar="[-]"),
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=say("cli.option.out_file", language),
        ),
        click.Option(["--reveal"], is_flag=True, help=say("cli.option.reveal", language)),
        *asking.filter_options(language),
        options.option_json(language),
    ]
    return Told(
        "persons", language, params=parameters, callback=persons, help=say("cli.persons.help", language)
    )


def _export(case: Path, language: str, as_json: bool, given: dict[str, Any]) -> int:
    from tocsin.pipeline import questions
    from tocsin.report.words import Words

    out = given["out"]
    if out is None:
        raise UsageError("cli.missing", named="--out")
    written = questions.export(case, out, asking.filters(given), reveal=given["reveal"])
    if as_json:
        options.print_json({"persons": written, "revealed": given["reveal"]})
    else:
        code = "people.exported.clear" if given["reveal"] else "people.exported.masked"
        click.echo(say(code, language, count=Words(language).number(written)))
    return 0


def _concerned(case: Path, kind: str | None, dash: str | None, language: str, as_json: bool) -> int:
    from tocsin.kinds.catalogue import bundled
    from tocsin.pipeline import questions

    if kind is None:
        raise UsageError("cli.missing", named="KIND")
    (value,) = asking.values(1, dash, language, [kind])
    found = questions.concerned(case, kind, value)
    if as_json:
        options.print_json(found)
        return 0
    kinds = bundled()
    click.echo(say("people.concerned.yes" if found["found"] else "people.concerned.no", language))
    for person in found["persons"]:
        labels = ", ".join(kinds[name].label[language] if name in kinds else name for name in person["kinds"])
        click.echo(say("people.concerned.kinds", language, kinds=labels, records=person["records"]))
        for rule in person["rules"]:
            click.echo(f"  {say('people.rule', language, rule=rule)}")
    return 0
