"""What stands well on this machine, what needs attention, and what cannot be known from here."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from platform import python_version

import tocsin
from tocsin.case import layout, moments, statefile
from tocsin.case.encryption import ROOT, Rest, at_rest
from tocsin.case.fact import Fact, Standing, fact
from tocsin.case.surroundings import surroundings
from tocsin.errors import TocsinError

ENOUGH_BYTES = 2 << 30
NEEDED = ("click", "google-re2", "numpy", "polars")
REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)")


def doctor(paths: Iterable[str | Path] = (), root: Path = ROOT) -> list[Fact]:
    """All facts: versions, disks, cases, swap, network, memory dumps, permissions. Changes nothing.

    `paths` are cases, folders of cases, or places where a case would be made. `root` is where `proc` and
    `sys` stand. Nothing is opened on the network: routes and settings are read.
    """
    places = [Path(path).absolute() for path in paths]
    facts = [*_installed(), *surroundings(root)]
    for place in places:
        facts += [_encryption(place, root), _space(place), *_cases(place)]
    return facts


def _installed() -> Iterator[Fact]:
    """Python, Tocsin, what it needs and what it can use, as its own package declares them."""
    recent = sys.version_info >= (3, 11)
    yield fact("python", Standing.OK if recent else Standing.ATTENTION, version=python_version())
    yield fact("tocsin", Standing.OK, version=tocsin.__version__)
    needed, optional = _declared()
    for name in needed:
        found = _version(name)
        yield (
            fact("installed", Standing.OK, name=name, version=found)
            if found
            else fact("missing", Standing.ATTENTION, name=name)
        )
    for name in optional:
        found = _version(name)
        yield (
            fact("installed", Standing.OK, name=name, version=found)
            if found
            else fact("optional_missing", Standing.OK, name=name)
        )


def _declared() -> tuple[list[str], list[str]]:
    """Names of the packages that are needed, and of those that an extra brings."""
    try:
        declared = requires("tocsin") or []
    except PackageNotFoundError:
        return list(NEEDED), []
    needed: set[str] = set()
    optional: set[str] = set()
    for one in declared:
        if found := REQUIREMENT.match(one):
            (optional if "extra ==" in one else needed).add(found.group(1).lower())
    return sorted(needed), sorted(optional - needed)


def _version(name: str) -> str | None:
    """The installed version of a package; None where it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _encryption(place: Path, root: Path) -> Fact:
    """How data at `place` rest."""
    rest = at_rest(_nearest(place), root)
    standing = {Rest.CLEAR: Standing.ATTENTION, Rest.UNKNOWN: Standing.UNKNOWN}.get(rest, Standing.OK)
    return fact(f"disk_{rest}", standing, folder=place.name)


def _space(place: Path) -> Fact:
    """Room left at `place`."""
    try:
        free = shutil.disk_usage(_nearest(place)).free
    except OSError:
        return fact("space_unknown", Standing.UNKNOWN, folder=place.name)
    standing = Standing.OK if free >= ENOUGH_BYTES else Standing.ATTENTION
    return fact("space", standing, folder=place.name, mebibytes=free >> 20)


def _nearest(place: Path) -> Path:
    """`place`, or the nearest folder above it that exists."""
    return next(path for path in (place, *place.parents) if path.exists())


def _cases(place: Path) -> Iterator[Fact]:
    """The cases at `place` or directly in it: expired, damaged, closing cut short; how many are in order."""
    found = [
        path.parent for pattern in (layout.STATE, f"*/{layout.STATE}") for path in sorted(place.glob(pattern))
    ]
    good = 0
    for case in found:
        found_wrong = _case(case)
        good += found_wrong is None
        if found_wrong is not None:
            yield found_wrong
    if good:
        yield fact("cases", Standing.OK, count=good, folder=place.name)


def _case(case: Path) -> Fact | None:
    """What is wrong with one case, if anything."""
    try:
        known = statefile.load(case)
    except TocsinError:
        return fact("case_damaged", Standing.ATTENTION, folder=case.name)
    if known.closing:
        return fact("case_closing", Standing.ATTENTION, folder=case.name)
    if not known.closed and moments.read(known.expires) <= datetime.now(UTC):
        return fact("case_expired", Standing.ATTENTION, folder=case.name, expires=known.expires)
    return None
