"""What flows between stages: blocks of rows and of text, and the schemas of the case folder's Parquet files."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

SOURCES = pl.Schema(
    {
        "source_id": pl.Int32(),
        "source": pl.String(),
        "format": pl.String(),
        "sha256": pl.String(),
        "bytes": pl.Int64(),
        "records": pl.Int64(),
        "unread": pl.Int64(),
        "encoding": pl.String(),
        "reader": pl.String(),
        "state": pl.String(),
    }
)
FINDINGS = pl.Schema(
    {
        "source_id": pl.Int32(),
        "source": pl.Categorical(),
        "field": pl.String(),
        "place": pl.String(),
        "kind": pl.String(),
        "category": pl.String(),
        "candidates": pl.Int64(),
        "valid": pl.Int64(),
        "distinct": pl.Int64(),
        "distinct_exact": pl.Boolean(),
        "evidence": pl.String(),
        "confidence": pl.Float64(),
        "grade": pl.String(),
        "family": pl.String(),
    }
)
SPANS = pl.Schema(
    {
        "source_id": pl.Int32(),
        "source": pl.Categorical(),
        "record": pl.Int64(),
        "field": pl.String(),
        "start": pl.Int64(),
        "end": pl.Int64(),
        "kind": pl.String(),
        "confidence": pl.Float64(),
    }
)
ISSUES = pl.Schema(
    {
        "source_id": pl.Int32(),
        "source": pl.String(),
        "place": pl.String(),
        "code": pl.String(),
        "count": pl.Int64(),
        "bytes_unread": pl.Int64(),
        "detail": pl.String(),
    }
)


def records(kinds: list[str], invalid: list[str]) -> pl.Schema:
    """The schema of `records.parquet` for these kinds: one list of strings a kind, and one for its wrong keys."""
    columns: dict[str, pl.DataType] = {
        "source_id": pl.Int32(),
        "source": pl.Categorical(),
        "record": pl.Int64(),
        "mention": pl.Int32(),
    }
    columns |= {kind: pl.List(pl.String) for kind in kinds}
    columns |= {f"{kind}.invalid": pl.List(pl.String) for kind in invalid}
    columns["roles"] = pl.List(pl.String)
    return pl.Schema(columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Records of a table: all columns are strings (or lists of strings where a field repeats), null for empty.

    `numbers` (UInt64) are the records' numbers in the source; its length is that of `frame`.
    Column names are the fields' names, made unique. `mentions` (Int32) where a record tells of several persons
    (a mail: whom it is about, its sender, its recipients): the same number then stands in several rows one after
    the other, one a mention, the first of them mention 0. `prose` are the fields that hold running text.
    """

    frame: pl.DataFrame
    numbers: pl.Series
    mentions: pl.Series | None = None
    prose: frozenset[str] = frozenset()

    @property
    def records(self) -> int:
        """How many records these rows are: those of mention 0."""
        return len(self.numbers) if self.mentions is None else int((self.mentions == 0).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A piece of the text of one record (a document): UTF-8 bytes, `offset` characters after the record's start.

    Pieces of one record come in order, are cut at white space, at most 32 MiB each; `last` closes the
    record. `place` is a page or part where there is one.
    """

    record: int
    data: bytes
    offset: int = 0
    field: str | None = None
    place: str | None = None
    last: bool = True
