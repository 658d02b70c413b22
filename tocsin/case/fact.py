"""A fact about the machine: what was looked at and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a fact stands."""

    OK = "ok"
    ATTENTION = "attention"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was looked at: the code of its sentence, how it stands, what fills the sentence."""

    code: str
    state: Standing
    arguments: tuple[tuple[str, str | int], ...] = ()


def fact(code: str, state: Standing, **arguments: str | int) -> Fact:
    """A fact of the doctor."""
    return Fact(f"doctor.{code}", state, tuple(arguments.items()))
