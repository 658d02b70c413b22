"""A pile against what a case knows already: new, the same, or changed under the same name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from tocsin.errors import UsageError

Seen = tuple[str, str | None, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Names of sources, in the order seen. `changed` ones bear a known name over other bytes."""

    new: tuple[str, ...]
    unchanged: tuple[str, ...]
    changed: tuple[str, ...]

    def refuse_changed(self) -> None:
        """Raise UsageError `case.source_changed`, with how many, where a source changed."""
        if self.changed:
            raise UsageError("case.source_changed", count=len(self.changed))


def compare(known: pl.DataFrame, seen: Iterable[Seen]) -> Comparison:
    """Sort `seen` (source, SHA-256 or None where nothing was read, bytes) by the table SOURCES of a case.

    The same name with the same SHA-256 is unchanged; where either SHA-256 is missing the sizes decide.
    Known sources that are not seen stay as they are: a pile is added to, never taken from.
    """
    before = {
        name: (sha256, size) for name, sha256, size in known.select("source", "sha256", "bytes").iter_rows()
    }
    new: list[str] = []
    unchanged: list[str] = []
    changed: list[str] = []
    for name, sha256, size in seen:
        if name not in before:
            new.append(name)
        elif _same(before[name], (sha256, size)):
            unchanged.append(name)
        else:
            changed.append(name)
    return Comparison(tuple(new), tuple(unchanged), tuple(changed))


def _same(one: tuple[str | None, int | None], other: tuple[str | None, int | None]) -> bool:
    """Whether two readings are of the same bytes, as far as is known."""
    if one[0] and other[0]:
        return one[0] == other[0]
    return one[1] == other[1]
