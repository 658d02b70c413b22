"""Settings as the state file keeps them, and the refusal of others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tocsin.case.harmless import canonical, insist
from tocsin.errors import UsageError


def normal(settings: Mapping[str, object]) -> dict[str, Any]:
    """The settings as they come back from JSON; AssertionError where one is not a number, code or digest.

    A path or a name is given as a digest of what it holds: the state file is no place for either.
    """
    insist(settings)
    found: dict[str, Any] = json.loads(canonical(dict(settings)))
    return found


def agree(known: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Raise UsageError `case.settings_changed`, naming the first setting that differs from the case's."""
    for name in sorted({*known, *wanted}):
        if known.get(name) != wanted.get(name):
            raise UsageError("case.settings_changed", place=name, setting=name)
