"""What a dense table costs beside the fastest all-strings parse of the same file, as a whole and by its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from bench.making import table
from bench.timing import Row, cpu, least
from tocsin import pipeline
from tocsin.pipeline.scanning import Outcome, Scan
from tocsin.pipeline.section import Wanted, scan_section, typist
from tocsin.sources import catalogue as formats
from tocsin.sources import pile
from tocsin.sources.source import Located, Section

ROUNDS = 5
PARTS = {
    "digest": "… of which SHA-256",
    "plan": "… of which recognising the format, the sample, the plan of the columns",
    "survey": "… of which the survey: SHA-256 again, and the proof that rows are regular",
    "read": "… of which reading the rows as strings",
    "columns": "… of which the columns: shapes, keys, normal values, distinct values",
    "values": "with a case: values and roles by record",
    "kept": "with a case: Parquet parts, tables, state",
}


def dense(folder: Path, rows: int) -> list[Row]:
    """A table of 12 columns, most of them identifiers that are all different; the truth is asserted first."""
    path = folder / "dense.csv"
    truth = table(path, rows)
    first, outcome = cpu(lambda: _scanned(path))
    _assert_truth(outcome, truth)
    numbers = count()
    works: dict[str, Callable[[], Any]] = {
        "parse": lambda: _parsed(path),
        "scan": lambda: _scanned(path),
        "case": lambda: _cased(path, folder / f"case{next(numbers)}"),
    }
    found = least(works | _parts(path), ROUNDS)
    parse = found["parse"]
    found["columns"] -= found["read"]
    found["values"] -= found["columns"] + found["read"]
    found["kept"] = found["case"] - found["plan"] - found["survey"] - found["read"]
    found["kept"] -= found["columns"] + found["values"]
    size = path.stat().st_size / 1e6
    lines = [
        (
            f"dense table ({rows:,} rows, 12 columns, {size:.0f} MB): all-strings parse by polars",
            f"{parse:.2f} s",
            "1",
        ),
        ("… scan without a case, catalogue and lists loaded", _times(found["scan"], parse), "≤ 3"),
        ("… the same, first scan of a process", _times(first, parse), ""),
        (
            "… scan with a case: SHA-256, records, distinct counts written",
            _times(found["case"], parse),
            "≤ 5",
        ),
    ]
    return lines + [(said, _times(found[part], parse), "") for part, said in PARTS.items()]


def _times(seconds: float, parse: float) -> str:
    return f"{seconds / parse:.1f} × parse"


def _parts(path: Path) -> dict[str, Callable[[], Any]]:
    """The parts of a scan, each by itself."""
    located = next(one for one in pile.walk([str(path)]))
    assert isinstance(located, Located)
    form = formats.formats()[located.format]
    sections = [one for one in formats.survey(located) if isinstance(one, Section)]
    plans = _planned(path)

    def scanned(*, values: bool) -> None:
        for section in sections:
            scan_section(section, plans, Wanted(values=values), 0, located.source)

    def read() -> None:
        for section in sections:
            for _ in form.read(section):
                pass

    return {
        "digest": lambda: _digest(path),
        "plan": lambda: _planned(path),
        "survey": lambda: list(formats.survey(located)),
        "read": read,
        "columns": lambda: scanned(values=False),
        "values": lambda: scanned(values=True),
    }


def _planned(path: Path) -> Any:
    located = next(one for one in pile.walk([str(path)]))
    assert isinstance(located, Located)
    sample = formats.formats()[located.format].sample(located)
    assert sample is not None
    return typist(None).plan(sample.frame)


def _digest(path: Path) -> None:
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")


def _parsed(path: Path) -> int:
    return pl.read_csv(path, separator=";", infer_schema=False, quote_char=None).height


def _scanned(path: Path) -> Outcome:
    return Scan([str(path)], Wanted(), cores=1).run()


def _cased(path: Path, case: Path) -> Outcome:
    return pipeline.scan(pipeline.Asked(piles=[str(path)], case=case)).outcome


def _assert_truth(outcome: Outcome, truth: dict[str, int]) -> None:
    """Every identifier that was written is found, valid and counted as different."""
    for kind, written in truth.items():
        found = outcome.kinds.get(kind, {})
        if found.get("valid") != written or not 0.99 <= found.get("distinct", 0) / written <= 1.01:
            raise AssertionError(f"{kind}: the scan does not find what was written")
