"""How the numbers of a workbook read: dates in ISO 8601, codes with their leading zeros, other numbers as written.

ECMA-376 part 1, 18.8.30 (numFmt) and 18.17.4 (dates and times); 18.18.22 (ST_CellType) is `xlsx_cells`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

# Built-in formats that are dates or times (18.8.30; 27 to 36 and 50 to 58 in East Asian versions).
DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
TIMES = frozenset((18, 19, 20, 21, 45, 46, 47))
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_CODE = re.compile(r"[0#? /.()+-]*")
_SECONDS = 86400
_FIRST, _LAST = 0, 2_958_466


@dataclass(frozen=True, slots=True)
class Shape:
    """What a number format makes of a number: a date, a time of day, or a code of at least `digits` digits."""

    date: bool = False
    time: bool = False
    digits: int = 0


PLAIN = Shape()


@lru_cache(maxsize=4096)
def shape(number: int, code: str | None) -> Shape:
    """The shape of format `number`, `code` where the workbook defines it itself."""
    if code is None:
        return Shape(date=number in DATES or number == 22, time=number in TIMES or number == 22)
    bare = _ASIDE.sub("", code.partition(";")[0])
    low = bare.lower()
    day, hour = bool(re.search("[dy]", low)), bool(re.search("[hs]", low))
    month = "m" in low and not hour
    if "general" in low or "@" in low:
        return PLAIN
    if day or hour or month:
        return Shape(date=day or month, time=hour)
    places = [char for char in bare if char in "0#?"]
    if "0" not in places or "." in bare or not _CODE.fullmatch(bare):
        return PLAIN
    return Shape(digits=len(places) - places.index("0"))


@lru_cache(maxsize=65536)
def written(value: str, form: Shape, base_1904: bool) -> str:
    """A number's text (the content of `v`) as `form` shapes it; as it is where it is no number."""
    if form.date or form.time:
        return _moment(value, form, base_1904) or plain(value)
    text = plain(value)
    return text.zfill(form.digits) if form.digits > len(text) and text.isdigit() else text


def plain(value: str) -> str:
    """A number without exponent and without `.0`; every digit that was written stays."""
    if "E" in value or "e" in value:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number.adjusted()) > 40:
            return value
        value = f"{number:f}"
        return value.rstrip("0").rstrip(".") if "." in value else value
    return value[:-2] if value.endswith(".0") else value


def _moment(value: str, form: Shape, base_1904: bool) -> str | None:
    """The serial number of a day as ISO 8601; None where it is none."""
    try:
        serial = float(value)
    except ValueError:
        return None
    if not _FIRST <= serial < _LAST:
        return None
    days = int(serial)
    seconds = round((serial - days) * _SECONDS)
    days, seconds = days + seconds // _SECONDS, seconds % _SECONDS
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60).isoformat()
    if days == 0 and not base_1904:
        return clock
    if form.time and not form.date and days == 0:
        return clock
    day = _day(days, base_1904)
    return f"{day} {clock}" if seconds else day


@lru_cache(maxsize=65536)
def _day(days: int, base_1904: bool) -> str:
    """The day of a serial number; 1900 is held for a leap year (18.17.4.1)."""
    if base_1904:
        return (date(1904, 1, 1) + timedelta(days=days)).isoformat()
    if days == 60:
        return "1900-02-29"
    return (date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)).isoformat()
