"""What a scan keeps in its case: parts as sections end, so that a killed scan goes on, and the tables at its end."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import cached_property

import polars as pl

from tocsin import tables
from tocsin.case import Case, Stage, spill_path
from tocsin.case.durable import write_frame
from tocsin.case.widening import write_wide
from tocsin.errors import UsageError
from tocsin.kinds.kind import Kind
from tocsin.pipeline.kept import DONE, done_row, identity, scanned_before, sha256_of
from tocsin.pipeline.section import Scanned
from tocsin.sources.source import Issue, Located, Section

ORIGINS = pl.Schema({"source_id": pl.Int32(), "origin": pl.String()})
FLUSH_ROWS = 250_000
LISTS = pl.List(pl.String)
FLUSH_SECTIONS = 512


class Keeper:
    """The case's side of a scan."""

    def __init__(self, case: Case, stage: Stage, kinds: Sequence[Kind]) -> None:
        """`case` is open, `stage` its stage of scanning."""
        self._case = case
        self._stage = stage
        self._kinds = kinds
        known = case.sources()
        rows = list(known.select("source_id", "source", "sha256").iter_rows())
        self._known = {number: name for number, name, _ in rows}
        digests = {number: sha256 for number, _, sha256 in rows}
        places = case.frame("origins")
        self._places = ORIGINS.to_frame() if places is None else places
        self._origins = {origin: digests.get(number) for number, origin in self._places.iter_rows()}
        self._named: dict[str, set[str]] = {}
        for _, name, sha256 in rows:
            self._named.setdefault(name, set()).add(sha256 or "")
        self.next_source = max(self._known, default=-1) + 1
        self._before = known
        issues = case.frame("issues")
        self._before_issues = tables.ISSUES.to_frame() if issues is None else issues
        self._told_before = set(self._before_issues.select("source", "place", "code").iter_rows())
        self._waiting: list[tuple[int, Section, Scanned]] = []
        self._rows = 0
        self._kept = self._load()

    def knows(self, located: Located) -> bool:
        """Whether an ended scan read this source already: from the same place, or the same bytes under its name.

        Raises UsageError where the bytes at that place changed since.
        """
        origin = self.origin(located)
        if origin in self._origins:
            before = self._origins[origin]
            if before is not None and before != sha256_of(located):
                raise UsageError("case.source_changed", count=1)
            return True
        return located.source in self._named and sha256_of(located) in self._named[located.source]

    def origin(self, located: Located) -> str:
        """The place that a source came from, as a hash that only this case can make."""
        part = located.setting("part")
        inside = f"{located.members}" if part is None else f"{located.members}\n{part}"
        place = f"{os.path.realpath(located.path)}\n{inside}".encode("utf-8", "surrogateescape")
        return hashlib.blake2b(place, key=self._case.secret(), digest_size=16).hexdigest()

    def section(self, source_id: int, section: Section) -> Scanned | None:
        """What a killed scan had already kept of this section. Raises UsageError where the source changed since."""
        kept = self._kept.get((source_id, section.number))
        if kept is None:
            return None
        if kept[0] != identity(section):
            raise UsageError("case.source_changed", count=1)
        return kept[1]

    def keep(self, source_id: int, section: Section, scanned: Scanned) -> None:
        """Keep a section: a large one as parts of its own, small ones together."""
        self._waiting.append((source_id, section, scanned))
        self._rows += sum(table.height for table in scanned.rows) + 1
        if self._rows >= FLUSH_ROWS // 4 or len(self._waiting) >= FLUSH_SECTIONS:
            self._flush()

    def document(self, source_id: int, frame: pl.DataFrame) -> None:
        """Keep the one record of a document that several sections shared."""
        self._flush()
        key = f"document-{source_id:08d}"
        if key not in self._stage.parts_done():
            self._stage.write_part("records", key, self._uniform([frame]))

    def names(self, tallies: list[tuple[int, pl.DataFrame]]) -> None:
        """Keep what the sources' and columns' names gave away."""
        key = f"names-{self.next_source:08d}"
        frames = [
            frame.with_columns(source_id=pl.lit(number, dtype=pl.Int32), section=pl.lit(-1, dtype=pl.Int32))
            for number, frame in tallies
        ]
        if frames and key not in self._stage.parts_done():
            self._stage.write_part("tallies", key, pl.concat(frames))

    def earlier(self) -> list[tuple[int, str, pl.DataFrame]]:
        """The tallies of the sources that ended scans kept: their number, name and table."""
        kept = self._case.lazy("tallies")
        if kept is None or not self._known:
            return []
        table = kept.filter(pl.col("source_id").is_in(list(self._known))).collect()
        return [
            (number, name, table.filter(pl.col("source_id") == number).drop("source_id", "section"))
            for number, name in sorted(self._known.items())
        ]

    @property
    def idle(self) -> bool:
        """Whether an ended scan's tables stand and nothing was added since."""
        return self._stage.done

    def begin(self) -> None:
        """Something new is read: a stage that had ended takes it in."""
        self._stage.reopen()

    def finish(
        self,
        sources: pl.DataFrame,
        findings: pl.DataFrame,
        issues: pl.DataFrame,
        reasons: pl.DataFrame,
        origins: Mapping[int, str | None],
    ) -> None:
        """Write the tables of the contract and end the stage; `origins` are those of the sources just read."""
        fresh = pl.DataFrame({"source_id": list(origins), "origin": list(origins.values())}, schema=ORIGINS)
        self._stage.write_table("origins", pl.concat([self._places, fresh]))
        self._flush()
        if self._case.lazy("records") is None:
            self._stage.write_part("records", "empty", self._uniform([]))
        self._stage.write_lazy("spans", self._told(findings, reasons, sources))
        for name, frame in (
            ("sources", sources),
            ("issues", issues),
            ("findings", findings),
            ("reasons", reasons),
        ):
            self._stage.write_table(name, frame)
        self._stage.finish(sources=sources.height, findings=findings.height, issues=issues.height)

    def _told(self, findings: pl.DataFrame, reasons: pl.DataFrame, sources: pl.DataFrame) -> pl.LazyFrame:
        """The occurrences that the findings carry, as the contract's table of spans."""
        found = self._case.lazy("occurrences")
        if found is None:
            return tables.SPANS.to_frame().lazy()
        where = ["source_id", "field", "kind"]
        known = pl.DataFrame({"number": range(len(self._kinds)), "kind": [kind.name for kind in self._kinds]})
        judged = findings.filter(pl.col("place").is_null()).select(*where, "confidence")
        judged = judged.join(
            reasons.select(*where, "announced_only").unique(where), on=where, nulls_equal=True
        )
        names = sources.select("source_id", pl.col("source").cast(pl.Categorical()))
        return (
            found.filter("valid")
            .rename({"kind": "number"})
            .join(known.cast({"number": pl.UInt16}).lazy(), on="number")
            .join(judged.lazy(), on=where, nulls_equal=True)
            .filter(~pl.col("announced_only") | pl.col("announced"))
            .join(names.lazy(), on="source_id")
            .select(*tables.SPANS)
            .sort("source_id", "record", "field", "start", "end", "kind")
        )

    def told(self, issue: Issue) -> bool:
        """Whether an ended scan told this issue of something that is no source already."""
        return (issue.source, issue.place, issue.code) in self._told_before

    def all_sources(self, sources: pl.DataFrame) -> pl.DataFrame:
        """The sources of ended scans and these; an archive that no password opened until now is none any more."""
        opened = self._before_issues.filter(self._opened(sources))["source_id"]
        left = self._before_issues.filter(~self._opened(sources))["source_id"]
        gone = pl.col("source_id").is_in(opened.implode()) & ~pl.col("source_id").is_in(left.implode())
        return pl.concat([self._before.filter(~gone | pl.col("sha256").is_not_null()), sources])

    def all_issues(self, issues: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
        """The issues of ended scans and these; what was encrypted then and stands in `sources` now is none."""
        return pl.concat([self._before_issues.filter(~self._opened(sources)), issues])

    def _opened(self, sources: pl.DataFrame) -> pl.Expr:
        """Which issues of ended scans tell of what was encrypted and is among these sources now."""
        names = sources["source"].implode()
        archives = sources["source"].str.replace("!/.*", "").implode()
        inside = pl.concat_str("source", pl.lit("!/"), "place").is_in(names)
        return (pl.col("code") == "source.encrypted") & pl.when(pl.col("place").is_null()).then(
            pl.col("source").is_in(archives)
        ).otherwise(inside)

    def _flush(self) -> None:
        """Write what waits as one part a table, entered together."""
        if not self._waiting:
            return
        waiting, self._waiting, self._rows = self._waiting, [], 0
        first = waiting[0]
        key = f"{first[0]:08d}-{first[1].number:06d}"
        files = {}
        for table, frame in self._frames(waiting).items():
            path = spill_path(self._case.path, table, key)
            if table == "records":
                write_wide(path, frame, self._schema, "lz4")
            else:
                write_frame(path, frame, compression="lz4")
            files[table] = (path, frame.height, None)
        self._stage.enter_files(key, files)

    def _frames(self, waiting: list[tuple[int, Section, Scanned]]) -> dict[str, pl.DataFrame]:
        numbered = [
            scanned.tallies.with_columns(
                source_id=pl.lit(number, dtype=pl.Int32), section=pl.lit(section.number, dtype=pl.Int32)
            )
            for number, section, scanned in waiting
        ]
        frames = {
            "tallies": pl.concat(numbered),
            "done": pl.DataFrame([done_row(*one) for one in waiting], schema=DONE),
            "records": self._alike([table for _, _, scanned in waiting for table in scanned.rows]),
        }
        spans = [
            scanned.spans.select(pl.lit(number, dtype=pl.Int32).alias("source_id"), pl.all())
            for number, _, scanned in waiting
            if scanned.spans is not None
        ]
        if spans:
            frames["occurrences"] = pl.concat(spans)
        return frames

    @cached_property
    def _schema(self) -> pl.Schema:
        """The schema of the records: every column of the catalogue, so that all parts have one."""
        kinds = [kind for kind in self._kinds if kind.face_of is None]
        return tables.records([kind.name for kind in kinds], [kind.name for kind in kinds if kind.keyed])

    def _uniform(self, frames: list[pl.DataFrame]) -> pl.DataFrame:
        """Records with every column of their schema."""
        return self._with(frames, list(self._schema))

    def _alike(self, frames: list[pl.DataFrame]) -> pl.DataFrame:
        """Records with the columns that some of them have, and those that are no lists."""
        held = {name for frame in frames for name in frame.columns}
        return self._with(
            frames, [name for name, kind in self._schema.items() if name in held or kind != LISTS]
        )

    def _with(self, frames: list[pl.DataFrame], names: list[str]) -> pl.DataFrame:
        whole = [
            frame.select(
                [
                    pl.col(name)
                    if name in frame.columns
                    else pl.lit(None, dtype=self._schema[name]).alias(name)
                    for name in names
                ]
            )
            for frame in frames
        ]
        return pl.concat(whole, rechunk=False) if whole else self._schema.to_frame().select(names)

    def _load(self) -> dict[tuple[int, int], tuple[str, Scanned]]:
        """The sections that a killed scan had kept."""
        done = self._case.lazy("done")
        if done is None:
            return {}
        table = done.filter(pl.col("source_id") >= self.next_source).collect()
        if not table.height:
            return {}
        kept = self._case.lazy("tallies")
        assert kept is not None
        tallies = kept.filter(pl.col("source_id") >= self.next_source).collect()
        return {
            (row["source_id"], row["section"]): (row["identity"], scanned_before(row, tallies))
            for row in table.iter_rows(named=True)
        }
