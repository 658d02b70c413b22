"""Every sentence a person reads, by code and language, for command line, report and letters alike."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "en")


@cache
def _sentences() -> dict[str, dict[str, str]]:
    """All entries of all TOML files of this folder; a code that stands twice is our own mistake."""
    merged: dict[str, dict[str, str]] = {}
    for entry in sorted(files(__package__).iterdir(), key=lambda found: found.name):
        if entry.name.endswith(".toml"):
            for code, words in tomllib.loads(entry.read_text(encoding="utf-8")).items():
                if code in merged:
                    raise AssertionError(f"sentence {code} stands twice")
                merged[code] = words
    return merged


def knows(code: str) -> bool:
    """Whether a sentence of this code exists."""
    return code in _sentences()


def say(code: str, language: str, **arguments: object) -> str:
    """The sentence of `code` in `language` ("fr" or "en"), its {placeholders} filled from `arguments`."""
    return _sentences()[code][language].format(**arguments)
