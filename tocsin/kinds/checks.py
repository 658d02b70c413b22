"""Checks of identifiers as data: a small algebra that evaluates on one value here, and by whole columns in `scan`.

Terms give a whole number or nothing ("undefined": a character without a value, a place beyond the
end); checks give yes or no, and a check over an undefined term is no. There is no negation, so that
"undefined" can never turn into yes. Places count as in Python slices, negative from the end. A value
is ASCII and normalised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

DIGITS = "0123456789"
BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Number:
    """The decimal number written at [start:stop], at most 18 digits."""

    start: int = 0
    stop: int | None = None

    def of(self, value: str) -> int | None:
        part = _slice(value, self.start, self.stop)
        return int(part) if part and all(char in DIGITS for char in part) else None


@dataclass(frozen=True, slots=True)
class Constant:
    """A fixed number."""

    number: int

    def of(self, value: str) -> int | None:
        return self.number


@dataclass(frozen=True, slots=True)
class Residue:
    """The number made by writing the pieces [(start, stop), …] one after the other, modulo `modulus`.

    `letters` gives what a letter stands for: "none", "base36" (A is 10 … Z is 35, two digits, as in
    ISO 13616) or "rib" (A and J are 1, B K S are 2 … I R Z are 9, one digit, as in a French RIB).
    """

    pieces: tuple[tuple[int, int | None], ...]
    modulus: int
    letters: str = "none"

    def of(self, value: str) -> int | None:
        total = 0
        for start, stop in self.pieces:
            part = _slice(value, start, stop)
            if part is None:
                return None
            for char in part:
                meaning = letter_value(char, self.letters)
                if meaning is None:
                    return None
                total = (total * (100 if meaning > 9 else 10) + meaning) % self.modulus
        return total


@dataclass(frozen=True, slots=True)
class Weighted:
    """Σ weight × value of the characters at [start:stop]; the weights repeat, from the right if asked.

    A character's value is its place in `alphabet`. `sum_digits` adds the decimal digits of each
    product instead of the product (Luhn).
    """

    weights: tuple[int, ...]
    start: int = 0
    stop: int | None = None
    alphabet: str = DIGITS
    from_right: bool = False
    sum_digits: bool = False

    def of(self, value: str) -> int | None:
        part = _slice(value, self.start, self.stop)
        if not part:
            return None
        total = 0
        for at, char in enumerate(reversed(part) if self.from_right else part):
            meaning = self.alphabet.find(char)
            if meaning < 0:
                return None
            product = meaning * self.weights[at % len(self.weights)]
            total += sum(divmod(product, 10)) if self.sum_digits else product
        return total


@dataclass(frozen=True, slots=True)
class Letter:
    """The place of the single character at `at` in `alphabet`."""

    at: int
    alphabet: str

    def of(self, value: str) -> int | None:
        if not -len(value) <= self.at < len(value):
            return None
        found = self.alphabet.find(value[self.at])
        return None if found < 0 else found


@dataclass(frozen=True, slots=True)
class Modulo:
    """A term modulo a fixed number, never negative."""

    term: Term
    modulus: int

    def of(self, value: str) -> int | None:
        number = self.term.of(value)
        return None if number is None else number % self.modulus


@dataclass(frozen=True, slots=True)
class Sum:
    """factor₁ × term₁ + factor₂ × term₂ + …"""

    parts: tuple[tuple[int, Term], ...]

    def of(self, value: str) -> int | None:
        total = 0
        for factor, term in self.parts:
            number = term.of(value)
            if number is None:
                return None
            total += factor * number
        return total


Term = Number | Constant | Residue | Weighted | Letter | Modulo | Sum


@dataclass(frozen=True, slots=True)
class Equal:
    """Both terms are defined and equal."""

    left: Term
    right: Term

    def holds(self, value: str) -> bool:
        left, right = self.left.of(value), self.right.of(value)
        return left is not None and left == right


@dataclass(frozen=True, slots=True)
class Within:
    """The term lies in [low, high]."""

    term: Term
    low: int
    high: int

    def holds(self, value: str) -> bool:
        number = self.term.of(value)
        return number is not None and self.low <= number <= self.high


@dataclass(frozen=True, slots=True)
class OneOf:
    """The characters at [start:stop] are one of `allowed` (all of one length)."""

    start: int
    stop: int | None
    allowed: frozenset[str]

    def holds(self, value: str) -> bool:
        part = _slice(value, self.start, self.stop)
        return part is not None and part in self.allowed


@dataclass(frozen=True, slots=True)
class Length:
    """The value has one of these lengths."""

    lengths: tuple[int, ...]

    def holds(self, value: str) -> bool:
        return len(value) in self.lengths


@dataclass(frozen=True, slots=True)
class Calendar:
    """Year, month and day make a day of the Gregorian calendar."""

    year: Term
    month: Term
    day: Term

    def holds(self, value: str) -> bool:
        year, month, day = self.year.of(value), self.month.of(value), self.day.of(value)
        if year is None or month is None or day is None:
            return False
        try:
            date(year, month, day)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Recode:
    """`check` on the value in which the characters at [start:stop] were replaced by `table` (same length)."""

    start: int
    stop: int
    table: tuple[tuple[str, str], ...]
    check: Check

    def holds(self, value: str) -> bool:
        part = _slice(value, self.start, self.stop)
        if part is None:
            return False
        other = dict(self.table).get(part, part)
        return self.check.holds(value[: self.start] + other + value[self.stop :])


@dataclass(frozen=True, slots=True)
class All:
    """Every one of the checks holds."""

    checks: tuple[Check, ...]

    def holds(self, value: str) -> bool:
        return all(check.holds(value) for check in self.checks)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the checks holds."""

    checks: tuple[Check, ...]

    def holds(self, value: str) -> bool:
        return any(check.holds(value) for check in self.checks)


@dataclass(frozen=True, slots=True)
class Called:
    """A plain function, for the rare rule that the algebra cannot say; `scan` calls it on distinct values."""

    function: Callable[[str], bool]

    def holds(self, value: str) -> bool:
        return self.function(value)


@dataclass(frozen=True, slots=True)
class TailOneOf:
    """What follows the last `separator` (one character) is one of `allowed`; no separator, no."""

    separator: str
    allowed: frozenset[str]

    def holds(self, value: str) -> bool:
        _, found, tail = value.rpartition(self.separator)
        return bool(found) and tail in self.allowed


Check = Equal | Within | OneOf | Length | Calendar | Recode | All | Either | TailOneOf | Called


def luhn(start: int = 0, stop: int | None = None) -> Check:
    """The Luhn check (ISO/IEC 7812-1, annex B) on the digits at [start:stop], check digit last."""
    return Equal(Modulo(Weighted((1, 2), start, stop, from_right=True, sum_digits=True), 10), Constant(0))


def letter_value(char: str, letters: str) -> int | None:
    """What one character is worth under a letter map of `Residue`; None where it has no worth."""
    if char in DIGITS:
        return ord(char) - 48
    if letters == "none" or not "A" <= char <= "Z":
        return None
    if letters == "base36":
        return ord(char) - 55
    return (ord(char) - 65) % 9 + 1 if char < "S" else (ord(char) - 83) % 9 + 2


def _slice(value: str, start: int, stop: int | None) -> str | None:
    """value[start:stop], None where an end lies beyond the value."""
    begin = start if start >= 0 else len(value) + start
    end = len(value) if stop is None else stop if stop >= 0 else len(value) + stop
    if begin < 0 or end > len(value) or begin > end:
        return None
    return value[begin:end]
