"""The commonest passwords, tried against what is stored in clear or hashed without a salt."""

from __future__ import annotations

from functools import cache

import polars as pl

from tocsin.kinds.known import written

TRIED = 100


def commonest(values: pl.Series, times: pl.Series) -> int:
    """How many of `values`, each standing `times` times, are one of the hundred commonest passwords.

    In clear, or under a hash without salt (`kinds.known.UNSALTED`); salted and slow hashes are never tried.
    """
    exact, digests = _forms()
    return int(times.filter(values.is_in(exact) | values.str.to_lowercase().is_in(digests)).sum())


@cache
def _forms() -> tuple[list[str], list[str]]:
    """What to look for as it stands, and in small letters."""
    exact, digests = written(TRIED)
    return sorted(exact), sorted(digests)
