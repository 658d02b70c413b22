"""One block of a source: rows or text in; tallies, records and spans out. The same block always gives the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from tocsin.scan import names
from tocsin.scan.arrays import Bools
from tocsin.scan.cells import APART, Characters, cells, filled, running, sample
from tocsin.scan.columns import Plan, Typed, Typist, joined
from tocsin.scan.forms import known
from tocsin.scan.found import SPANS, Emission, Found, Indexes
from tocsin.scan.lookalikes import lookalikes_in_cells, lookalikes_in_text
from tocsin.scan.repeats import Cells, unfolded
from tocsin.scan.search import Searcher
from tocsin.scan.tally import Spot, count
from tocsin.scan.texts import TextScanner
from tocsin.scan.values import normal, valid
from tocsin.tables import Rows, Text


class BlockScanner:
    """Scans rows and texts with the kinds of one catalogue."""

    def __init__(
        self, searcher: Searcher, *, spans: bool = False, values: bool = True, typist: Typist | None = None
    ) -> None:
        self.searcher = searcher
        self.typist = Typist(searcher) if typist is None else typist
        self._texts = TextScanner(searcher, values=values)
        self._spans = spans
        self._values = values

    def rows(self, rows: Rows, plans: Mapping[str, Plan]) -> Found:
        """Every field by its plan; a field that no plan knows is planned from this block."""
        missing = [name for name in rows.frame.columns if name not in plans and name not in rows.prose]
        known = {**plans, **self.typist.plan(rows.frame.select(missing))} if missing else plans
        found = Found()
        for name in rows.frame.columns:
            if name not in rows.prose:
                self._field(name, rows, known[name], found)
        self._prose(rows, [name for name in rows.frame.columns if name in rows.prose], found)
        return found

    def text(self, text: Text) -> Found:
        """A piece of a document; occurrences that only a cut piece shows are the caller's care."""
        return self._texts.text(text)

    def _prose(self, rows: Rows, names: Sequence[str], found: Found) -> None:
        """The fields of running text (the bodies of mails): all cells of all of them searched in one go."""
        filled_cells = [cells(rows.frame[name]) for name in names]
        values = [texts for texts, _ in filled_cells if len(texts)]
        if not values:
            return
        text, breaks = running(pl.concat([texts.rename("") for texts in values]))
        table = self.searcher.search(text, frozenset(), breaks)
        cell = np.searchsorted(breaks, table["start"].to_numpy(), side="right") - 1
        at = np.concatenate([rows_at for _, rows_at in filled_cells])
        ends = np.cumsum([len(texts) for texts, _ in filled_cells])
        column = np.searchsorted(ends, cell, side="right")
        for number in np.unique(column).tolist():
            mine = np.flatnonzero(column == number)
            first, last = int(ends[number - 1]) if number else 0, int(ends[number])
            start, stop = int(breaks[first]), int(breaks[last]) if last < len(breaks) else len(text)
            self._running(names[number], rows, text[start:stop], start, table[mine], at[cell[mine]], found)

    def _running(
        self,
        name: str,
        rows: Rows,
        text: bytes,
        start: int,
        table: pl.DataFrame,
        at: Indexes,
        found: Found,
    ) -> None:
        """What a search found in one field of running text, whose cells are the bytes `text` from `start` on."""
        table = table.with_columns(pl.col("start") - start, pl.col("end") - start)
        for number, more in lookalikes_in_text(text, table).items():
            found.tallies.at(Spot(name, None, number)).rivals += more
        begins = np.append(0, np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord(APART)) + 1)
        cell = np.searchsorted(begins, table["start"].to_numpy(), side="right") - 1
        characters = Characters(text)
        origin = characters.at(begins[cell])
        places = [pl.Series(end, characters.at(table[end].to_numpy()) - origin) for end in ("start", "end")]
        table = table.with_columns(places)
        self._texts.spread(table, at, name, None, frozenset(), found)
        found.spans.append(self._found_spans(name, table, at, rows))

    def _field(self, name: str, rows: Rows, plan: Plan, found: Found) -> None:
        """One column: its whole-cell kinds first, then the text of what is left."""
        left = filled(rows.frame[name])
        for typed in plan.kinds:
            if len(left):
                left = self._typed(name, typed, left, rows, found)
        left = self._worth(left)
        if len(left):
            self._leftover(name, left, rows, plan, found)

    def _worth(self, cells: Cells) -> Cells:
        """The cells in which anything could be found as text: bare numbers of a length that no kind has are none."""
        if not len(cells):
            return cells
        bare = cells.values.str.contains("^[0-9]+$")
        bare &= ~cells.values.str.len_bytes().is_in(self.searcher.bare_lengths)
        return cells.kept(~bare.to_numpy())

    def _typed(self, name: str, typed: Typed, cells: Cells, rows: Rows, found: Found) -> Cells:
        """Count one whole-cell kind; which cells are left over."""
        kind = self.searcher.kinds[typed.kind]
        number = self.searcher.bears[typed.kind]
        shaped, mine, passed = self._whole(typed, cells.values)
        if not shaped.any():
            return cells
        taken = cells.kept(shaped)
        tally = found.tallies.at(Spot(name, None, number))
        tally.whole = True
        tally.header = max(tally.header, typed.header)
        tally.evidence, tally.confidence = typed.evidence, typed.confidence
        count(tally, kind, mine, passed, None, taken.counts())
        sample(tally.samples, mine, passed, kind.show)
        if self._values or self._spans:
            if taken.fold is not None:
                mine, passed = mine.gather(taken.fold.codes), taken.spread(passed)
            if self._spans:
                found.spans.append(self._whole_spans(name, typed, taken.each(), taken.at, passed, rows))
            borne = self.searcher.kinds[number].name
            self._emit(borne, name, mine, taken.at, passed, found, keyed=kind.keyed)
        return cells.kept(~shaped)

    def _whole(self, typed: Typed, values: pl.Series) -> tuple[Bools, pl.Series, Bools]:
        """Which values are whole cells of a kind; of those the normal values, and which pass."""
        kind = self.searcher.kinds[typed.kind]
        told = None if typed.any_cell or typed.listed else known(kind, values)
        if told is not None and told.rows.all():
            return told.rows, told.normal, told.passed
        left = values if told is None else values.filter(pl.Series(~told.rows))
        shaped = self._shaped(typed, left)
        mine = normal(kind, left if shaped.all() else left.filter(pl.Series(shaped)))
        passed = np.ones(len(mine), dtype=np.bool_) if typed.listed else valid(kind, mine)
        return (shaped, mine, passed) if told is None else told.beside(shaped, mine, passed)

    def _shaped(self, typed: Typed, values: pl.Series) -> Bools:
        """Which values are whole cells of a kind."""
        if typed.any_cell:
            return np.ones(len(values), dtype=np.bool_)
        if typed.listed:
            return names.believable(self.searcher.kinds[typed.kind], values)
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

    def _leftover(self, name: str, cells: Cells, rows: Rows, plan: Plan, found: Found) -> None:
        """Search cells as text, one a line, and bring what is found back to its row."""
        text, breaks = joined(cells.values)
        table = self.searcher.search(text, plan.announced, breaks)
        if not len(table):
            return
        cell = np.searchsorted(breaks, table["start"].to_numpy(), side="right") - 1
        alike = lookalikes_in_cells(cells.values, cells.fold, table, cell, breaks, text)
        for number, more in alike.items():
            found.tallies.at(Spot(name, None, number)).rivals += more
        characters = Characters(text)
        origin = characters.at(breaks[cell])
        starts, ends = (characters.at(table[end].to_numpy()) - origin for end in ("start", "end"))
        table = table.with_columns(pl.Series("start", starts), pl.Series("end", ends))
        if cells.fold is not None:
            table, cell = unfolded(table, cell, cells.fold)
        self._texts.spread(table, cells.at[cell], name, None, plan.suppressed, found)
        if self._spans:
            found.spans.append(self._found_spans(name, table, cells.at[cell], rows))

    def _found_spans(self, name: str, table: pl.DataFrame, at: Indexes, rows: Rows) -> pl.DataFrame:
        """The spans of what a search found in the cells of rows `at`."""
        return table.select(
            rows.numbers.cast(pl.Int64).gather(at).alias("record"),
            pl.lit(name, dtype=pl.String).alias("field"),
            "start",
            "end",
            "kind",
            "valid",
            "announced",
        )
