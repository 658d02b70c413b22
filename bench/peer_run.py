"""One peer on one file, run by the Python of an environment that holds the peers and nothing of Tocsin.

python peer_run.py presidio TEXT      prints {"seconds": s, "found": [[entity, value], ...]}
python peer_run.py colscan TABLE.csv  prints {"seconds": s, "columns": [[name, type, personal], ...]}
"""

from __future__ import annotations

import io
import json
import sys
import time
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

PIECE = 3000


def presidio(path: Path) -> dict[str, Any]:
    """The pattern recognisers that Presidio loads for French, each on pieces of PIECE characters."""
    analyzer = import_module("presidio_analyzer")
    registry = analyzer.RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"])
    recognisers = [one for one in registry.recognizers if type(one).__name__ != "SpacyRecognizer"]
    pieces = _pieces(path.read_text(encoding="utf-8"))
    _found(recognisers, pieces[0])
    began = time.process_time()
    found = [one for piece in pieces for one in _found(recognisers, piece)]
    return {"seconds": time.process_time() - began, "found": found}


def _found(recognisers: list[Any], piece: str) -> list[tuple[str, str]]:
    return [
        (result.entity_type, piece[result.start : result.end])
        for one in recognisers
        for result in one.analyze(piece, one.supported_entities, None) or ()
    ]


def _pieces(text: str) -> list[str]:
    """Whole lines, PIECE characters or a little more together."""
    pieces = [""]
    for line in text.splitlines(keepends=True):
        if len(pieces[-1]) >= PIECE:
            pieces.append("")
        pieces[-1] += line
    return pieces


def colscan(path: Path) -> dict[str, Any]:
    """What colscan says of each column, all rows sampled."""
    command = import_module("colscan.cli").main
    said = io.StringIO()
    began = time.process_time()
    with redirect_stdout(said):
        command([str(path), "--json", "--rows", str(10**6)])
    seconds = time.process_time() - began
    report = json.loads(said.getvalue())["scans"][0]
    columns = [(one["name"], one["type"], bool(one["gdpr"]["personal"])) for one in report["columns"]]
    return {"seconds": seconds, "columns": columns}


if __name__ == "__main__":
    print(json.dumps({"presidio": presidio, "colscan": colscan}[sys.argv[1]](Path(sys.argv[2]))))
