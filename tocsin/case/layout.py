"""What stands where in a case folder, what belongs to Tocsin there, and what closing keeps."""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.case.durable import make_folder, reserve, temporary

STATE = "case.json"
JOURNAL = "journal.jsonl"
SECRET = "secret"
SPILL = "spill"
PARQUET = ".parquet"
CERTIFICATES = ("certificate.json", "certificate.txt")
MASKED = ("sources.parquet", "findings.parquet", "issues.parquet")
COUNTED = ("profile.json", "assessment.json", "duties.json")
OURS = frozenset((*CERTIFICATES, *MASKED, *COUNTED, "report.html"))
KEPT = frozenset((*CERTIFICATES, *MASKED, *COUNTED))
SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,119}")
KEY = re.compile(r"[a-z0-9_-]{1,80}")


def allowed(name: str) -> bool:
    """Whether `name` is a relative path of at most four plain names: no `..`, nothing hidden, no blank."""
    steps = name.split("/")
    return len(steps) <= 4 and all(SAFE.fullmatch(step) for step in steps)


def part_name(table: str, key: str) -> str:
    """Where the part `key` of a table made of parts stands: `records.parquet/part-<key>.parquet`."""
    name = f"{table}{PARQUET}/part-{key}{PARQUET}"
    if not (KEY.fullmatch(key) and SAFE.fullmatch(table) and allowed(name)):
        raise AssertionError("a table's name and a part's key are short codes")
    return name


def spill_path(case_path: Path, table: str, key: str) -> Path:
    """For a worker process: an empty private `.tmp` file in which to write the part `key` of `table`.

    It stands beside the part's final place; `Stage.enter_file` takes it from there. Two workers that
    write the same part get two files. What is never entered disappears when the case is next opened.
    """
    final = case_path / part_name(table, key)
    make_folder(final.parent)
    fresh = temporary(final)
    reserve(fresh)
    return fresh


def spill_folder(case_path: Path) -> Path:
    """A private folder for an engine's own temporary files; emptied at every opening and at closing."""
    folder = case_path / SPILL
    make_folder(folder)
    return folder
