"""What is written of a section that is done, so that a killed scan knows it again."""

from __future__ import annotations

import hashlib
from typing import Any

import polars as pl

from tocsin.pipeline.section import Scanned
from tocsin.sources.opening import digest
from tocsin.sources.source import Issue, Located, Section

DONE = pl.Schema(
    {
        "source_id": pl.Int32(),
        "section": pl.Int32(),
        "source": pl.String(),
        "identity": pl.String(),
        "records": pl.Int64(),
        "unread": pl.Int64(),
        "bytes": pl.Int64(),
        "issues": pl.List(
            pl.Struct(
                {
                    "code": pl.String(),
                    "place": pl.String(),
                    "count": pl.Int64(),
                    "bytes_unread": pl.Int64(),
                    "detail": pl.String(),
                }
            )
        ),
        "document": pl.List(
            pl.Struct({"column": pl.String(), "role": pl.String(), "values": pl.List(pl.String)})
        ),
    }
)


def identity(section: Section) -> str:
    """What tells one stretch of one state of one source from another, without its name."""
    located = section.located
    parts = (located.source, located.bytes, located.dialect, section.start, section.stop, section.first)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def done_row(source_id: int, section: Section, scanned: Scanned) -> dict[str, object]:
    """The row of `DONE` for one section."""
    return {
        "source_id": source_id,
        "section": section.number,
        "source": section.located.source,
        "identity": identity(section),
        "records": scanned.records,
        "unread": scanned.unread,
        "bytes": scanned.bytes,
        "issues": [
            {
                "code": issue.code,
                "place": issue.place,
                "count": issue.count,
                "bytes_unread": issue.bytes_unread,
                "detail": issue.detail,
            }
            for issue in scanned.issues
        ],
        "document": [
            {"column": column, "role": role, "values": values.to_list()}
            for (column, role), values in scanned.document.items()
        ],
    }


def scanned_before(row: dict[str, Any], tallies: pl.DataFrame) -> Scanned:
    """A section's result as it was kept; its records are in their part already."""
    mine = (pl.col("source_id") == row["source_id"]) & (pl.col("section") == row["section"])
    return Scanned(
        section=row["section"],
        records=row["records"],
        unread=row["unread"],
        bytes=row["bytes"],
        tallies=tallies.filter(mine).drop("source_id", "section"),
        issues=[Issue(source=row["source"], **issue) for issue in row["issues"]],
        document={
            (one["column"], one["role"]): pl.Series(one["values"], dtype=pl.String) for one in row["document"]
        },
    )


def sha256_of(located: Located) -> str | None:
    """The digest of a source as it is now."""
    return digest(located).sha256
