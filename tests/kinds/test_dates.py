"""Dates of every writing become partial ISO; birth dates may lack their day or month."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kinds.any import birth_date
from tocsin.kinds.any import date as any_date

WHOLE = (
    "12/03/1985", "12/03/85", "12-03-1985", "12-3-1985", "12.03.1985", "12.3.85", "1985-03-12", "1985/3/12",
    "1985.03.12", "12 mars 1985", "12 MARS 1985", "12 Mars 85", "12-mars-1985", "March 12, 1985", "Mar 12 1985",
    "12th of March 1985", "12-Mar-1985", "1985-03-12 00:00:00", "1985-03-12T00:00:00.000Z", "1985-03-12T10:20+01:00",
    "12/03/1985 08:30",
)  # fmt: skip
PARTIAL = (
    ("19850312", "1985-03-12"),
    ("12031985", "1985-03-12"),
    ("12 03 1985", "1985-03-12"),
    ("03/25/1985", "1985-03-25"),
    ("03/1985", "1985-03"),
    ("3/1985", "1985-03"),
    ("1985-03", "1985-03"),
    ("1985/3", "1985-03"),
    ("mars 1985", "1985-03"),
    ("1985", "1985"),
    ("00/00/1985", "1985"),
    ("00/03/1985", "1985-03"),
    ("1985-00-00", "1985"),
    ("1985-03-00", "1985-03"),
    ("1er janvier 2001", "2001-01-01"),
    ("1ER JANVIER 2001", "2001-01-01"),
    ("01/01/29", "2029-01-01"),
    ("01/01/30", "1930-01-01"),
    ("20121012", "2012-10-12"),
)
NONE = (
    "31/02/1985", "29/02/2023", "32/01/1985", "12/13/2", "1879-12-31", "2031-01-02", "13/1985", "1985-13", "0000",
    "1850", "12/03", "12 brumaire 1985", "", "198503123",
)  # fmt: skip


@pytest.mark.parametrize("written", WHOLE)
def test_every_writing_of_a_day_is_one_day(written: str) -> None:
    for kind in (any_date.KIND, birth_date.KIND):
        assert kind.accepts(written)
        assert kind.normal(written) == "1985-03-12"


@pytest.mark.parametrize(("written", "normal"), PARTIAL)
def test_a_birth_date_may_be_partial(written: str, normal: str) -> None:
    assert birth_date.KIND.accepts(written)
    assert birth_date.KIND.normal(written) == normal


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_birth_date(written: str) -> None:
    assert not birth_date.KIND.accepts(written)


@pytest.mark.parametrize("written", ["1985", "03/1985", "19850312"])
def test_without_a_header_less_than_a_date_is_no_date(written: str) -> None:
    assert not any_date.KIND.accepts(written)


@given(st.dates(date(1880, 1, 1), date(2029, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for written in (
        f"{day:%d/%m/%Y}",
        f"{day.isoformat()}",
        f"{day:%d%m%Y}",
        f"{day.day} {any_date.MONTHS[day.month - 1][0]} {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ):
        assert birth_date.KIND.accepts(written)
        assert birth_date.KIND.normal(written) == day.isoformat()


@given(st.integers(1880, 2029), st.integers(1, 12), st.integers(1, 31))
def test_a_day_that_the_calendar_lacks_is_refused(year: int, month: int, day: int) -> None:
    try:
        exists = bool(date(year, month, day))
    except ValueError:
        exists = False
    assert birth_date.KIND.accepts(f"{day:02d}/{month:02d}/{year}") == exists or (
        day > 12 >= month and exists
    )
