"""Reads a pile as the pipeline does, for tests: every row, piece of text and issue of every source."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.sources import catalogue
from tocsin.sources.opening import open_bytes
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue, Located, Rows, Section, Surveyed


@dataclass
class Read:
    """What a pile gave."""

    located: list[Located] = field(default_factory=list)
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    text: str = ""
    issues: list[Issue] = field(default_factory=list)
    sections: int = 0
    contents: dict[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The sources' names."""
        return [located.source for located in self.located]

    @property
    def codes(self) -> list[str]:
        """The issues' codes."""
        return [issue.code for issue in self.issues]


def read(*piles: Path) -> Read:
    """All of `piles`; checks what every survey and every piece of text promises."""
    result = Read()
    for found in walk([str(pile) for pile in piles]):
        if isinstance(found, Issue):
            result.issues.append(found)
            continue
        result.located.append(found)
        with open_bytes(found) as stream:
            content = result.contents[found.source] = stream.read()
        read_source(found, content, result)
    return result


def read_source(located: Located, content: bytes, result: Read) -> None:
    """One source, section by section."""
    offset = 0
    for given in catalogue.survey(located):
        if isinstance(given, Issue):
            result.issues.append(given)
        elif isinstance(given, Surveyed):
            assert (given.sha256, given.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
        elif isinstance(given, Section):
            result.sections += 1
            for piece in catalogue.read(given):
                if isinstance(piece, Issue):
                    result.issues.append(piece)
                elif isinstance(piece, Rows):
                    assert len(piece.numbers) == len(piece.frame)
                    for number, row in zip(piece.numbers, piece.frame.to_dicts(), strict=True):
                        assert number not in result.rows
                        result.rows[number] = {name: cell for name, cell in row.items() if cell is not None}
                else:
                    assert piece.offset == offset
                    text = piece.data.decode()
                    offset += len(text)
                    result.text += text


def read_bytes(folder: Path, content: bytes, name: str = "x.bin") -> Read:
    """A pile of one file of this content."""
    path = folder / name
    path.write_bytes(content)
    return read(path)
