"""Written values that are known: the text as it stands in a file, and which kinds it holds in which normal form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Fact = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Known:
    """A text and its facts: (kind, the value in one form for all its writings; None for a wrong key)."""

    text: str
    facts: tuple[Fact, ...] = ()

    def __add__(self, other: Known | str) -> Known:
        after = other if isinstance(other, Known) else Known(other)
        return Known(self.text + after.text, self.facts + after.facts)

    def __radd__(self, before: str) -> Known:
        return Known(before + self.text, self.facts)


Cell = Known | str


def text_of(cell: Cell) -> str:
    """The text alone."""
    return cell.text if isinstance(cell, Known) else cell


def facts_of(cell: Cell) -> tuple[Fact, ...]:
    """The facts; none for a plain text."""
    return cell.facts if isinstance(cell, Known) else ()


def joined(separator: str, parts: list[Cell]) -> Known:
    """The parts with `separator` between."""
    return Known(
        separator.join(text_of(part) for part in parts),
        tuple(fact for part in parts for fact in facts_of(part)),
    )


def leaves(value: object, path: str = "") -> Iterator[tuple[str, Cell]]:
    """Every cell inside dictionaries and lists with its path as the reader of JSON names it (`a.b`, `c[].d`)."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from leaves(inside, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for inside in value:
            yield from leaves(inside, f"{path}[]")
    elif isinstance(value, Known | str):
        yield path, value


def plain(value: object) -> object:
    """The same dictionaries and lists with texts in place of cells."""
    if isinstance(value, dict):
        return {name: plain(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [plain(inside) for inside in value]
    return value.text if isinstance(value, Known) else value
