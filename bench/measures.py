"""The measures: each makes its input, asserts what must be found in it, and gives its figure beside its aim."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.making import prose, table
from bench.tables import dense
from bench.timing import Row, cpu
from tocsin.pipeline.section import TOGETHER, searcher
from tocsin.scan.search import Searcher
from tocsin.scan.texts import TextScanner
from tocsin.scan.values import plain
from tocsin.tables import Text

BLOCK = 1 << 25
MAIL = 3000


def all_of(folder: Path, *, rows: int, prose_mb: int, large_mb: int) -> list[Row]:
    """Every measure, in the order of the page."""
    found = dense(folder, rows)
    found += texts(folder, prose_mb)
    found += start_up()
    if large_mb:
        found += memory(folder, large_mb)
    return found


def texts(folder: Path, megabytes: int) -> list[Row]:
    """Prose with all kinds on, one core; the search alone, validators and context included."""
    engine = searcher(None)
    found: list[Row] = []
    for name, every, aim in (("sparse", 660, "≥ 250"), ("dense", 66, "≥ 100")):
        path = folder / f"{name}.txt"
        truth = prose(path, megabytes * 1_000_000 // (1 if name == "sparse" else 2), every)
        data = path.read_bytes()
        blocks = [plain(_whole(data[at : at + BLOCK])) for at in range(0, len(data), BLOCK)]
        valid = _valid(engine, blocks)
        for kind, count in truth.items():
            if valid.get(kind, 0) < count:
                raise AssertionError(f"{kind}: the search does not find what was written")
        spent = min(cpu(lambda blocks=blocks: _valid(engine, blocks))[0] for _ in range(3))
        label = f"prose, {name} (a value every {every} characters)"
        found.append((label, f"{len(data) / spent / 1e6:.0f} MB/s a core", aim))
        spent = min(cpu(lambda data=data: _mailed(engine, data))[0] for _ in range(2))
        found.append(
            (
                f"… as mails of {MAIL} bytes, counted and emitted",
                f"{len(data) / spent / 1e6:.0f} MB/s a core",
                "",
            )
        )
    return found


def _mailed(engine: Searcher, data: bytes) -> None:
    """The same text as many small ones, scanned as a section scans them."""
    scanner = TextScanner(engine)
    texts = [Text(record=at, data=_whole(data[at : at + MAIL])) for at in range(0, len(data), MAIL)]
    for at in range(0, len(texts), TOGETHER // MAIL):
        scanner.text(*texts[at : at + TOGETHER // MAIL])


def _whole(data: bytes) -> bytes:
    return data.decode("utf-8", "ignore").encode()


def _valid(engine: Searcher, blocks: list[bytes]) -> dict[str, int]:
    """How many valid occurrences of each kind the blocks hold."""
    counts: dict[str, int] = {}
    for block in blocks:
        for number, valid in engine.search(block).filter("valid").group_by("kind").len().iter_rows():
            name = engine.kinds[number].name
            counts[name] = counts.get(name, 0) + valid
    return counts


def start_up() -> list[Row]:
    """The best of ten `tocsin --help`, a process each."""
    command = [sys.executable, "-m", "tocsin", "--help"]
    spent = []
    for _ in range(10):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        spent.append(time.perf_counter() - began)
    return [("`tocsin --help`, best of ten", f"{min(spent):.2f} s", "≤ 0.15 s")]


def memory(folder: Path, megabytes: int) -> list[Row]:
    """A file of that size scanned on two cores: the peak of all processes together, and the time to the first findings."""
    path = folder / "large.csv"
    table(folder / "piece.csv", 500_000)
    head, _, body = (folder / "piece.csv").read_bytes().partition(b"\n")
    with path.open("wb") as out:
        out.write(head + b"\n")
        while out.tell() < megabytes * 1_000_000:
            out.write(body)
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.large", str(path)], stdout=subprocess.PIPE, text=True
    )
    peak = 0
    while child.poll() is None:
        peak = max(peak, sum(map(_held, [child.pid, *_children(child.pid)])))
        time.sleep(0.2)
    assert child.stdout is not None
    wall, first, records = child.stdout.read().split()
    os.unlink(path)
    label = f"{megabytes / 1000:.1f} GB table on two cores ({int(records):,} records)"
    return [
        (f"{label}: wall time", f"{float(wall):.0f} s, {megabytes / float(wall):.0f} MB/s", ""),
        (f"{label}: peak memory of all processes (PSS)", f"{peak / 1e3:,.0f} MB", "≤ 1,000 MB"),
        (f"{label}: first findings", f"{float(first):.1f} s", "≤ 5 s"),
    ]


def _children(pid: int) -> list[int]:
    """The processes below one."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(one) for one in task.read_text().split()]
        except OSError:
            continue
    return found + [below for one in found for below in _children(one)]


def _held(pid: int) -> int:
    """The memory of one process in kB, pages that several share counted in parts; 0 once it is gone."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)
