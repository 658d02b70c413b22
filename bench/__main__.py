"""`script/bench`: asserts the truth first, then prints ratios of one run; `--write` renews the table in docs."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- bench:start -->", "<!-- bench:end -->"


def main() -> int:
    """Run the measures asked for; 0 when every truth held, whatever the figures."""
    from bench import measures, persons
    from bench.peers import side_by_side

    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        rows = measures.all_of(
            Path(folder), rows=asked.rows, prose_mb=asked.prose_mb, large_mb=asked.large_mb
        )
        if asked.persons:
            rows += persons.made_leaks(asked.persons)
        if asked.peers:
            rows += persons.febrl(Path(folder))
            rows += side_by_side(Path(folder))
    lines = (f"| {measure} | {figure} | {aim} |" for measure, figure, aim in rows)
    table = "\n".join(["| measure | figure | aim |", "| --- | --- | --- |", *lines])
    print(table)
    if asked.write:
        page = ROOT / "docs" / "benchmarks.md"
        text = page.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
    return 0


def _asked() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="script/bench", description="Speed as ratios of one run, on this machine."
    )
    numbers = {
        "--rows": (1_000_000, "rows of the dense table"),
        "--prose-mb": (24, "megabytes of prose"),
        "--large-mb": (0, "size of the file for the memory measure, 0 for none"),
        "--persons": (0, "persons of each made leak of which they are counted, 0 for none"),
    }
    for name, (usual, help_) in numbers.items():
        parser.add_argument(name, type=int, default=usual, help=help_)
    parser.add_argument(
        "--peers",
        action="store_true",
        help="install Presidio, colscan and FEBRL's records aside and measure them too",
    )
    parser.add_argument("--write", action="store_true", help="renew the table in docs/benchmarks.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
