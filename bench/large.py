"""One scan on two cores in a process of its own: prints its seconds, those to the first findings, and the records."""

from __future__ import annotations

import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"


def main(path: str) -> None:
    """Scan `path` and print the three numbers."""
    from tocsin.pipeline.scanning import Progress, Scan
    from tocsin.pipeline.section import Wanted

    began = time.perf_counter()
    first: list[float] = []

    def listen(progress: Progress) -> None:
        if progress.findings and not first:
            first.append(time.perf_counter() - began)

    outcome = Scan([path], Wanted(), cores=2, progress=listen).run()
    print(time.perf_counter() - began, first[0], int(outcome.sources["records"].sum()))


if __name__ == "__main__":
    main(sys.argv[1])
