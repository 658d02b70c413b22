"""Reads mailboxes as the pipeline does, for tests: every mention of every record, and every issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tocsin.sources import catalogue
from tocsin.sources.opening import open_bytes
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue, Located, Rows, Section, Text

Cells = dict[str, str]


@dataclass
class Mail:
    """What a pile gave: by source and record its mentions, the texts of documents, issues, the sources' bytes."""

    located: dict[str, Located] = field(default_factory=dict)
    records: dict[str, dict[int, dict[int, Cells]]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    sections: int = 0

    @property
    def names(self) -> list[str]:
        """The sources' names."""
        return list(self.located)

    @property
    def codes(self) -> list[str]:
        """The issues' codes."""
        return [issue.code for issue in self.issues]

    @property
    def formats(self) -> dict[str, str]:
        """The sources' formats."""
        return {name: located.format for name, located in self.located.items()}

    def only(self) -> dict[int, dict[int, Cells]]:
        """The records of the first source."""
        return self.records[self.names[0]]


def read(pile: Path) -> Mail:
    """All that a pile holds."""
    result = Mail()
    for found in walk([str(pile)]):
        if isinstance(found, Issue):
            result.issues.append(found)
            continue
        result.located[found.source] = found
        with open_bytes(found) as stream:
            result.contents[found.source] = stream.read()
        _source(found, result)
    return result


def _source(located: Located, result: Mail) -> None:
    records = result.records.setdefault(located.source, {})
    for given in catalogue.survey(located):
        if isinstance(given, Issue):
            result.issues.append(given)
        elif isinstance(given, Section):
            result.sections += 1
            for piece in catalogue.read(given):
                if isinstance(piece, Issue):
                    result.issues.append(piece)
                elif isinstance(piece, Text):
                    result.texts[located.source] = result.texts.get(located.source, "") + piece.data.decode()
                else:
                    _rows(piece, records)


def _rows(rows: Rows, records: dict[int, dict[int, Cells]]) -> None:
    mentions = [0] * len(rows.numbers) if rows.mentions is None else rows.mentions.to_list()
    for number, mention, cells in zip(rows.numbers.to_list(), mentions, rows.frame.to_dicts(), strict=True):
        mentioned = records.setdefault(number, {})
        assert mention not in mentioned
        assert not mentioned or mention > max(mentioned), "mentions of a record stand in order"
        mentioned[mention] = {name: cell for name, cell in cells.items() if cell is not None}


def read_bytes(folder: Path, content: bytes, name: str = "x.bin") -> Mail:
    """A pile of one file of this content."""
    path = folder / name
    path.write_bytes(content)
    return read(path)
