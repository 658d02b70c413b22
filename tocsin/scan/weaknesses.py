"""Weaknesses for the profile: what the tables of a case say of how the data was kept, from a declared list.

Counts only: sources, values and persons; the names of the first sources are given by their number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

MAILS = frozenset({"eml", "mbox", "msg", "pst", "maildir"})
WHERE = ("mail", "document", "table", "anywhere")
LISTED = 20
MEMBER, TABLE = "!/", "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """One row of `weaknesses.toml`."""

    code: str
    citation: str
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    where: str = "anywhere"
    least: int = 1
    open: bool = False
    older_than_years: int | None = None


@cache
def declared() -> tuple[Weakness, ...]:
    """The declared weaknesses, in their order."""
    text = files("tocsin.scan").joinpath("weaknesses.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["weakness"]
    for row in rows:
        row.update({name: tuple(value) for name, value in row.items() if isinstance(value, list)})
    return tuple(Weakness(**row) for row in rows)


def weaknesses(
    sources: pl.DataFrame,
    findings: pl.DataFrame,
    persons: pl.DataFrame | None = None,
    *,
    year: int,
    open_to_all: Collection[str] = (),
) -> list[dict[str, Any]]:
    """The weaknesses that the tables show, in declared order: `code`, `citation`, `sources` (how many), `values`
    (valid ones, None where persons are counted), `persons` (None where not counted), `listed` (source numbers).

    `sources` and `findings` are the contract's tables; `persons` has `last_year`, `year` is the present one;
    `open_to_all` are the names of files that everybody on their machine could read (`sources.modes`).
    """
    placed = _placed(sources, findings, open_to_all)
    found = []
    for weakness in declared():
        if weakness.older_than_years is not None:
            row = _old(weakness, persons, year)
        else:
            row = _held(weakness, placed)
        if row is not None:
            found.append({"code": weakness.code, "citation": weakness.citation} | row)
    return found


def _held(weakness: Weakness, placed: pl.DataFrame) -> dict[str, Any] | None:
    """The sources whose findings are such."""
    wanted = placed.filter(
        (pl.col("kind").is_in(weakness.kinds) | pl.col("category").is_in(weakness.categories))
        & (pl.col("valid") >= weakness.least)
    )
    if weakness.grades:
        wanted = wanted.filter(pl.col("grade").fill_null("").is_in(weakness.grades))
    if weakness.where != "anywhere":
        wanted = wanted.filter(weakness.where)
    if weakness.open:
        wanted = wanted.filter("open")
    if wanted.is_empty():
        return None
    numbers = wanted["source_id"].unique().sort()
    return {
        "sources": len(numbers),
        "values": int(wanted["valid"].sum()),
        "persons": None,
        "listed": numbers.head(LISTED).to_list(),
    }


def _old(weakness: Weakness, persons: pl.DataFrame | None, year: int) -> dict[str, Any] | None:
    """The persons whose last trace is older than the declared number of years."""
    if persons is None or "last_year" not in persons.columns or weakness.older_than_years is None:
        return None
    last = persons["last_year"].drop_nulls().cast(pl.Int64)
    count = int((last < year - weakness.older_than_years).sum())
    return {"sources": None, "values": None, "persons": count, "listed": []} if count else None


def _placed(sources: pl.DataFrame, findings: pl.DataFrame, open_to_all: Collection[str]) -> pl.DataFrame:
    """Findings with where they stand: in a mail, a document or a table, in a file that everybody could read."""
    formats = dict(sources.select("source", "format").iter_rows())
    names = sources.select("source_id", "source").with_columns(pl.col("source").cast(pl.String))
    told = names.with_columns(
        mail=pl.Series([_in_mail(name, formats) for name in names["source"]], dtype=pl.Boolean),
        open=pl.Series([_file(name) in open_to_all for name in names["source"]], dtype=pl.Boolean),
    ).drop("source")
    return findings.join(told, on="source_id", how="left").with_columns(
        document=pl.col("field").is_null(),
        table=pl.col("field").is_not_null(),
        mail=pl.col("mail").fill_null(False),
        open=pl.col("open").fill_null(False),
    )


def _in_mail(name: str, formats: Mapping[str, str]) -> bool:
    """Whether a source is a mailbox or message, or stands inside one (`inbox.mbox!/42/ordonnance.pdf`)."""
    parts = name.split(MEMBER)
    paths = [MEMBER.join(parts[: at + 1]) for at in range(len(parts))]
    return any(formats.get(path) in MAILS for path in paths) or any(
        path.rpartition(".")[2].lower() in MAILS for path in paths[:-1]
    )


def _file(name: str) -> str:
    """The file of the pile in which a source stands."""
    return name.split(MEMBER)[0].partition(TABLE)[0]
