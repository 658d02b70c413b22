"""The truth of a leak: who stands in which record, and how many values of each kind in which field."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import polars as pl

BATCH = 100_000
MENTIONS = pl.Schema(
    {"source": pl.String(), "record": pl.Int64(), "mention": pl.Int32(), "person": pl.String()}
)
VALUES = pl.Schema({"spot": pl.UInt32(), "value": pl.String()})
Spot = tuple[str, str | None, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sources, records that can be read, and records that cannot."""

    sources: int
    records: int
    unread: int


@dataclass(slots=True)
class _Source:
    """What is known of one source; `records` and `unread` None where nobody knows."""

    format: str
    records: int | None = 0
    unread: int | None = 0
    issues: dict[str, int] = field(default_factory=dict)


class Truth:
    """Collects while a leak is written; rows and values go to disk by the batch, so memory stays bounded."""

    def __init__(self, out: Path) -> None:
        self._parts = out / ".truth"
        self._parts.mkdir()
        self._sources: dict[str, _Source] = {}
        self._spots: dict[Spot, int] = {}
        self._candidates: list[int] = []
        self._mentions: list[tuple[str, int, int, str]] = []
        self._values: list[tuple[int, str]] = []
        self._written = {"mentions": 0, "values": 0}

    def __enter__(self) -> Truth:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._parts, ignore_errors=True)

    def source(self, name: str, format: str) -> None:
        """A source of this name and format, with no record yet."""
        self._sources[name] = _Source(format)

    def unreadable(
        self, name: str, format: str, code: str, records: int | None = 0, unread: int | None = None
    ) -> None:
        """A source that cannot be read as a whole, and the issue that says why; None for what nobody knows."""
        self._sources[name] = _Source(format, records=records, unread=unread, issues={code: 1})

    def record(self, source: str, record: int, mentions: tuple[str, ...]) -> None:
        """One record that can be read and the persons in it, its own subject first ("" for none)."""
        entry = self._sources[source]
        entry.records = (entry.records or 0) + 1
        for mention, person in enumerate(mentions):
            if person:
                self._mentions.append((source, record, mention, person))
        if len(self._mentions) >= BATCH:
            self._flush_mentions()

    def bad(self, source: str, code: str) -> None:
        """One record that no reader can read, and its issue."""
        entry = self._sources[source]
        entry.unread = (entry.unread or 0) + 1
        entry.issues[code] = entry.issues.get(code, 0) + 1

    def issue(self, source: str, code: str) -> None:
        """An issue that costs no whole record."""
        issues = self._sources[source].issues
        issues[code] = issues.get(code, 0) + 1

    def value(self, source: str, place: str | None, kind: str, normal: str | None) -> None:
        """One written value of a kind; `normal` None where it has the shape and a wrong key."""
        spot = (source, place, kind)
        number = self._spots.setdefault(spot, len(self._spots))
        if number == len(self._candidates):
            self._candidates.append(0)
        self._candidates[number] += 1
        if normal is not None:
            self._values.append((number, normal))
        if len(self._values) >= BATCH:
            self._flush_values()

    def save(self, path: Path) -> None:
        """Write the mentions, in the order of writing, as Parquet."""
        self._flush_mentions()
        parts = sorted(self._parts.glob("mentions-*.parquet"))
        pl.scan_parquet(parts, schema=MENTIONS).sink_parquet(path)

    def findings(self, about: Mapping[str, str | int], path: Path) -> Counts:
        """Write the counts as JSON; gives the totals. `valid` and `distinct` are of right values only."""
        self._flush_values()
        counted = self._counted()
        found = [
            {
                "source": source,
                "field": place,
                "kind": kind,
                "candidates": self._candidates[number],
                "valid": counted.get(number, (0, 0))[0],
                "distinct": counted.get(number, (0, 0))[1],
            }
            for (source, place, kind), number in sorted(self._spots.items(), key=lambda one: str(one[0]))
        ]
        sources = [
            {
                "source": name,
                "format": one.format,
                "records": one.records,
                "unread": one.unread,
                "issues": one.issues,
            }
            for name, one in sorted(self._sources.items())
        ]
        document = {**about, "sources": sources, "findings": found}
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return Counts(
            sources=len(self._sources),
            records=sum(one.records or 0 for one in self._sources.values()),
            unread=sum(one.unread or 0 for one in self._sources.values()),
        )

    def _counted(self) -> dict[int, tuple[int, int]]:
        """For each spot its right values and how many differ: the large spots one after the other, the small at once."""
        parts = pl.scan_parquet(sorted(self._parts.glob("values-*.parquet")), schema=VALUES)
        large = [number for number, count in enumerate(self._candidates) if count > BATCH]
        counted: dict[int, tuple[int, int]] = {}
        for chosen in (~pl.col("spot").is_in(large), *(pl.col("spot") == number for number in large)):
            grouped = (
                parts.filter(chosen)
                .group_by("spot")
                .agg(pl.len().alias("valid"), pl.col("value").n_unique().alias("distinct"))
            )
            for spot, valid, distinct in grouped.collect(engine="streaming").iter_rows():
                counted[spot] = (valid, distinct)
        return counted

    def _flush_mentions(self) -> None:
        frame = pl.DataFrame(self._mentions, schema=MENTIONS, orient="row")
        self._part("mentions", frame)
        self._mentions.clear()

    def _flush_values(self) -> None:
        frame = pl.DataFrame(self._values, schema=VALUES, orient="row")
        self._part("values", frame)
        self._values.clear()

    def _part(self, what: str, frame: pl.DataFrame) -> None:
        frame.write_parquet(self._parts / f"{what}-{self._written[what]:06d}.parquet")
        self._written[what] += 1
