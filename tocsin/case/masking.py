"""What stays of a closed case's tables: counts, without any name that came from the pile."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import polars as pl

from tocsin import tables
from tocsin.case import durable, layout
from tocsin.case.case import Case
from tocsin.case.replacing import replace_known
from tocsin.case.state import Part, Replacement
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Category

SCHEMAS = {
    "findings.parquet": tables.FINDINGS,
    "issues.parquet": tables.ISSUES,
    "sources.parquet": tables.SOURCES,
}
FORMAT = re.compile(r"[a-z0-9]{1,12}")
PLACE = r"^(?:page|line|record|row|column|part|sheet|byte|offset) [0-9]{1,15}$"
LETTERS = re.compile(r"[^0-9a-z]+")


def mask_kept(case: Case, before: Callable[[Path], object]) -> None:
    """Replace the kept files that could hold names by ones that do not; `before` gets each old
    file just before the new one takes its place, to overwrite it.

    `DUPONT_Jean_VIH.pdf` becomes `source-12.pdf` (its format, not its extension). Sources come last: the
    others need their names, should this be cut short and taken up again.
    """
    aliases = _aliases(case.sources())
    known = case.state.parts()
    for name in layout.COUNTED:
        if name in known:
            _replace(case, known[name], partial(_write_json, case, name, aliases), before)
    for name, schema in SCHEMAS.items():
        if name in known:
            _replace(case, known[name], partial(_write, case, name, schema, aliases), before)


def masked(frame: pl.DataFrame, schema: pl.Schema, aliases: dict[int, str]) -> pl.DataFrame:
    """`frame` with the schema's columns only, sources by alias, fields by number, free words gone.

    A field keeps its name where it is one of the catalogue's column names, which are nobody's.
    """
    columns = [
        pl.col(name) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
    ]
    frame = frame.select(columns)
    names = [aliases.get(number, f"source-{number}") for number in frame["source_id"].to_list()]
    frame = frame.with_columns(pl.Series("source", names, dtype=pl.String).cast(schema["source"]))
    if "place" in schema:
        plain = pl.col("place").str.contains(PLACE)
        frame = frame.with_columns(place=pl.when(plain).then("place"))
    if "detail" in schema:
        frame = frame.with_columns(detail=pl.lit(None, dtype=pl.String))
    return frame.with_columns(_fields(frame)) if "field" in schema else frame


def _fields(frame: pl.DataFrame) -> pl.Series:
    """The column `field`, numbered within its source in the order of appearance where its name is not known."""
    known = {
        LETTERS.sub(" ", header.casefold()).strip() for kind in bundled().values() for header in kind.headers
    }
    seen: dict[int, dict[str, str]] = {}
    fields: list[str | None] = []
    for number, field in zip(frame["source_id"].to_list(), frame["field"].to_list(), strict=True):
        numbered = seen.setdefault(number, {})
        if field is not None and LETTERS.sub(" ", field.casefold()).strip() not in known:
            field = numbered.setdefault(field, f"field-{len(numbered) + 1}")
        fields.append(field)
    return pl.Series("field", fields, dtype=pl.String)


def _aliases(sources: pl.DataFrame) -> dict[int, str]:
    """For every source its name after closing: `source-<id>.<format>`."""
    found = {}
    for number, form in sources.select("source_id", "format").iter_rows():
        suffix = f".{form}" if form and FORMAT.fullmatch(form) else ""
        found[number] = f"source-{number}{suffix}"
    return found


def _write(case: Case, name: str, schema: pl.Schema, aliases: dict[int, str], fresh: Path) -> int:
    """Write the masked table; gives its rows."""
    frame = masked(pl.read_parquet(case.path / name, glob=False), schema, aliases)
    durable.write_frame(fresh, frame)
    return frame.height


def _write_json(case: Case, name: str, aliases: dict[int, str], fresh: Path) -> int:
    """Write the file with every source's name replaced; gives 0, for it has no rows."""
    pairs = case.sources().select("source", "source_id").iter_rows()
    names = {source: aliases[number] for source, number in pairs if source}
    ordered = sorted(names, key=len, reverse=True)
    value = json.loads((case.path / name).read_bytes())
    text = json.dumps(_renamed(value, names, ordered), ensure_ascii=False, indent=1)
    durable.write_bytes(fresh, text.encode() + b"\n")
    return 0


def _renamed(value: Any, names: dict[str, str], ordered: list[str]) -> Any:
    """`value` with each source's name, wherever it stands in a string or a key, replaced by its alias."""
    if isinstance(value, dict):
        return {_renamed(key, names, ordered): _renamed(one, names, ordered) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, names, ordered) for one in value]
    if not isinstance(value, str) or value in vocabulary():
        return value
    if value in names:
        return names[value]
    for name in ordered:
        value = value.replace(name, names[name])
    return value


@cache
def vocabulary() -> frozenset[str]:
    """The words that stay whatever a source is called: names of kinds and categories."""
    return frozenset({*bundled(), *Category})


def _replace(case: Case, part: Part, write: Callable[[Path], int], before: Callable[[Path], object]) -> None:
    """Write the new content, announce it, overwrite the old, put the new in its place."""
    final = case.path / part.name
    fresh = durable.temporary(final)
    with durable.explained():
        durable.reserve(fresh)
        rows = write(fresh)
        sha256, size = durable.measure(fresh)
    stage = next(name for name, ran in case.state.stages.items() if part.name in ran.parts)
    entry = Part(name=part.name, sha256=sha256, rows=rows, bytes=size)
    replace_known(case, Replacement(stage, entry, fresh.name), before=lambda: before(final))
