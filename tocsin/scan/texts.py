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

BETWEEN = b"\0"  # no pattern holds it, so nothing is found across two texts


class TextScanner:
    """Scans texts with the kinds of one catalogue; `values` asks for what goes to the records' table."""

    def __init__(self, searcher: Searcher, *, values: bool = True) -> None:
        self.searcher = searcher
        self._values = values

    def text(self, *texts: Text) -> Found:
        """Pieces of documents, searched together; occurrences that only a cut piece shows are the caller's care.

        The rows of what is emitted are places in `texts`. No context crosses from one text to another.
        """
        found = Found()
        spots: dict[tuple[str | None, str | None], list[int]] = {}
        for row, text in enumerate(texts):
            spots.setdefault((text.field, text.place), []).append(row)
        for (field, place), rows in spots.items():
            self._together([texts[row] for row in rows], np.array(rows, dtype=np.int64), field, place, found)
        return found

    def _together(
        self, texts: list[Text], rows: Indexes, field: str | None, place: str | None, found: Found
    ) -> None:
        """Texts of one spot as one, and what is found brought back to each."""
        parts = [plain(text.data) for text in texts]
        data = BETWEEN.join(parts)
        begins = np.cumsum([0, *(len(part) + len(BETWEEN) for part in parts)])[:-1]
        table = self.searcher.search(data, breaks=begins if len(texts) > 1 else None)
        if not len(table):
            return
        for number, more in lookalikes_in_text(data, table).items():
            found.tallies.at(Spot(field, place, number)).rivals += more
        whose = np.searchsorted(begins, table["start"].to_numpy(), side="right") - 1
        self.spread(table, rows[whose], field, place, frozenset(), found)
        characters = Characters(data)
        moved = np.array([text.offset for text in texts], dtype=np.int64) - characters.at(begins)
        records = np.array([text.record for text in texts], dtype=np.int64)
        found.spans.append(
            table.select(
                pl.Series("record", records[whose]),
                pl.lit(field, dtype=pl.String).alias("field"),
                pl.Series("start", characters.at(table["start"].to_numpy()) + moved[whose]),
                pl.Series("end", characters.at(table["end"].to_numpy()) + moved[whose]),
                "kind",
                "valid",
                "announced",
            )
        )

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
