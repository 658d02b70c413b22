"""Side by side with what else there is: rates and findings of French identifiers, as one run's ratios.

The peers are no dependencies: they are installed into an environment of their own in a temporary folder.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.making import frequent
from bench.timing import Row, cpu
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Needs
from tocsin.pipeline.scanning import Scan
from tocsin.pipeline.section import Wanted, searcher
from tocsin.scan.values import plain

PACKAGES = ("presidio-analyzer", "colscan")
KINDS = "fr.nir fr.siren fr.siret fr.spi fr.rpps fr.vat any.iban any.phone any.email".split()
ENTITIES = {
    "FR_NIR": "fr.nir",
    "FR_SIREN": "fr.siren",
    "FR_SIRET": "fr.siret",
    "IBAN_CODE": "any.iban",
    "PHONE_NUMBER": "any.phone",
    "EMAIL_ADDRESS": "any.email",
}
VALUES = 2000  # of each kind
Truth = dict[str, list[str]]


def side_by_side(folder: Path) -> list[Row]:
    """Tocsin and each peer on the same values; where a peer cannot be installed, a line that says so."""
    python = installed(folder)
    if python is None:
        return [("side by side", "not measured: the peers could not be installed here", "")]
    truth = values()
    text, table = folder / "peers.txt", folder / "peers.csv"
    written_as_prose(text, truth)
    written_as_table(table, truth)
    return [*_texts(python, text, truth), *_tables(python, table)]


def installed(folder: Path) -> Path | None:
    """The Python of a fresh environment with the peers in it, None where they cannot be had."""
    place = folder / "peers"
    python = place / "bin" / "python"
    commands = (
        [sys.executable, "-m", "venv", str(place)],
        [str(python), "-m", "pip", "install", "--quiet", *PACKAGES],
    )
    for command in commands:
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return None
    return python


def values(seed: int = 1) -> Truth:
    """Genuine forms of nobody, VALUES of each of KINDS."""
    rng = random.Random(seed)
    return {name: [bundled()[name].fake(rng) for _ in range(VALUES)] for name in KINDS}


def written_as_prose(path: Path, truth: Truth, seed: int = 1) -> None:
    """A value every 66 characters or so of ordinary words, with the word that announces it where one is needed."""
    rng = random.Random(seed)
    words, weights = frequent()
    told = [(name, value) for name, each in truth.items() for value in each]
    rng.shuffle(told)
    lines = []
    for name, value in told:
        kind = bundled()[name]
        said = f"{kind.context[0]} : " if kind.needs is Needs.CONTEXT and kind.context else ""
        lines.append(f"{' '.join(rng.choices(words, weights, k=11))} {said}{value}\n")
    path.write_text("".join(lines), encoding="utf-8")


def written_as_table(path: Path, truth: Truth) -> None:
    """One column a kind, under a header that says nothing."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([f"c{number}" for number in range(len(truth))])
        writer.writerows(zip(*truth.values(), strict=True))


def _texts(python: Path, path: Path, truth: Truth) -> list[Row]:
    engine = searcher(None)
    data = plain(path.read_bytes())
    own = min(cpu(lambda: engine.search(data))[0] for _ in range(3))
    table = engine.search(data).filter("valid")
    found = {
        (engine.kinds[kind].name, data[start:end].decode())
        for kind, start, end in table.select("kind", "start", "end").iter_rows()
    }
    peer = _run(python, "presidio", path)
    theirs = {(ENTITIES.get(entity, entity), value) for entity, value in peer["found"]}
    size, total = len(data) / 1e6, sum(map(len, truth.values()))
    label = f"French identifiers in prose ({size * 1000:.0f} kB, {total:,} values)"
    return [
        (f"{label}: Tocsin", f"{size / own:.1f} MB/s, {_counted(found, truth)}", ""),
        (
            f"… Presidio {_version(python, 'presidio-analyzer')}, its pattern recognisers",
            f"{size / peer['seconds']:.3f} MB/s (1/{peer['seconds'] / own:,.0f}), {_counted(theirs, truth)}",
            "",
        ),
    ]


def _counted(found: set[tuple[str, str]], truth: Truth) -> str:
    """How many of the true values were found as what they are, and the kinds of which none was."""
    right = {name: sum((name, value) in found for value in each) for name, each in truth.items()}
    none = [name for name, number in right.items() if not number]
    said = f"found {sum(right.values()):,} of {sum(map(len, truth.values())):,}"
    return said + (f"; none of {', '.join(none)}" if none else "")


def _tables(python: Path, path: Path) -> list[Row]:
    runs = [cpu(lambda: Scan([str(path)], Wanted(), cores=1).run()) for _ in range(3)]
    own, found = min(seconds for seconds, _ in runs), runs[0][1].kinds
    mine = sum(found.get(name, {}).get("valid", 0) >= 0.9 * VALUES for name in KINDS)
    peer = _run(python, "colscan", path)
    theirs = [kind for _, kind, personal in peer["columns"] if personal]
    size = path.stat().st_size / 1e6
    return [
        (
            f"the same values as columns without headers ({size * 1000:.0f} kB): Tocsin",
            f"{size / own:.1f} MB/s, {mine} of {len(KINDS)} columns told",
            "",
        ),
        (
            f"… colscan {_version(python, 'colscan')}, all rows",
            f"{size / peer['seconds']:.2f} MB/s (1/{peer['seconds'] / own:,.0f}), "
            f"{len(theirs)} of {len(KINDS)} columns called personal ({', '.join(sorted(theirs)) or 'none'})",
            "",
        ),
    ]


def _run(python: Path, peer: str, path: Path) -> dict[str, Any]:
    """What `peer_run` printed for one peer."""
    command = [str(python), str(Path(__file__).with_name("peer_run.py")), peer, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    given: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return given


def _version(python: Path, package: str) -> str:
    asked = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run(
        [str(python), "-c", asked], capture_output=True, text=True, check=True
    ).stdout.strip()
