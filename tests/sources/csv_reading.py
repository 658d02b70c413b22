"""How the tests read a file: sniffed or with a given dialect, surveyed, every section read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.sources.csv import FORMAT
from tocsin.sources.csv_dialect import Dialect
from tocsin.sources.source import Issue, Located, Rows, Section, Surveyed


@dataclass
class Whole:
    """All that a source gave."""

    names: list[str] = field(default_factory=list)
    rows: dict[int, list[str | None]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    surveyed: Surveyed | None = None

    def of(self, code: str) -> list[Issue]:
        return [issue for issue in self.issues if issue.code == code]

    def count(self, code: str) -> int:
        return sum(issue.count for issue in self.of(code))


def located(path: Path, dialect: Dialect | None = None) -> Located:
    """The file as a located source, in the dialect that sniffing finds or the one given."""
    data = path.read_bytes()
    if dialect is not None:
        encoding, settings = dialect.encoding, dialect.settings()
    else:
        sniffed = FORMAT.sniff(data[: 1 << 18], len(data))
        assert sniffed is not None
        encoding, settings = sniffed.encoding or "", sniffed.dialect
    return Located(
        source="leak",
        path=str(path),
        format="csv",
        encoding=encoding,
        reader="csv",
        bytes=len(data),
        dialect=settings,
    )


def whole(found: Located) -> Whole:
    """Every section of the source, read in the survey's order."""
    result = Whole()
    given = list(FORMAT.survey(found))
    result.sections = [one for one in given if isinstance(one, Section)]
    result.surveyed = next(one for one in given if isinstance(one, Surveyed))
    gather(result, result.sections)
    return result


def gather(result: Whole, sections: Iterable[Section]) -> None:
    """What reading `sections` gives, into `result`; no record twice."""
    for section in sections:
        for one in FORMAT.read(section):
            if isinstance(one, Rows):
                assert one.frame.height == len(one.numbers)
                result.names = one.frame.columns
                for number, row in zip(one.numbers.to_list(), one.frame.rows(), strict=True):
                    assert number not in result.rows
                    result.rows[number] = list(row)
            else:
                assert isinstance(one, Issue)
                result.issues.append(one)
