"""The command run in a process of its own, and the tables of a case as any other tool reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output; anything else there is an error."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: this checkout, no language, no colour, nothing personal."""
    kept = {
        name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH") if name in os.environ
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more}


def spawn(
    *arguments: object, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.Popen[str]:
    """The command in a process of its own, still running."""
    return subprocess.Popen(
        [sys.executable, "-m", "tocsin", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=env or environment(),
        cwd=cwd,
    )


def alone(*arguments: object, env: dict[str, str] | None = None, cwd: Path | None = None) -> Ran:
    """The command in a process of its own, to its end."""
    child = spawn(*arguments, env=env, cwd=cwd)
    out, err = child.communicate(timeout=240)
    return Ran(child.returncode, out, err)


def frame(case: Path, table: str) -> pl.DataFrame:
    """A table of a case as any tool would read it; a table of parts is a folder."""
    path = case / f"{table}.parquet"
    return pl.read_parquet(path / "*.parquet" if path.is_dir() else path)


def ordered(table: pl.DataFrame, keys: Iterable[str]) -> pl.DataFrame:
    """The table in the order of its keys, its categories as plain words."""
    plain = table.with_columns(
        pl.col(name).cast(pl.String) for name, kind in table.schema.items() if kind == pl.Categorical
    )
    return plain.sort(list(keys), nulls_last=True)


def tables(case: Path) -> dict[str, pl.DataFrame]:
    """The tables of the contract, each in the order that it specifies."""
    place = ("source_id", "field", "place", "kind")
    found = {
        "sources": ordered(frame(case, "sources"), ["source_id"]),
        "records": ordered(frame(case, "records"), ["source_id", "record", "mention"]),
        "findings": ordered(frame(case, "findings"), place),
        "issues": ordered(frame(case, "issues"), ["source_id", "place", "code"]),
    }
    if (case / "spans.parquet").exists():
        found["spans"] = ordered(
            frame(case, "spans"), ["source_id", "record", "field", "start", "end", "kind"]
        )
    return found
