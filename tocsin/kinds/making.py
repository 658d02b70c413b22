"""How invented numbers are made: digits, check digits and groups, worked out apart from the checks.

Nothing here is used by `checks`: a fake and a check that shared one mistake would prove nothing.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

RIB_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def digits(rng: random.Random, count: int) -> str:
    """`count` random decimal digits."""
    return "".join(rng.choice("0123456789") for _ in range(count))


def with_luhn(body: str) -> str:
    """`body` (digits) followed by its Luhn digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for at, char in enumerate(reversed(body)):
        doubled = int(char) * 2 if at % 2 == 0 else int(char)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{body}{-total % 10}"


def with_rib_key(account: str) -> str:
    """`account` (bank 5, branch 5, account 11) followed by its key, 01 to 97."""
    bank, branch, number = account[:5], account[5:10], account[10:].translate(RIB_LETTERS)
    return f"{account}{97 - (89 * int(bank) + 15 * int(branch) + 3 * int(number)) % 97:02d}"


def with_iban_key(country: str, account: str) -> str:
    """The IBAN of `account` (the BBAN) in `country`, its two check digits worked out (ISO 13616)."""
    number = int("".join(str(int(char, 36)) for char in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02d}{account}"


def groups(value: str, *sizes: int, by: str = " ") -> str:
    """`value` cut into groups of `sizes` (the last size repeats) with `by` between."""
    parts: list[str] = []
    at = 0
    while at < len(value):
        size = sizes[min(len(parts), len(sizes) - 1)]
        parts.append(value[at : at + size])
        at += size
    return by.join(parts)


def sometimes(rng: random.Random, value: str, *sizes: int, by: str = " .-") -> str:
    """`value` as it is, or, about one time in three, cut into groups of `sizes` by a random separator."""
    return groups(value, *sizes, by=rng.choice(by)) if rng.random() < 0.35 else value


def born(rng: random.Random, form: str = "%y%m%d", first: int = 1930, last: int = 1999) -> str:
    """A day of one of these years, written as `form` says."""
    return (date(first, 1, 1) + timedelta(days=rng.randrange((last - first + 1) * 365))).strftime(form)


def weighted(body: str, weights: tuple[int, ...]) -> int:
    """Σ weight × digit, the weights repeated where `body` is longer."""
    return sum(int(char) * weights[at % len(weights)] for at, char in enumerate(body))
