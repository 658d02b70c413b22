"""What can be asked of the persons of a case: a count, a list, whether somebody is in it, another case beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from tocsin.case import Case
from tocsin.case.durable import explained, reserve
from tocsin.errors import UsageError
from tocsin.kinds.catalogue import bundled
from tocsin.masked import mask
from tocsin.people import asking, comparing_cases
from tocsin.people.asking import Filters
from tocsin.pipeline.resolving import result_of

CLEAR = frozenset(
    {"person", "kinds", "minor", "deceased", "country", "department", "confidence", "last_year", "controller"}
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def count(path: Path, filters: Filters) -> dict[str, Any]:
    """The object of `tocsin count`. Raises UsageError `people.none` where persons were not counted yet."""
    with Case.open(path, create=False, read_only=True) as case:
        persons, result = _table(case, "persons"), result_of(case)
    return asking.count(persons, filters, result["persons"])


def export(path: Path, out: Path, filters: Filters, *, reveal: bool) -> int:
    """Write the persons that the filters keep to `out` (.csv, .parquet, .xlsx); gives how many.

    Without `reveal` values are masked. Cells that a spreadsheet would take for a formula get an apostrophe in front.
    The journal records who asked, how many rows, and whether values were revealed.
    """
    if out.suffix not in (".csv", ".parquet", ".xlsx"):
        raise UsageError("people.export_format")
    with Case.open(path, create=False) as case:
        rows = filters.chosen(_table(case, "persons")).collect()
        case.journal.record("people.exported", persons=rows.height, revealed=reveal)
    shown = rows if reveal else _masked(rows)
    with explained():
        out.unlink(missing_ok=True)
        reserve(out)
        if out.suffix == ".parquet":
            shown.write_parquet(out)
        elif out.suffix == ".csv":
            _harmless(_flat(shown)).write_csv(out)
        else:
            _write_xlsx(_harmless(_flat(shown)), out)
    return rows.height


def concerned(path: Path, kind: str, value: str) -> dict[str, Any]:
    """Whether the holder of `value` is in the case: which kinds of theirs leaked, and why; journalled, no value."""
    known = bundled().get(kind)
    if known is None:
        raise UsageError("cli.no_such_kind")
    with Case.open(path, create=False) as case:
        found = asking.holders(_table(case, "identifiers"), kind, known.normal(value))
        case.journal.record("people.asked", kind=kind, found=found.height > 0)
        who = found["person"].unique().to_list()
        persons = _table(case, "persons").filter(pl.col("person").is_in(who)).collect()
        why = _table(case, "memberships").filter(pl.col("person").is_in(who)).collect()
    rules = why.group_by("person").agg(pl.col("rule").unique().sort(), pl.len().alias("records"))
    by = {person: (names, records) for person, names, records in rules.iter_rows()}
    return {
        "found": bool(who),
        "persons": [
            {
                "person": row["person"],
                "kinds": row["kinds"],
                "records": by[row["person"]][1],
                "rules": by[row["person"]][0],
            }
            for row in persons.iter_rows(named=True)
        ],
    }


def caller(path: Path, facts: list[tuple[str, str]]) -> str:
    """`yes`, `no` or `unsure` for two facts that a caller tells; journalled without them."""
    kinds = bundled()
    if any(kind not in kinds for kind, _ in facts):
        raise UsageError("cli.no_such_kind")
    with Case.open(path, create=False) as case:
        answer = asking.both(
            _table(case, "identifiers"), [(kind, kinds[kind].normal(value)) for kind, value in facts]
        )
        case.journal.record("people.caller", answer=answer)
    return answer


def compare(one: Path, two: Path) -> dict[str, Any]:
    """The object of `tocsin compare`."""
    return comparing_cases.compare(_side(one), _side(two))


def _side(path: Path) -> comparing_cases.Side:
    with Case.open(path, create=False, read_only=True) as case:
        identifiers, result = _table(case, "identifiers"), result_of(case)
        dates = identifiers.filter(pl.col("kind") == "any.date").select(
            oldest=pl.col("value").min(), newest=pl.col("value").max()
        )
        oldest, newest = dates.collect().row(0)
    return comparing_cases.Side(
        identifiers=identifiers,
        persons=result["persons"],
        records=result["records"],
        oldest=_year(oldest),
        newest=_year(newest),
    )


def _year(date: str | None) -> str | None:
    return None if date is None else date[:7]


def _table(case: Case, name: str) -> pl.LazyFrame:
    found = case.lazy(name)
    if found is None:
        raise UsageError("people.none")
    return found


def _masked(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows, values of persons masked."""
    hidden: list[pl.Series] = []
    for name in rows.columns:
        if name in CLEAR:
            continue
        column = rows[name]
        if column.dtype == pl.List(pl.String):
            values = [None if row is None else [mask(value) for value in row] for row in column.to_list()]
            hidden.append(pl.Series(name, values, dtype=pl.List(pl.String)))
        else:
            texts = column.cast(pl.String).to_list()
            hidden.append(
                pl.Series(name, [None if text is None else mask(text) for text in texts], dtype=pl.String)
            )
    return rows.with_columns(hidden)


def _flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Lists as one text each, apart by a semicolon."""
    lists = [name for name, kind in rows.schema.items() if kind == pl.List(pl.String)]
    return rows.with_columns(pl.col(name).list.join("; ").alias(name) for name in lists)


def _harmless(rows: pl.DataFrame) -> pl.DataFrame:
    """Texts that a spreadsheet would run as a formula begin with an apostrophe (OWASP, CSV injection)."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    risky = {
        name: pl.any_horizontal(pl.col(name).str.starts_with(sign) for sign in FORMULA) for name in texts
    }
    return rows.with_columns(
        pl.when(risky[name]).then(pl.lit("'") + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )


def _write_xlsx(rows: pl.DataFrame, out: Path) -> None:
    """One sheet of texts and numbers, written without any formula."""
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("persons")
        for at, name in enumerate(rows.columns):
            sheet.write_string(0, at, name)
        for down, row in enumerate(rows.iter_rows(), 1):
            for across, value in enumerate(row):
                if isinstance(value, bool | float | int):
                    sheet.write(down, across, value)
                elif value is not None:
                    sheet.write_string(down, across, str(value))
