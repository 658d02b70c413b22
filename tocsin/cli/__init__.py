"""The command line: parse, call one function, print. Data on stdout, progress and messages on stderr."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings


def main() -> None:
    """The entry point of the command `tocsin`."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    _own_words_only()
    from tocsin.cli.group import run

    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(
        code
    )  # nothing is left to do, and a worker that was stopped in mid-sentence must not be waited for


def _own_words_only() -> None:
    """Only what this program writes reaches standard error: what a library prints there by itself could hold values.

    The descriptor 2 leads nowhere from here on; `sys.stderr` keeps the terminal or pipe that it was.
    Warnings and errors in finalisers are not shown either.
    """
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)
    sys.stderr = open(kept, "w", buffering=1, encoding="utf-8", errors="replace")  # noqa: SIM115
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda unraisable: None
