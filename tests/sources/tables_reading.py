"""Reads a pile of tables as the pipeline does, for tests: for every source its rows by number, and its issues."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.sources import catalogue
from tocsin.sources.opening import open_bytes
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue, Rows, Section, Surveyed, Text


@dataclass
class Table:
    """What one source gave; cells are strings or lists of strings."""

    name: str
    format: str = ""
    rows: dict[int, dict[str, object]] = field(default_factory=dict)
    text: str = ""
    issues: list[Issue] = field(default_factory=list)
    sections: int = 0

    @property
    def codes(self) -> list[str]:
        """The issues' codes."""
        return [issue.code for issue in self.issues]

    def column(self, name: str) -> list[object]:
        """The cells of one field in the order of records."""
        return [self.rows[number].get(name) for number in sorted(self.rows)]


def read_tables(*piles: Path) -> dict[str, Table]:
    """All sources of `piles` by name, and what was said of what is none."""
    tables: dict[str, Table] = {}
    for found in walk([str(pile) for pile in piles]):
        table = tables.setdefault(found.source, Table(found.source))
        if isinstance(found, Issue):
            table.issues.append(found)
            continue
        table.format = found.format
        for given in catalogue.survey(found):
            if isinstance(given, Section):
                table.sections += 1
                section_into(given, table)
            elif isinstance(given, Surveyed):
                with open_bytes(found) as stream:
                    content = stream.read()
                assert (given.sha256, given.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
            else:
                table.issues.append(given)
    return tables


def section_into(section: Section, table: Table) -> None:
    """Add the rows, texts and issues of one section to its table."""
    for piece in catalogue.read(section):
        if isinstance(piece, Issue):
            table.issues.append(piece)
        elif isinstance(piece, Text):
            table.text += piece.data.decode()
        elif isinstance(piece, Rows):
            assert len(piece.numbers) == len(piece.frame)
            for number, row in zip(piece.numbers, piece.frame.to_dicts(), strict=True):
                assert number not in table.rows
                table.rows[number] = {name: cell for name, cell in row.items() if cell is not None}
