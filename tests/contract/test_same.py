"""The order in which files lie in a folder changes no table."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl

from tests.contract.conftest import Command
from tests.contract.running import tables
from tocsin.kinds.fr.nir import fake as nir


def lay(folder: Path, names: list[str]) -> None:
    """Files of one content each, created in the order of `names`."""
    folder.mkdir()
    for name in names:
        made = random.Random(name)
        rows = "".join(f"{nir(made)};u{made.randrange(9999)}@example.org\n" for _ in range(30))
        if name.endswith(".csv"):
            (folder / name).write_text("num_secu;courriel\n" + rows, encoding="utf-8")
        else:
            (folder / name).write_text(
                f"Assuré {nir(made)}, courriel a{made.randrange(99)}@example.org\n" * 5
            )


def test_order_of_files(tocsin: Command, tmp_path: Path) -> None:
    """Twelve files created in two orders: the same tables and the same answer."""
    names = [f"{letter}.{ending}" for letter in "abcdef" for ending in ("csv", "txt")]
    lay(tmp_path / "one", names)
    lay(tmp_path / "two", random.Random(5).sample(names, len(names)))
    ran = [
        tocsin("scan", tmp_path / side, "--case", tmp_path / f"case-{side}", "--json")
        for side in ("one", "two")
    ]
    assert {**ran[0].json, "seconds": 0} == {**ran[1].json, "seconds": 0}
    one, two = tables(tmp_path / "case-one"), tables(tmp_path / "case-two")
    assert set(one) >= {"sources", "records", "findings", "issues"}
    assert [name for name, table in one.items() if not table.equals(two[name])] == []


def test_piles_one_by_one_or_together(tocsin: Command, tmp_path: Path) -> None:
    """What is counted does not depend on how the sources were handed in."""
    lay(tmp_path / "one", ["a.csv", "b.txt"])
    lay(tmp_path / "two", ["c.csv", "d.txt"])
    together = tocsin("scan", tmp_path / "one", tmp_path / "two", "--case", tmp_path / "together", "--json")
    tocsin("scan", tmp_path / "one", "--case", tmp_path / "apart")
    apart = tocsin("scan", tmp_path / "two", "--case", tmp_path / "apart", "--json")
    assert together.json["kinds"] == apart.json["kinds"]
    left, right = tables(tmp_path / "together"), tables(tmp_path / "apart")
    assert left["records"].drop("source").equals(right["records"].drop("source"))
    plain = pl.col("source").str.replace("^[12]/", "")
    assert left["findings"].with_columns(plain).equals(right["findings"])
