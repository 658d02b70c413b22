"""Text out of pictures by the program tesseract: only where it is installed and was asked for.

`TOCSIN_OCR` in the environment names the languages (`fra`, `fra+eng`): the command line sets it, so that every worker
knows. Nothing is written to disk: the picture goes in and the text comes out through pipes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess

ASKED = "TOCSIN_OCR"
PROGRAM = "tesseract"
# One page; the program is ended after so many seconds.
SECONDS = 20
_LANGUAGES = re.compile(r"[A-Za-z_]{2,20}(?:\+[A-Za-z_]{2,20}){0,9}")


def wanted() -> str | None:
    """The languages that were asked for, None where recognition was not asked for or the program is missing."""
    asked = os.environ.get(ASKED, "")
    return asked if _LANGUAGES.fullmatch(asked) and shutil.which(PROGRAM) else None


def recognised(picture: bytes) -> str | None:
    """The text of a picture file; None where the program is missing, refuses it or takes too long."""
    languages, program = wanted(), shutil.which(PROGRAM)
    if languages is None or program is None:
        return None
    command = [program, "stdin", "stdout", "-l", languages]
    try:
        done = subprocess.run(
            command,
            input=picture,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1", **_data()},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _data() -> dict[str, str]:
    """Where the program's languages are, if the user says so."""
    place = os.environ.get("TESSDATA_PREFIX")
    return {} if place is None else {"TESSDATA_PREFIX": place}


def grey(width: int, height: int, pixels: bytes) -> bytes:
    """A picture file of one byte a pixel (Netpbm, P5)."""
    return b"P5\n%d %d\n255\n%s" % (width, height, pixels)
