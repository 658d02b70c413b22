"""Text scanned for every kind: what a search found becomes counts, values for the records' table and spans."""

from __future__ import annotations

import numpy as np
import polars as pl

from tocsin.kinds.kind import Needs
from tocsin.scan.arrays import Bools
from tocsin.scan.cells import Characters, sample
from tocsin.scan.found import Emission, Found, Indexes
from tocsin.scan.lookalikes import lookalikes_in_text
from tocsin.scan.search import Searcher
from tocsin.scan.tally import Spot, count
from tocsin.scan.values import plain
from tocsin.tables import Text


class TextScanner:
    """Scans texts with the kinds of one catalogue; `values` asks for what goes to the records' table."""

    def __init__(self, searcher: Searcher, *, values: bool = True) -> None:
        self.searcher = searcher
        self._values = values

    def text(self, text: Text) -> Found:
        """A piece of a document; occurrences that only a cut piece shows are the caller's care."""
        found = Found()
        data = plain(text.data)
        table = self.searcher.search(data)
        if len(table):
            for number, more in lookalikes_in_text(data, table).items():
                found.tallies.at(Spot(text.field, text.place, number)).rivals += more
            self.spread(
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

    def spread(
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
