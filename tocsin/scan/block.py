"""One block of a source: rows or text in; tallies, records and spans out. The same block always gives the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.kind import Needs
from tocsin.scan import names
from tocsin.scan.arrays import Bools
from tocsin.scan.cells import Characters, cells, sample
from tocsin.scan.columns import Plan, Typed, Typist, joined
from tocsin.scan.lookalikes import lookalikes_in_cells, lookalikes_in_text
from tocsin.scan.repeats import Folded, folded, unfolded
from tocsin.scan.search import Searcher
from tocsin.scan.tally import Spot, Tallies, count
from tocsin.scan.values import normal, plain, valid
from tocsin.tables import Rows, Text

Indexes = npt.NDArray[np.int64]
SPANS = pl.Schema(
    {
        "record": pl.Int64(),
        "field": pl.String(),
        "start": pl.Int64(),
        "end": pl.Int64(),
        "kind": pl.UInt16(),
        "valid": pl.Boolean(),
        "announced": pl.Boolean(),
    }
)


@dataclass(frozen=True, slots=True)
class Emission:
    """Values for one column of `records`: which rows of the block they belong to (ascending), from which field."""

    column: str
    field: str | None
    rows: Indexes
    values: pl.Series


@dataclass(slots=True)
class Found:
    """What one block gave: counts, values for the records' table, and (where asked) spans."""

    tallies: Tallies = field(default_factory=Tallies)
    emissions: list[Emission] = field(default_factory=list)
    spans: list[pl.DataFrame] = field(default_factory=list)


class BlockScanner:
    """Scans rows and texts with the kinds of one catalogue."""

    def __init__(
        self, searcher: Searcher, *, spans: bool = False, values: bool = True, typist: Typist | None = None
    ) -> None:
        self.searcher = searcher
        self.typist = Typist(searcher) if typist is None else typist
        self._spans = spans
        self._values = values

    def rows(self, rows: Rows, plans: Mapping[str, Plan]) -> Found:
        """Every field by its plan; a field that no plan knows is planned from this block."""
        missing = [name for name in rows.frame.columns if name not in plans]
        known = {**plans, **self.typist.plan(rows.frame.select(missing))} if missing else plans
        found = Found()
        for name in rows.frame.columns:
            self._field(name, rows, known[name], found)
        return found

    def text(self, text: Text) -> Found:
        """A piece of a document; occurrences that only a cut piece shows are the caller's care."""
        found = Found()
        data = plain(text.data)
        table = self.searcher.search(data)
        if len(table):
            for number, more in lookalikes_in_text(data, table).items():
                found.tallies.at(Spot(text.field, text.place, number)).rivals += more
            self._spread(
                table, np.zeros(len(table), dtype=np.int64), text.field, text.place, frozenset(), found
            )
            characters = Characters(data)
            found.spans.append(
                table.select(
                    pl.lit(text.record, dtype=pl.Int64).alias("record"),
                    pl.lit(text.field, dtype=pl.String).alias("field"),
                    (pl.Series("start", characters.at(table["start"].to_numpy())) + text.offset),
                    (pl.Series("end", characters.at(table["end"].to_numpy())) + text.offset),
                    "kind",
                    "valid",
                    "announced",
                )
            )
        return found

    def _field(self, name: str, rows: Rows, plan: Plan, found: Found) -> None:
        """One column: its whole-cell kinds first, then the text of what is left."""
        values, at = cells(rows.frame[name])
        fold = folded(values)
        for typed in plan.kinds:
            if not len(values):
                return
            left = self._typed(name, typed, values, at, rows, fold, found)
            if left.all():
                continue
            values, at = values.filter(pl.Series(left)), at[left]
            fold = folded(values) if fold is not None else None
        values, at, fold = self._worth(values, at, fold)
        if len(values):
            self._leftover(name, values, at, rows, plan, fold, found)

    def _worth(
        self, values: pl.Series, at: Indexes, fold: Folded | None
    ) -> tuple[pl.Series, Indexes, Folded | None]:
        """The cells in which anything could be found as text: bare numbers of a length that no kind has are none."""
        lengths = self.searcher.bare_lengths
        if fold is not None or not len(values):
            return values, at, fold
        bare = values.str.contains("^[0-9]+$") & ~values.str.len_bytes().is_in(lengths)
        if not bare.any():
            return values, at, fold
        kept = ~bare
        return values.filter(kept), at[kept.to_numpy()], None

    def _typed(
        self,
        name: str,
        typed: Typed,
        values: pl.Series,
        at: Indexes,
        rows: Rows,
        fold: Folded | None,
        found: Found,
    ) -> Bools:
        """Count one whole-cell kind; which cells are left over."""
        kind = self.searcher.kinds[typed.kind]
        number = self.searcher.bears[typed.kind]
        name_borne = self.searcher.kinds[number].name
        distinct = values if fold is None else fold.values
        shaped = self._shaped(typed, distinct)
        if not shaped.any():
            return np.ones(len(values), dtype=np.bool_)
        every = bool(shaped.all())
        mine = normal(kind, distinct if every else distinct.filter(pl.Series(shaped)))
        passed = np.ones(len(mine), dtype=np.bool_) if typed.listed else valid(kind, mine)
        tally = found.tallies.at(Spot(name, None, number))
        tally.whole = True
        tally.header = max(tally.header, typed.header)
        tally.evidence, tally.confidence = typed.evidence, typed.confidence
        count(tally, kind, mine, passed, None, None if fold is None else fold.counts()[shaped])
        sample(tally.samples, mine, passed, kind.show)
        cells_shaped = shaped if fold is None else shaped[fold.codes]
        if self._values or self._spans:
            where = at if every else at[cells_shaped]
            if fold is not None:
                inner = (np.cumsum(shaped) - 1)[fold.codes[cells_shaped]]
                mine, passed = mine.gather(inner), passed[inner]
            if self._spans:
                whole = values if every else values.filter(pl.Series(cells_shaped))
                found.spans.append(self._whole_spans(name, typed, whole, where, passed, rows))
            self._emit(name_borne, name, mine, where, passed, found, keyed=kind.keyed)
        return ~cells_shaped

    def _shaped(self, typed: Typed, values: pl.Series) -> Bools:
        """Which values are whole cells of a kind."""
        if typed.any_cell:
            return np.ones(len(values), dtype=np.bool_)
        if typed.listed:
            rule = names.plausible(self.searcher.kinds[typed.kind])
            return pl.DataFrame({"value": values}).select(rule).to_series().to_numpy()
        return self.typist.shaped(typed.kind, values)

    def _whole_spans(
        self, name: str, typed: Typed, values: pl.Series, at: Indexes, passed: Bools, rows: Rows
    ) -> pl.DataFrame:
        """The spans of whole cells."""
        return pl.DataFrame(
            {
                "record": rows.numbers.cast(pl.Int64).gather(at),
                "field": pl.repeat(name, len(values), dtype=pl.String(), eager=True),
                "start": np.zeros(len(values), dtype=np.int64),
                "end": values.str.len_chars().cast(pl.Int64),
                "kind": np.full(len(values), self.searcher.bears[typed.kind], dtype=np.uint16),
                "valid": passed,
                "announced": np.full(len(values), typed.header > 0),
            },
            schema=SPANS,
        )

    def _emit(
        self,
        column: str,
        name: str | None,
        values: pl.Series,
        at: Indexes,
        passed: Bools,
        found: Found,
        *,
        keyed: bool,
    ) -> None:
        """Note values for the records' table: valid ones, and those of the right shape with a wrong key."""
        if not self._values:
            return
        if passed.all():
            found.emissions.append(Emission(column, name, at, values))
            return
        if passed.any():
            found.emissions.append(Emission(column, name, at[passed], values.filter(pl.Series(passed))))
        if keyed:
            found.emissions.append(
                Emission(f"{column}.invalid", name, at[~passed], values.filter(pl.Series(~passed)))
            )

    def _leftover(
        self,
        name: str,
        values: pl.Series,
        at: Indexes,
        rows: Rows,
        plan: Plan,
        fold: Folded | None,
        found: Found,
    ) -> None:
        """Search cells as text, one a line, and bring what is found back to its row."""
        text, breaks = joined(values if fold is None else fold.values)
        table = self.searcher.search(text, plan.announced, breaks)
        if not len(table):
            return
        cell = np.searchsorted(breaks, table["start"].to_numpy(), side="right") - 1
        alike = lookalikes_in_cells(values if fold is None else fold.values, fold, table, cell, breaks, text)
        for number, more in alike.items():
            found.tallies.at(Spot(name, None, number)).rivals += more
        characters = Characters(text)
        origin = characters.at(breaks[cell])
        starts, ends = (characters.at(table[end].to_numpy()) - origin for end in ("start", "end"))
        table = table.with_columns(pl.Series("start", starts), pl.Series("end", ends))
        if fold is not None:
            table, cell = unfolded(table, cell, fold)
        self._spread(table, at[cell], name, None, plan.suppressed, found)
        if self._spans:
            found.spans.append(
                table.select(
                    rows.numbers.cast(pl.Int64).gather(at[cell]).alias("record"),
                    pl.lit(name, dtype=pl.String).alias("field"),
                    "start",
                    "end",
                    "kind",
                    "valid",
                    "announced",
                )
            )

    def _spread(
        self,
        table: pl.DataFrame,
        at: Indexes,
        name: str | None,
        place: str | None,
        suppressed: frozenset[int],
        found: Found,
    ) -> None:
        """Count the occurrences of a search kind by kind."""
        numbers = table["kind"].to_numpy()
        for number in np.unique(numbers).tolist():
            rows = np.flatnonzero(numbers == number)
            kind = self.searcher.kinds[number]
            values = table["value"].gather(rows)
            passed = table["valid"].gather(rows).to_numpy()
            spoken = table["announced"].gather(rows).to_numpy()
            tally = found.tallies.at(Spot(name, place, number))
            count(tally, kind, values, passed, spoken)
            sample(tally.samples, values, passed, kind.show)
            wanted = passed & spoken if number in suppressed else passed
            if kind.needs is Needs.CONTEXT:
                wanted = wanted & spoken
            self._emit_found(kind.name, name, values, at[rows], wanted, found)

    def _emit_found(
        self, column: str, name: str | None, values: pl.Series, at: Indexes, wanted: Bools, found: Found
    ) -> None:
        if self._values and wanted.any():
            order = np.argsort(at[wanted], kind="stable")
            chosen = values.filter(pl.Series(wanted)).gather(order)
            found.emissions.append(Emission(column, name, at[wanted][order], chosen))
