"""Names for persons that stay: a keyed hash of a person's first mention, carried over from run to run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

BYTES = 9


# What tells one mention from every other: the content it stands in, its numbers, and which copy of that content.
KEYS = ("place", "record", "mention", "copy")


def placed(rows: pl.DataFrame, sources: Mapping[int, tuple[str, str]]) -> pl.DataFrame:
    """`rows` (source_id, record, mention, …) with `sha256`, `place` and `copy`.

    `sources` gives each source's SHA-256 and name. The tables of one file share its digest: a place is the digest and
    what follows `#` in the name. The same content met twice makes copies 0, 1, … in the order of names.
    """
    known = pl.DataFrame(
        {
            "source_id": list(sources),
            "sha256": [sha256 for sha256, _ in sources.values()],
            "place": [sha256 + "#" + name.partition("#")[2] for sha256, name in sources.values()],
            "name": [name for _, name in sources.values()],
        },
        schema={"source_id": pl.Int32, "sha256": pl.String, "place": pl.String, "name": pl.String},
    )
    copies = known.sort("place", "name").with_columns(copy=pl.int_range(pl.len()).over("place"))
    return rows.join(copies.drop("name"), on="source_id", how="left", maintain_order="left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """`person` for every row; `merged` and `split`: how many earlier persons became one, how many fell apart."""

    person: pl.Series
    merged: int
    split: int


def name_persons(mentions: pl.DataFrame, before: pl.DataFrame | None, secret: bytes) -> Named:
    """The identifier of every row's person.

    `mentions`: KEYS and `label` in one row each; `before`: the same keys with `person`, as the case knew them. A person keeps the identifier that most of its mentions had; where two share one, the one with more
    mentions keeps it.
    """
    keys = list(KEYS)
    first = mentions.sort(*keys).unique("label", keep="first", maintain_order=True)
    fresh = pl.DataFrame(
        {"label": first["label"], "fresh": [_made(row, secret) for row in first.select(keys).iter_rows()]}
    )
    groups = fresh
    merged = split = 0
    if before is not None and before.height:
        known = mentions.join(before.select(*keys, "person"), on=keys)
        votes = known.group_by("label", "person").len().sort("len", "person", descending=[True, False])
        merged = int((votes.group_by("label").len()["len"] > 1).sum())
        split = int((votes.group_by("person").len()["len"] > 1).sum())
        kept = votes.unique("label", keep="first", maintain_order=True).unique(
            "person", keep="first", maintain_order=True
        )
        groups = fresh.join(kept.select("label", "person"), on="label", how="left", maintain_order="left")
        taken = set(before["person"].to_list())
        names = [
            old if old is not None else (new if new not in taken else _again(new, taken))
            for new, old in groups.select("fresh", "person").iter_rows()
        ]
        groups = pl.DataFrame({"label": groups["label"], "fresh": names})
    person = mentions.select("label").join(groups, on="label", how="left", maintain_order="left")["fresh"]
    return Named(person=person.alias("person"), merged=merged, split=split)


def _made(row: tuple[object, ...], secret: bytes) -> str:
    text = "\n".join(map(str, row)).encode()
    return hashlib.blake2b(text, key=secret, digest_size=BYTES).hexdigest()


def _again(name: str, taken: set[str]) -> str:
    """A further name where a split person's first mention already named another."""
    while name in taken:
        name = hashlib.blake2b(name.encode(), digest_size=BYTES).hexdigest()
    taken.add(name)
    return name


def partition_sha256(mentions: pl.DataFrame) -> str:
    """SHA-256 over the sorted groups of (source sha256, record, mention): free of identifiers and of the secret.

    A line a mention (`sha256:record:mention`), groups apart by an empty line, mentions and groups in the order of
    their bytes.
    """
    lines = mentions.select(
        "label",
        line=pl.concat_str(
            pl.col("sha256").fill_null(""), pl.col("record"), pl.col("mention"), separator=":"
        ),
    )
    ordered = lines.with_columns(first=pl.col("line").min().over("label")).sort("first", "line")
    digest, last = hashlib.sha256(), None
    for first, line in ordered.select("first", "line").iter_rows():
        digest.update(("" if last in (None, first) else "\n").encode() + line.encode() + b"\n")
        last = first
    return digest.hexdigest()
