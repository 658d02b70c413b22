"""Where a rule is written, and how far that was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verification(StrEnum):
    """How the text behind a rule was seen: read itself, quoted by somebody else, or only remembered."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A text that a rule rests on; `checked_on` is the day somebody last read it, None for never."""

    title: str
    url: str | None = None
    quote: str | None = None
    checked_on: date | None = None
    verification: Verification = Verification.MEMORY
