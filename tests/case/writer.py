"""A program for the crash tests: it fills a case slowly, wherever it was stopped before.

Arguments: the case, the number of parts, milliseconds between saves, and after how many new parts it
waits to be killed. It prints one line at its end.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import polars as pl

from tocsin.case import Case, spill_path
from tocsin.case import case as module

SIZE = 5


def part(number: int) -> pl.DataFrame:
    """The rows of one part: the same whenever they are made."""
    first = number * SIZE
    return pl.DataFrame({"source_id": [number % 3] * SIZE, "record": list(range(first, first + SIZE))})


def main() -> None:
    folder, parts, pause, patience = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    module.EVERY_SECONDS, module.SHARE = pause / 1000, 1
    with Case.open(folder, settings={"parts": parts}) as case:
        stage = case.stage("scan", settings={"parts": parts})
        done = stage.parts_done()
        for number in range(parts):
            key = f"{number:06d}"
            if key in done:
                continue
            files = {}
            for table in ("records", "spans"):
                fresh = spill_path(folder, table, key)
                part(number).write_parquet(fresh)
                files[table] = (fresh, SIZE, None)
            stage.enter_files(key, files, {"rows": SIZE})
            patience -= 1
            if patience == 0:
                time.sleep(60)
            if number % 10 == 0:
                stage.write_table("sources", pl.DataFrame({"seen": [number]}))
        stage.write_table("sources", pl.DataFrame({"seen": [parts]}))
        if not stage.done:
            stage.finish(rows=sum(meta["rows"] for meta in stage.parts_done().values()))
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
