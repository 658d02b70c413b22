"""Columns of tables: typed on a sample, then validated whole; what a column's kinds leave over is searched as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.kind import Kind, Needs
from tocsin.scan import headers, names
from tocsin.scan.arrays import Bools
from tocsin.scan.automaton import Automaton
from tocsin.scan.evidence import Seen, judge
from tocsin.scan.search import Searcher
from tocsin.scan.values import normal, plain, valid

Shapes = dict[int, Bools]
ANNOUNCES = 0.6
ENOUGH = 20
CONTESTED = 0.5
HEADER_WEIGHT = 7.0
NAMED = 0.01
FEW_CELLS = 0.05  # fewer without a header are no column of that kind: they are looked at one by one


@dataclass(frozen=True, slots=True)
class Typed:
    """A kind that a column holds in whole cells. `any_cell`: every cell left over counts (a password)."""

    kind: int
    header: float
    evidence: str | None = None
    confidence: float | None = None
    any_cell: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with one field: the kinds of its whole cells in order, the kinds that its header announces,
    and those whose look-alikes in its text are nothing but chance unless a word announces them."""

    kinds: tuple[Typed, ...] = ()
    announced: frozenset[int] = frozenset()
    suppressed: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Claim:
    """A kind that a sample speaks for: which cells, how strongly."""

    typed: Typed
    odds: float
    cells: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(repr=False)


class Typist:
    """Decides what the columns of a table hold, from a sample of its rows."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._kinds = searcher.kinds
        self._numbers = {kind.name: number for number, kind in enumerate(searcher.kinds)}
        self._expressions = [f"^(?:{kind.pattern})$" if kind.pattern else None for kind in searcher.kinds]

    def plan(self, sample: pl.DataFrame) -> dict[str, Plan]:
        """A plan for every field of `sample` (strings, or lists of strings)."""
        cells = {name: flat(sample[name]) for name in sample.columns}
        plans = {name: self._field(name, values) for name, values in cells.items()}
        for name, judged in self._named(cells, plans).items():
            plans[name] = judged
        return plans

    def shaped(self, number: int, values: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each of `values` (stripped, no nulls) has the whole shape of a kind."""
        expression = self._expressions[number]
        if expression is None:
            return np.zeros(len(values), dtype=np.bool_)
        return values.str.contains(expression).to_numpy()

    @cached_property
    def _patterned(self) -> dict[int, int]:
        """The kinds that have a pattern, each with its place in `_shapes`."""
        numbers = (number for number, kind in enumerate(self._kinds) if kind.pattern)
        return {number: place for place, number in enumerate(numbers)}

    @cached_property
    def _shapes(self) -> Automaton:
        """All patterns as one automaton; only what plans columns needs it."""
        return Automaton([self._kinds[number].pattern or "" for number in self._patterned])

    def _shaped_by_kind(self, values: pl.Series) -> Shapes:
        """For each kind with a pattern whether each of the sample's `values` has its whole shape: one run for all."""
        text = values.str.join("\n").item().encode("utf-8")
        data = np.frombuffer(text, dtype=np.uint8)
        lengths = values.str.len_bytes().to_numpy().astype(np.int64)
        stops = np.cumsum(lengths + 1) - 1
        starts = stops - lengths
        ends = self._shapes.run(data, starts)
        cell = np.searchsorted(starts, ends.starts)
        whole = ends.ends == stops[cell]
        accepted = self._shapes.accepts[ends.states[whole]]
        shapes = np.zeros((len(self._patterned), len(values)), dtype=np.bool_)
        rows, kinds = np.nonzero(accepted)
        shapes[kinds, cell[whole][rows]] = True
        return {number: shapes[place] for number, place in self._patterned.items()}

    def _field(self, name: str, values: pl.Series) -> Plan:
        """The plan of one field, names and places left aside."""
        words = headers.tokens(name)
        strength = {
            number: found
            for number, kind in enumerate(self._kinds)
            if (found := headers.matches(words, kind.headers)) > 0
        }
        claims = (
            [claim for claim in self._claims(values, strength) if claim is not None] if len(values) else []
        )
        chosen = _settled(claims)
        announced = frozenset(number for number, found in strength.items() if found >= ANNOUNCES)
        return Plan(tuple(chosen), announced, self._suppressed(values, chosen, announced))

    def _claims(self, values: pl.Series, strength: Mapping[int, float]) -> list[_Claim | None]:
        claims: list[_Claim | None] = []
        shapes = self._shaped_by_kind(values)
        for number, kind in enumerate(self._kinds):
            header = strength.get(number, 0.0)
            if kind.lexicon is not None and kind.check is None and not kind.words:
                continue
            if kind.needs is Needs.HEADER and header < ANNOUNCES:
                continue
            claims.append(self._claim(number, kind, values, header, shapes.get(number)))
        return claims

    def _claim(
        self, number: int, kind: Kind, values: pl.Series, header: float, cells: Bools | None
    ) -> _Claim | None:
        """What the sample says for one kind."""
        if cells is None:
            if kind.words:
                return None
            everything = np.ones(len(values), dtype=np.bool_)
            return _Claim(Typed(number, header, any_cell=True), header, everything)
        count = int(cells.sum())
        if not count or header < ANNOUNCES and count < FEW_CELLS * len(values):
            return None
        passed = int(valid(kind, normal(kind, values.filter(pl.Series(cells)))).sum())
        verdict = judge(kind, Seen(candidates=count, valid=passed, header=header))
        if not verdict.accepted or (kind.needs is not Needs.NOTHING and not header and kind.chance >= 1.0):
            return None
        weight = (
            header * HEADER_WEIGHT
            + min(passed, 50) / 5 * (1 - kind.chance)
            + kind.prior
            + 3 * passed / len(values)
        )
        if kind.needs is Needs.CONTEXT and not header:
            weight -= HEADER_WEIGHT
        return _Claim(Typed(number, header), weight, cells)

    def _suppressed(
        self, values: pl.Series, chosen: Sequence[Typed], announced: frozenset[int]
    ) -> frozenset[int]:
        """Kinds whose look-alikes inside the sample's cells pass no more often than chance."""
        rest = values
        for typed in chosen:
            if typed.any_cell:
                return frozenset()
            rest = rest.filter(pl.Series(~self.shaped(typed.kind, rest)))
        if not len(rest):
            return frozenset()
        text, breaks = joined(rest)
        found = self._searcher.search(text, announced, breaks)
        counted = found.group_by("kind").agg(
            pl.len().alias("candidates"),
            pl.col("valid").sum(),
            spoken=(pl.col("valid") & pl.col("announced")).sum(),
        )
        chance = set()
        for number, candidates, passed, spoken in counted.iter_rows():
            seen = Seen(candidates=candidates, valid=passed, announced=spoken)
            if candidates >= ENOUGH and not judge(self._kinds[number], seen).accepted:
                chance.add(number)
        return frozenset(chance)

    def _named(self, cells: Mapping[str, pl.Series], plans: Mapping[str, Plan]) -> dict[str, Plan]:
        """Plans of the columns that hold names or places, judged by lists, header and neighbours."""
        order = list(cells)
        judged: dict[str, Plan] = {}
        for at, name in enumerate(order):
            plan = plans[name]
            if plan.kinds and not plan.kinds[0].any_cell or not len(cells[name]):
                continue
            values = cells[name].value_counts(name="count").rename({cells[name].name: "value"})
            neighbours = [order[near] for near in (at - 1, at + 1) if 0 <= near < len(order)]
            found = names.judge(values, name, neighbours)
            typed = tuple(
                Typed(self._numbers[one.kind], 0.0, one.evidence, one.confidence, listed=True)
                for one in found
                if one.kind in self._numbers
            )
            if typed:
                judged[name] = Plan(typed[:1], plan.announced, plan.suppressed)
        return judged


def _settled(claims: Sequence[_Claim]) -> list[Typed]:
    """The strongest claims whose cells are not mostly another's; a kind that the header names may also take what
    the others leave over (the clear passwords between the hashed ones)."""
    kept: list[_Claim] = []
    for claim in sorted(claims, key=lambda claim: (claim.typed.any_cell, -claim.odds, claim.typed.kind)):
        free = claim.cells.copy()
        for other in kept:
            free &= ~other.cells
        named = claim.typed.header >= ANNOUNCES and free.sum() > NAMED * len(free)
        if named or free.sum() > CONTESTED * claim.cells.sum():
            kept.append(claim)
    return [claim.typed for claim in kept]


def flat(column: pl.Series) -> pl.Series:
    """The values of a column, lists opened, blanks around dropped, empty ones left out."""
    if column.dtype == pl.List(pl.String):
        column = column.explode()
    column = column.drop_nulls().str.strip_chars()
    return column.filter(column != "")


def joined(cells: pl.Series) -> tuple[bytes, npt.NDArray[np.int64]]:
    """Cells as one text, one a line, special spaces made plain; and the place at which each begins."""
    if cells.str.contains("\n", literal=True).any():
        cells = cells.str.replace_all("\n", " ", literal=True)
    text = plain(cells.str.join("\n").item().encode("utf-8"))
    return text, np.append(0, np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == 10) + 1)
