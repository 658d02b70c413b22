"""What the report is made from: the stages' tables, the reasons behind each finding, and how the run went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from tocsin.kinds.kind import Kind

FindingKey = tuple[int, str | None, str | None, str]
"""(source_id, field, place, kind): what tells one finding from another."""

Setting = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why one finding was believed.

    `rule` and `check` are words for a reader; `chance` is the share of random look-alikes that pass;
    `expected_by_chance` how many of the `candidates` would pass if they were random. `masked_sample`
    is masked already and shown as it is. `commonest` (credentials) counts the values that stand among
    the hundred commonest passwords, None where that was not tried.
    """

    rule: str
    check: str | None
    chance: float
    candidates: int
    valid: int
    header_words: tuple[str, ...] = ()
    expected_by_chance: float = 0.0
    masked_sample: tuple[str, ...] = ()
    commonest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All that one report shows.

    `sources`, `findings`, `issues` follow `tocsin.tables`. `kinds` is the catalogue. `shown` masks a name
    that holds values (of a source, a column, a place); the report applies it to every such name.
    `distinct` gives distinct values a kind over the whole pile where a stage counted them; elsewhere the
    report shows the interval that the findings allow. `stages_absent` are codes such as `people` that
    this version does not compute. `people` is the object of `tocsin people`, None where persons were not counted.
    `started` and `finished` carry a time zone, else ValueError; they are
    shown in `timezone`.
    """

    sources: pl.DataFrame
    findings: pl.DataFrame
    issues: pl.DataFrame
    kinds: Mapping[str, Kind]
    shown: Callable[[str], str]
    started: datetime
    finished: datetime
    seconds: float
    version: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    stages_absent: tuple[str, ...] = ()
    why: Mapping[FindingKey, Why] = field(default_factory=dict)
    distinct: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, Any] | None = None
    timezone: str = "Europe/Paris"

    def __post_init__(self) -> None:
        if self.started.tzinfo is None or self.finished.tzinfo is None:
            raise ValueError("a naive time is refused")
