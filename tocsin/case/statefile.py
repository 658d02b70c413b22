"""Reading `case.json` back, and the state of a case that is new."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

import tocsin
from tocsin.case import durable, moments
from tocsin.case.harmless import insist
from tocsin.case.layout import STATE, allowed
from tocsin.case.state import FORMAT, Head, Part, Ran, Replacement, State
from tocsin.errors import CaseError

LIFE_MONTHS = 6


def fresh(settings: dict[str, Any], catalogue_digest: str | None, expires: str | None) -> State:
    """The state of a case that is created now; it expires six months later unless `expires` says else."""
    insist(settings)
    created = moments.now()
    return State(
        created=created,
        expires=expires or moments.months_after(created, LIFE_MONTHS),
        versions=versions(),
        settings=settings,
        catalogue_digest=catalogue_digest,
    )


def versions() -> dict[str, str]:
    """What is running: Tocsin, Python and the two libraries whose numbers end in the tables."""
    found = {"tocsin": tocsin.__version__, "python": python_version()}
    for name in ("polars", "numpy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def load(folder: Path) -> State:
    """Read `case.json`. Raises CaseError `case.damaged` or, for a later format, `case.format`."""
    with durable.explained():
        data = (folder / STATE).read_bytes()
    try:
        entry = json.loads(data)
        number = entry["format"]
        if number == FORMAT:
            return _read(entry)
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError):
        raise CaseError("case.damaged") from None
    raise CaseError("case.format")


def _read(entry: dict[str, Any]) -> State:
    """The state that `written` wrote; a name that leads out of the folder is damage."""
    insist({key: entry[key] for key in ("settings", "catalogue_digest", "law_digest")})
    moments.read(entry["created"])
    moments.read(entry["expires"])
    stages = {name: _ran(ran) for name, ran in entry["stages"].items()}
    if not {one["stage"] for one in entry["pending"]} <= stages.keys():
        raise ValueError
    return State(
        created=entry["created"],
        expires=entry["expires"],
        versions=dict(entry["versions"]),
        settings=dict(entry["settings"]),
        catalogue_digest=entry["catalogue_digest"],
        law_digest=entry["law_digest"],
        secret=entry["secret"],
        stages=stages,
        pending=[
            Replacement(one["stage"], _part(one["part"]), _named(one["temporary"]))
            for one in entry["pending"]
        ],
        journal=Head(**entry["journal"]),
        closing=entry["closing"],
        closed=entry["closed"],
    )


def _ran(entry: dict[str, Any]) -> Ran:
    """One stage."""
    parts = [_part(part) for part in entry["parts"]]
    return Ran(
        state=entry["state"],
        started=entry["started"],
        finished=entry["finished"],
        settings=dict(entry["settings"]),
        inputs_digest=entry["inputs_digest"],
        parts={part.name: part for part in parts},
    )


def _part(entry: dict[str, Any]) -> Part:
    """One part."""
    part = Part(**entry)
    _named(part.name)
    return part


def _named(name: str) -> str:
    """`name` if it stays inside the folder."""
    if not allowed(name):
        raise ValueError
    return name
