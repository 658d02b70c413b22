"""Columns put into a Parquet file afterwards: what is read is what a file written whole would give."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tocsin import tables
from tocsin.case.thrift import I32, LIST, STRUCT, changed, decoded, encoded, field
from tocsin.case.widening import write_wide

SCHEMA = tables.records([f"any.kind_{number}" for number in range(40)], ["any.kind_3", "any.kind_7"])


def narrow(rows: int) -> pl.DataFrame:
    """Records in which two kinds stand, one of them not everywhere."""
    values = {
        "source_id": pl.Series([1] * rows, dtype=pl.Int32),
        "source": pl.Series(["a.csv"] * rows, dtype=pl.Categorical()),
        "record": pl.Series(range(rows), dtype=pl.Int64),
        "mention": pl.Series([0] * rows, dtype=pl.Int32),
        "any.kind_3": pl.Series(
            [[f"v{n}"] if n % 3 else None for n in range(rows)], dtype=pl.List(pl.String)
        ),
        "any.kind_9": pl.Series([["é", f"{n}"] for n in range(rows)], dtype=pl.List(pl.String)),
        "roles": pl.Series([["x", "y"]] * rows, dtype=pl.List(pl.String)),
    }
    return pl.DataFrame(values)


@pytest.mark.parametrize("rows", [0, 1, 70, 1000, 260_000])
def test_absent_columns_are_null_in_every_row(rows: int, tmp_path: Path) -> None:
    path, frame = tmp_path / "part.parquet", narrow(rows)
    write_wide(path, frame, SCHEMA, "lz4")
    whole = frame.select(
        pl.col(name) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in SCHEMA.items()
    )
    assert pl.read_parquet_schema(path) == SCHEMA
    assert pl.read_parquet(path).equals(whole)
    some = pl.scan_parquet(path).select("any.kind_1", "any.kind_3").filter(pl.col("any.kind_3").is_null())
    assert some.collect().height == sum(1 for n in range(rows) if n % 3 == 0)


def test_parts_with_other_columns_are_one_table(tmp_path: Path) -> None:
    write_wide(tmp_path / "1.parquet", narrow(10), SCHEMA, "lz4")
    write_wide(tmp_path / "2.parquet", narrow(10).drop("any.kind_9"), SCHEMA, "zstd")
    both = pl.scan_parquet(tmp_path / "*.parquet").select("any.kind_9", "any.kind_3.invalid").collect()
    assert both["any.kind_9"].null_count() == 10
    assert both["any.kind_3.invalid"].null_count() == 20


def test_only_lists_of_strings_are_put_in(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="list of strings"):
        write_wide(tmp_path / "1.parquet", narrow(3).drop("record"), SCHEMA, "lz4")


def test_structs_come_back_as_they_were() -> None:
    inner = [(1, I32, -7), (40, I32, 1 << 29), (41, 1, True), (42, 2, False)]
    struct = [(2, LIST, (STRUCT, [inner] * 20)), (3, 8, b"name"), (20, LIST, (I32, [0, -1, 300]))]
    assert decoded(encoded(struct)) == struct
    assert field(changed(struct, 3, 8, b"other"), 3) == b"other"
    assert [number for number, *_ in changed(struct, 5, I32, 1)] == [2, 3, 5, 20]
