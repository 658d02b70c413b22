"""Write the golden pile of SQL dumps anew: `python tests/piles/make_sqldump.py`, from the repository's root.

One table in the dump of every tool, by the tools' documented rules, and a dump that was damaged.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.piles.make import COLUMNS, noted, table, written  # noqa: E402
from tests.sources.sqldump_writing import DUMPS, Table, mysql, postgres_inserts  # noqa: E402
from tocsin.fakes.known import Cell, facts_of, text_of  # noqa: E402
from tocsin.fakes.leak import Leak  # noqa: E402

NAME = "patients"
Lines = list[tuple[str, list[Cell]]]


def as_table(lines: Lines) -> Table:
    """The lines as a table of texts; an empty text is NULL."""
    rows = tuple(tuple(text_of(cell) or None for cell in cells) for _, cells in lines)
    return Table(NAME, tuple(COLUMNS), rows)


def dumps(leak: Leak) -> None:
    """One table in every dialect, in a compressed dump, beside another table, and in a damaged dump."""
    lines = table(40)
    for way, (write, encoding) in DUMPS.items():
        leak.raw(f"{way}.sql", write([as_table(lines)]).encode(encoding))
        prefix = "CRM." if way.startswith("oracle") else ""
        noted(leak.truth, f"{way}.sql#{prefix}{NAME}", "sqldump", lines)
    leak.raw("packed.sql.gz", gzip.compress(mysql([as_table(lines)]).encode("cp1252", "replace"), mtime=0))
    noted(leak.truth, f"packed.sql.gz!/packed.sql#{NAME}", "sqldump", lines)
    damaged(leak, lines)


def damaged(leak: Leak, lines: Lines) -> None:
    """A dump in which every ninth row has lost a quote; an address stands in a comment, another one in an UPDATE."""
    source, told = f"damaged.sql#{NAME}", lines[0][1][COLUMNS.index("courriel")]
    leak.truth.source(source, "sqldump")
    out = []
    rows = (line for line in postgres_inserts([as_table(lines)]).split("\n"))
    number = -1
    for line in rows:
        number += line.startswith("INSERT INTO")
        bad = line.startswith("INSERT INTO") and number % 9 == 5
        out.append(line.replace("'", "", 1) if bad else line)
        if not line.startswith("INSERT INTO"):
            continue
        if bad:
            leak.truth.bad(source, "source.bad_record")
            continue
        key, cells = lines[number]
        leak.truth.record(source, number, (key,))
        for column, cell in zip(COLUMNS, cells, strict=True):
            for kind, normal in facts_of(cell):
                leak.truth.value(source, column, kind, normal)
    said = text_of(told)
    text = "\n".join(out) + f"-- l'adresse à garder : {said}\nUPDATE {NAME} SET courriel = '{said}';\n"
    leak.raw("damaged.sql", text.encode())
    leak.truth.source("damaged.sql", "sqldump")
    leak.truth.record("damaged.sql", 0, (lines[0][0],))
    for _ in range(2):
        for kind, normal in facts_of(told):
            leak.truth.value("damaged.sql", None, kind, normal)


def main() -> None:
    """Remove the pile and write it again."""
    shutil.rmtree(HERE / "dumps", ignore_errors=True)
    written("dumps", dumps)


if __name__ == "__main__":
    main()
