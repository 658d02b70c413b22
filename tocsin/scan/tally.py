"""What was counted of one kind in one place of one source: mergeable, so that blocks can be scanned apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.kind import Kind
from tocsin.scan.arrays import Bools
from tocsin.scan.credentials import commonest
from tocsin.scan.distinct import Distinct, hashes

SAMPLES = 3
Family = tuple[str | None, str | None]
Counts = npt.NDArray[np.int64]


class Spot(NamedTuple):
    """Where: the field (None outside tables), a place such as a page (None for the whole), the kind's number."""

    field: str | None
    place: str | None
    kind: int


@dataclass(slots=True)
class Tally:
    """Counts at one spot. `announced` are the valid ones beside an announcing word, with their own distinct count;
    `rivals` bare numbers of the same length that the kind's shape passes over."""

    candidates: int = 0
    valid: int = 0
    announced: int = 0
    rivals: int = 0
    header: float = 0.0
    evidence: str | None = None
    confidence: float | None = None
    whole: bool = False
    distinct: Distinct = field(default_factory=Distinct)
    distinct_announced: Distinct = field(default_factory=Distinct)
    families: Counter[Family] = field(default_factory=Counter)
    common: int = 0
    samples: list[str] = field(default_factory=list)

    def merge(self, other: Tally) -> None:
        """Add what `other` counted; the order of merging changes nothing but which samples are kept."""
        self.candidates += other.candidates
        self.valid += other.valid
        self.announced += other.announced
        self.rivals += other.rivals
        self.header = max(self.header, other.header)
        self.evidence = self.evidence or other.evidence
        self.confidence = other.confidence if self.confidence is None else self.confidence
        self.whole = self.whole or other.whole
        self.distinct.merge(other.distinct)
        self.distinct_announced.merge(other.distinct_announced)
        self.families += other.families
        self.common += other.common
        self.samples = (self.samples + other.samples)[:SAMPLES]


class Tallies:
    """The tallies of one source, by spot."""

    def __init__(self) -> None:
        self._spots: dict[Spot, Tally] = {}

    def __iter__(self) -> Iterator[tuple[Spot, Tally]]:
        return iter(
            sorted(self._spots.items(), key=lambda entry: tuple(str(part or "") for part in entry[0]))
        )

    def at(self, spot: Spot) -> Tally:
        """The tally of a spot, made empty the first time."""
        return self._spots.setdefault(spot, Tally())

    def merge(self, other: Tallies) -> None:
        """Add all tallies of `other`."""
        for spot, tally in other:
            self.at(spot).merge(tally)


def count(
    tally: Tally,
    kind: Kind,
    values: pl.Series,
    passed: Bools,
    announced: Bools | None,
    times: Counts | None = None,
) -> None:
    """Count normal `values` of a kind: which passed, and which stood beside an announcing word.

    `times` says how often each value stands there, None for once each.
    """
    every = bool(passed.all())
    good = values if every else values.filter(pl.Series(passed))
    often = None if times is None else times if every else times[passed]
    tally.candidates += len(values) if times is None else int(times.sum())
    tally.valid += len(good) if often is None else int(often.sum())
    tally.distinct.add(hashes(good))
    if announced is not None and (spoken := announced & passed).any():
        tally.announced += int(spoken.sum())
        tally.distinct_announced.add(hashes(values.filter(pl.Series(spoken))))
    if kind.family is not None and len(good):
        weights = pl.Series(np.ones(len(good), dtype=np.int64) if often is None else often)
        tally.families += families(kind, good, weights)
        tally.common += commonest(good, weights)


def families(kind: Kind, values: pl.Series, times: pl.Series) -> Counter[Family]:
    """How many values each family and grade has; one value stands for all that look alike.

    Look-alikes share their length, their first twelve characters with each digit as 9, and what classes of
    characters they hold: enough for every format of password hashes.
    """
    head = (
        pl.col("value").str.head(12).str.replace_all("[0-9]", "9").str.replace_all("^[0-9A-Fa-f]{12}$", "h")
    )
    key = [
        pl.col("value").str.len_bytes().alias("length"),
        head.alias("head"),
        pl.col("value").str.contains("^[0-9A-Fa-f]+$").alias("hex"),
        pl.col("value").str.contains("[:$]").alias("parts"),
    ]
    looks = (
        pl.DataFrame({"value": values, "times": times})
        .group_by(key)
        .agg(pl.col("value").min().alias("one"), pl.col("times").sum())
    )
    found: Counter[Family] = Counter()
    for one, number in looks.select("one", "times").iter_rows():
        family = kind.family(one) if kind.family else None
        grade = kind.grade(one) if kind.grade else None
        found[(family, grade)] += number
    return found


TALLIES = pl.Schema(
    {
        "field": pl.String(),
        "place": pl.String(),
        "kind": pl.String(),
        "candidates": pl.Int64(),
        "valid": pl.Int64(),
        "announced": pl.Int64(),
        "rivals": pl.Int64(),
        "header": pl.Float64(),
        "evidence": pl.String(),
        "confidence": pl.Float64(),
        "whole": pl.Boolean(),
        "hashes": pl.List(pl.UInt64),
        "registers": pl.Binary(),
        "hashes_announced": pl.List(pl.UInt64),
        "registers_announced": pl.Binary(),
        "families": pl.List(pl.Struct({"family": pl.String(), "grade": pl.String(), "count": pl.Int64()})),
        "common": pl.Int64(),
        "samples": pl.List(pl.String),
    }
)


def to_frame(tallies: Tallies, names: Sequence[str]) -> pl.DataFrame:
    """The tallies as a table that can be kept beside the records (counts, hashes, masked samples)."""
    rows = []
    for spot, tally in tallies:
        values, registers = tally.distinct.state()
        spoken, spoken_registers = tally.distinct_announced.state()
        rows.append(
            {
                "field": spot.field,
                "place": spot.place,
                "kind": names[spot.kind],
                "candidates": tally.candidates,
                "valid": tally.valid,
                "announced": tally.announced,
                "rivals": tally.rivals,
                "header": tally.header,
                "evidence": tally.evidence,
                "confidence": tally.confidence,
                "whole": tally.whole,
                "hashes": pl.Series(values, dtype=pl.UInt64),
                "registers": registers,
                "hashes_announced": pl.Series(spoken, dtype=pl.UInt64),
                "registers_announced": spoken_registers,
                "families": [
                    {"family": family, "grade": grade, "count": number}
                    for (family, grade), number in sorted(tally.families.items(), key=str)
                ],
                "common": tally.common,
                "samples": tally.samples,
            }
        )
    return pl.DataFrame(rows, schema=TALLIES)


def from_frame(frame: pl.DataFrame, names: Sequence[str]) -> Tallies:
    """The tallies that `to_frame` wrote."""
    numbers = {name: number for number, name in enumerate(names)}
    tallies = Tallies()
    for row, values, spoken in zip(  # hashes are copied: a view would keep the whole frame
        frame.drop("hashes", "hashes_announced").iter_rows(named=True),
        frame["hashes"],
        frame["hashes_announced"],
        strict=True,
    ):
        tally = Tally()
        for name in (
            "candidates",
            "valid",
            "announced",
            "rivals",
            "header",
            "evidence",
            "confidence",
            "whole",
            "common",
        ):
            setattr(tally, name, row[name])
        tally.samples = list(row["samples"])
        tally.families = Counter({(one["family"], one["grade"]): one["count"] for one in row["families"]})
        tally.distinct = Distinct.of(values.to_numpy().copy(), row["registers"])
        tally.distinct_announced = Distinct.of(spoken.to_numpy().copy(), row["registers_announced"])
        tallies.at(Spot(row["field"], row["place"], numbers[row["kind"]])).merge(tally)
    return tallies
