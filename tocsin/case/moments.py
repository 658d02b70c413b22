"""Times as the case writes them: UTC, whole seconds, ending in Z."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime

from tocsin.errors import UsageError

FORM = "%Y-%m-%dT%H:%M:%SZ"


def now() -> str:
    """The present moment."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """`moment` in UTC; a naive time is refused (UsageError), for nobody knows what it means."""
    if moment.tzinfo is None:
        raise UsageError("case.naive_time")
    return moment.astimezone(UTC).strftime(FORM)


def read(text: str) -> datetime:
    """The moment that `written` wrote; ValueError for anything else."""
    return datetime.strptime(text, FORM).replace(tzinfo=UTC)


def months_after(text: str, months: int) -> str:
    """The same day of the month `months` later, or the month's last day where it has no such day."""
    start = read(text)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    return written(start.replace(year=year, month=month + 1, day=day))
