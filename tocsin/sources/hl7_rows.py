"""Records that tell of several persons (a patient, doctors, relatives) as rows: one a mention, fields repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from tocsin.sources.source import Rows
from tocsin.sources.vcard_blocks import lists

BATCH = 5_000

Person = dict[str, list[str]]


def put(person: Person, field: str, value: str) -> None:
    """Add a value to a field of a person, once; blank ones are nothing."""
    value = value.strip()
    if value and value not in person.setdefault(field, []):
        person[field].append(value)


def together(persons: Iterable[Person]) -> list[Person]:
    """The persons of a record, each different one once, in order; those of whom nothing is told are left out.

    The first one is the record's own subject and stays even where nothing is told of it.
    """
    found: list[Person] = []
    for person in persons:
        told = {field: values for field, values in person.items() if values}
        if not found or (told and told not in found):
            found.append(told)
    return found


def rows_with_mentions(
    records: Iterable[list[Person]], first: int, prose: frozenset[str] = frozenset()
) -> Iterator[Rows]:
    """The records in batches, numbered from `first` on; mention 0 is the first person of each."""
    batch: list[tuple[int, int, Person]] = []
    for number, persons in enumerate(records, first):
        batch += [(number, mention, person) for mention, person in enumerate(persons)]
        if len(batch) >= BATCH:
            yield _rows(batch, prose)
            batch = []
    if batch:
        yield _rows(batch, prose)


def _rows(batch: list[tuple[int, int, Person]], prose: frozenset[str]) -> Rows:
    fields = dict.fromkeys(field for _, _, person in batch for field in person) or {"line": None}
    columns = [lists(field, [person.get(field) for _, _, person in batch]) for field in fields]
    return Rows(
        frame=pl.DataFrame(columns),
        numbers=pl.Series("record", [number for number, _, _ in batch], pl.UInt64()),
        mentions=pl.Series("mention", [mention for _, mention, _ in batch], pl.Int32()),
        prose=prose & frozenset(fields),
    )
