"""The commonest passwords are counted wherever no salt protects them, and nowhere else."""

from __future__ import annotations

import hashlib

import polars as pl
import pytest

from tocsin.kinds.known import UNSALTED
from tocsin.kinds.lists.plain import common_passwords
from tocsin.scan.credentials import TRIED, commonest

COMMON = common_passwords()[0]


def counted(*values: str) -> int:
    return commonest(pl.Series(values), pl.Series([1] * len(values)))


@pytest.mark.parametrize("family", sorted(UNSALTED))
def test_every_family_without_salt_is_tried(family: str) -> None:
    """The digest of a common password counts, in capitals too where it is hexadecimal; another's does not."""
    digest, other = UNSALTED[family](COMMON.encode()), UNSALTED[family](b"none-of-the-commonest-42")
    assert counted(digest, other) == 1
    if not digest.startswith("{"):
        assert counted(digest.upper()) == 1


def test_clear_and_salted() -> None:
    """In clear it counts as often as it stands; salted it does not; nor does what comes after the hundredth."""
    salted = "salt:" + hashlib.md5(b"salt" + COMMON.encode(), usedforsecurity=False).hexdigest()
    assert commonest(pl.Series([COMMON, salted]), pl.Series([3, 5])) == 3
    assert counted(*common_passwords()[TRIED:]) == 0
