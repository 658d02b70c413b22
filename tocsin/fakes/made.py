"""A profile's leak written to a folder: the pile apart from its truth, so that a scan of the one never reads the other."""

from __future__ import annotations

import pkgutil
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from tocsin.errors import UsageError
from tocsin.fakes import profiles as folder
from tocsin.fakes.leak import Leak
from tocsin.fakes.truth import Truth

PILE, TRUTH, FINDINGS = "pile", "truth.parquet", "truth_findings.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A sort of leak: `write` fills a leak with so many persons, from the seed alone."""

    name: str
    label: dict[str, str]
    write: Callable[[Leak, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What `fake` wrote: where, and how many sources, records and records that no reader can read."""

    profile: str
    seed: int
    persons: int
    pile: Path
    truth: Path
    findings: Path
    sources: int
    records: int
    unread: int


@cache
def profiles() -> dict[str, Profile]:
    """Every profile by name: each module of `tocsin.fakes.profiles` that holds a `PROFILE`."""
    found = {}
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda info: info.name):
        loaded = import_module(f"{folder.__name__}.{module.name}")
        profile = getattr(loaded, "PROFILE", None)
        if profile is not None:
            found[str(profile[0])] = Profile(name=profile[0], label=profile[1], write=profile[2])
    return found


def fake(profile: str, persons: int, seed: int, out: Path) -> Made:
    """Write a leak of `persons` invented persons to `out`: `pile/`, `truth.parquet`, `truth_findings.json`.

    The same arguments give the same bytes. Memory does not grow with `persons`. `truth.parquet` has a row
    for each mention of a person in a record that can be read (source, record, mention, person);
    `truth_findings.json` has the exact counts of each kind that was placed knowingly in each field.
    Raises UsageError for an unknown profile, fewer than one person, or an `out` that already holds a leak.
    """
    known = profiles().get(profile)
    if known is None:
        raise UsageError("fakes.profile", known=", ".join(profiles()))
    if persons < 1:
        raise UsageError("fakes.persons")
    pile = out / PILE
    if pile.exists() or (out / TRUTH).exists() or (out / FINDINGS).exists():
        raise UsageError("fakes.not_empty")
    pile.mkdir(parents=True)
    with Truth(out) as truth:
        leak = Leak(pile, truth, random.Random(f"{profile}/{seed}"))
        known.write(leak, persons, seed)
        leak.close()
        truth.save(out / TRUTH)
        counts = truth.findings({"profile": profile, "seed": seed, "persons": persons}, out / FINDINGS)
    return Made(
        profile=profile,
        seed=seed,
        persons=persons,
        pile=pile,
        truth=out / TRUTH,
        findings=out / FINDINGS,
        sources=counts.sources,
        records=counts.records,
        unread=counts.unread,
    )
