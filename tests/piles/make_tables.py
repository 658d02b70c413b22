"""Write the golden pile of table-like files anew: `python tests/piles/make_tables.py`, from the repository's root.

One table in SQLite, Parquet, XLSX, XLS, ODS, DBF and fixed-width text; a database in an archive; one that is damaged.
"""

from __future__ import annotations

import io
import random
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import polars as pl

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.piles.make import COLUMNS, noted, table, written  # noqa: E402
from tests.sources.table_writing import dbf, ods_of, row, xls  # noqa: E402
from tests.sources.workbook import inline, packed, sheet, workbook  # noqa: E402
from tocsin.fakes.known import Cell, facts_of, text_of  # noqa: E402
from tocsin.fakes.leak import Leak  # noqa: E402

Lines = list[tuple[str, list[Cell]]]
NAME, SHEET = "patients", "Feuil1"


def texts(lines: Lines) -> list[list[str]]:
    """The lines as texts."""
    return [[text_of(cell) for cell in cells] for _, cells in lines]


def database(rows: list[list[str]], *, page: int = 1024) -> bytes:
    """An SQLite database of one table, with an index and a view of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size = {page}")
            columns = ", ".join(f"{column} TEXT" for column in COLUMNS)
            connection.execute(f"CREATE TABLE {NAME} ({columns})")
            connection.execute(f"CREATE INDEX par_nom ON {NAME} (nom)")
            connection.execute(f"CREATE VIEW vue AS SELECT nom FROM {NAME}")  # noqa: S608
            marks = ", ".join("?" * len(COLUMNS))
            connection.executemany(f"INSERT INTO {NAME} VALUES ({marks})", rows)  # noqa: S608
        return path.read_bytes()


def columnar(rows: list[list[str]]) -> bytes:
    """A Parquet file of several row groups."""
    buffer = io.BytesIO()
    pl.DataFrame(rows, schema=COLUMNS, orient="row").write_parquet(buffer, row_group_size=16)
    return buffer.getvalue()


def aligned(rows: list[list[str]]) -> bytes:
    """Fixed-width text: each column as wide as its widest cell and two blanks, all lines of one length."""
    every = [list(COLUMNS), *rows]
    widths = [max(len(line[at]) for line in every) + 2 for at in range(len(COLUMNS))]
    return "".join("".join(map(str.ljust, line, widths)) + "\r\n" for line in every).encode()


def dbase(rows: list[list[str]]) -> bytes:
    """A dBase 7 table in UTF-8, whose fields may have long names."""
    cells = [tuple(text.encode() for text in line) for line in rows]
    widths = [max(max(len(line[at]) for line in cells), 1) for at in range(len(COLUMNS))]
    return dbf([(name, "C", width) for name, width in zip(COLUMNS, widths, strict=True)], cells, version=4)


def tables(leak: Leak) -> None:
    """The same table in every format."""
    lines = table(40)
    rows = texts(lines)
    titled: list[list[str | int | None]] = [
        list(COLUMNS),
        *([text or None for text in line] for line in rows),
    ]
    spread = {SHEET: "".join(row([text or None for text in line]) for line in titled)}
    made = {
        f"base.sqlite#{NAME}": ("base.sqlite", "sqlite", database(rows)),
        f"sauvegarde.zip!/base.db#{NAME}": ("sauvegarde.zip", "sqlite", packed({"base.db": database(rows)})),
        "table.parquet": ("table.parquet", "parquet", columnar(rows)),
        f"classeur.xlsx#{SHEET}": ("classeur.xlsx", "xlsx", workbook({SHEET: sheet(inline(titled))})),
        f"classeur.ods#{SHEET}": ("classeur.ods", "ods", ods_of(spread)),
        "table.dbf": ("table.dbf", "dbf", dbase(rows)),
        "table.txt": ("table.txt", "fixed_width", aligned(rows)),
    }
    for source, (name, format, data) in made.items():
        leak.raw(name, data)
        noted(leak.truth, source, format, lines)
    leak.raw("ancien.xls", xls({SHEET: [[text or None for text in line] for line in titled]}))
    leak.truth.source("ancien.xls", "xls")
    noted(leak.truth, f"ancien.xls#{SHEET}", "xls", lines)


def damaged(leak: Leak) -> None:
    """A database one of whose pages is overwritten, and a Parquet file without its end."""
    lines = table(60)
    content = bytearray(database(texts(lines)))
    pages = [at for at in range(1024, len(content), 1024) if content[at] == 13]
    place = random.Random(3).choice(pages[1:-1])
    before = sum(int.from_bytes(content[at + 3 : at + 5], "big") for at in pages if at < place)
    lost = int.from_bytes(content[place + 3 : place + 5], "big")
    content[place : place + 1024] = bytes(1024)
    source = f"page.sqlite#{NAME}"
    leak.raw("page.sqlite", bytes(content))
    leak.truth.unreadable(source, "sqlite", "source.bad_page", records=None)
    for key, cells in lines[:before] + lines[before + lost :]:
        leak.truth.record(source, 0, (key,))
        for column, cell in zip(COLUMNS, cells, strict=True):
            for kind, normal in facts_of(cell):
                leak.truth.value(source, column, kind, normal)
    cut = columnar(texts(lines))
    leak.raw("cut.parquet", cut[: len(cut) // 2])
    leak.truth.unreadable("cut.parquet", "parquet", "source.truncated")


def main() -> None:
    """Remove the piles and write them again."""
    for name in ("tables", "tables_damaged"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    written("tables", tables)
    written("tables_damaged", damaged)


if __name__ == "__main__":
    main()
