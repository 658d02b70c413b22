"""What a list of files says beside a name: a size, exact or rounded, and a date whose time zone nobody knows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

Span = tuple[int, int]
Times = tuple[tuple[float, float], ...]
MINUTE, DAY = 60.0, 86_400.0
ZONES = 14 * 3600 + MINUTE
QUARTER = 900.0
YEARS = range(1995, 2041)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_SIZE = re.compile(r"(\d+)(?:[.,](\d{1,3}))?\s?([kmgtp]?)i?(?:b|o|bytes?|octets?)?", re.IGNORECASE)
_GROUPED = re.compile(
    r"(\d{1,3}(?:[.,' \u00a0\u202f\u2009’]\d{3})+)\s?(?:b|o|bytes?|octets?)?", re.IGNORECASE
)
_MONTHS = (
    "jan",
    "feb fév fev",
    "mar",
    "apr avr",
    "may mai",
    "jun juin",
    "jul juil",
    "aug aoû aou",
    "sep",
    "oct",
    "nov",
    "dec déc",
)
_NUMBERS = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split()}
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?"
_ISO = rf"(?P<iso>\d{{4}})[-/.](?P<isomonth>\d{{1,2}})[-/.](?P<isoday>\d{{1,2}})(?:[ T+]+{_CLOCK})?(?:\s?[+-]\d\d:?\d\d|Z)?"
_PLAIN = r"(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4}|\d\d)"
_WORD = r"[A-Za-zéûôÉ]{3,9}\.?"
_LATER = _CLOCK.replace("?P<", "?P<l")
_WORDS = (
    rf"(?:(?P<month>{_WORD})\s+(?P<day>\d{{1,2}})|(?P<dayfirst>\d{{1,2}})[ -](?P<monthlast>{_WORD}))"
    rf"(?:,?[\s-]+(?P<named>\d{{4}})(?:\s+{_LATER})?|\s+{_LATER.replace('?P<l', '?P<s')})"
)
DATE = re.compile(rf"(?<![\d.])(?:{_ISO}|{_PLAIN}(?:,?\s+{_CLOCK.replace('?P<', '?P<p')})?|{_WORDS})")


def size(text: str) -> Span | None:
    """The least and the most bytes that a size such as `1234`, `12,345`, `4.2K` or `3,1 Mo` can mean."""
    text = text.strip()
    grouped = _GROUPED.fullmatch(text)
    if grouped is not None and not text[-1].isalpha() or grouped is not None and text.count(",") > 1:
        exact = int(re.sub(r"\D", "", grouped.group(1)))
        return exact, exact
    found = _SIZE.fullmatch(text)
    if found is None or len(text) > 24:
        return None
    whole, part, unit = found.group(1), found.group(2) or "", found.group(3).lower()
    power = _POWERS[unit]
    if not power:
        return None if part else (int(whole), int(whole))
    value, step = float(f"{whole}.{part or 0}"), 10.0 ** -len(part)
    return int(max(value - step, 0) * 1000**power), int((value + step) * 1024**power) + 1


@lru_cache(maxsize=200_000)
def moment(text: str, month_first: bool | None = None) -> Times:
    """The stretches of time (start, seconds) that a date can mean, as if it were written in UTC; none if it is none.

    A date without a year stands for that day of every year; `month_first` None leaves 01/02/2024 open.
    """
    found = DATE.search(text)
    if found is None:
        return ()
    part = {name: value for name, value in found.groupdict().items() if value is not None}
    if "iso" in part:
        return _stretch(part["iso"], part["isomonth"], part["isoday"], part, "")
    if "one" in part:
        year = part["year"] if len(part["year"]) == 4 else f"20{part['year']}"
        days = _stretch(year, part["two"], part["one"], part, "p") if not month_first else ()
        return days + (
            _stretch(year, part["one"], part["two"], part, "p") if month_first is not False else ()
        )
    month = _NUMBERS.get((part.get("month") or part["monthlast"]).lower().rstrip(".")[:4].strip())
    month = month or _NUMBERS.get((part.get("month") or part["monthlast"]).lower()[:3])
    day = part.get("day") or part["dayfirst"]
    if month is None:
        return ()
    if "named" in part:
        return _stretch(part["named"], str(month), day, part, "l")
    return tuple(one for year in YEARS for one in _stretch(str(year), str(month), day, part, "s"))


def _stretch(year: str, month: str, day: str, part: dict[str, str], sign: str) -> Times:
    """The day, minute or second of these numbers; none where the calendar has no such day."""
    hour = int(part.get(f"{sign}hour", 0))
    half = part.get(f"{sign}half", "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        start = datetime(
            int(year),
            int(month),
            int(day),
            hour,
            int(part.get(f"{sign}minute", 0)),
            int(part.get(f"{sign}second", 0)),
            tzinfo=UTC,
        ).timestamp()
    except ValueError:
        return ()
    return ((start, 2.0 if f"{sign}second" in part else MINUTE if f"{sign}minute" in part else DAY),)


def epoch(text: str) -> Times:
    """Seconds since 1970 as `find -printf %T@` writes them."""
    return ((float(int(float(text))), 2.0),)


def at_the_time(times: Times, changed: float) -> bool:
    """Whether a file changed at `changed` (seconds, UTC) can be the one listed at `times`.

    A list is written in the local time of a machine: quarters of an hour up to 14 hours are no difference.
    """
    for start, width in times:
        apart = changed - start
        if width == DAY:
            if -ZONES <= apart < DAY + ZONES:
                return True
        elif abs(apart) <= ZONES and (apart % QUARTER < width or apart % QUARTER > QUARTER - 2):
            return True
    return not times
