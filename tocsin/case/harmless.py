"""The only things that may stand in the state file and the journal: numbers, codes and digests."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TypeGuard

Plain = int | float | bool | str | None
CODE = re.compile(r"[a-z0-9_.:-]{0,80}")
NAME = re.compile(r"[a-z0-9_]{1,40}")


def plain(value: object) -> TypeGuard[Plain]:
    """Whether `value` is a number, a truth, nothing, a code of at most 80 characters or a digest."""
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, bool | int)


def harmless(value: object) -> bool:
    """Whether `value` is plain, or a list or a mapping (keys are codes) of harmless things."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and plain(key) and harmless(one) for key, one in value.items())
    if isinstance(value, list | tuple):
        return all(harmless(one) for one in value)
    return plain(value)


def insist(value: object) -> None:
    """Refuse anything that could be somebody's value; it is our own mistake, so AssertionError, without it."""
    if not harmless(value):
        raise AssertionError("only numbers, codes and digests may be written here")


def canonical(value: object) -> bytes:
    """The one JSON text of `value`: sorted keys, no blanks, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def digest(value: object) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of `value`."""
    return sha256(canonical(value)).hexdigest()
