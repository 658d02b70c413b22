"""The sources that many kinds share, said once: python-stdnum's documentation, and texts read or only remembered."""

from __future__ import annotations

from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Example

STDNUM = "python-stdnum 2.2"
READ = date(2026, 11, 22)


def stdnum(module: str, quote: str | None = None) -> Citation:
    """The documentation of `stdnum.<module>`, which quotes the rule of the country."""
    return Citation(
        title=f"{STDNUM}, stdnum.{module}",
        url=f"https://arthurdejong.org/python-stdnum/doc/2.2/stdnum.{module}",
        quote=quote,
        checked_on=READ,
        verification=Verification.SECONDARY,
    )


def read(title: str, url: str | None = None, quote: str | None = None) -> Citation:
    """A text of somebody else that says the rule, seen on the day of READ."""
    return Citation(title=title, url=url, quote=quote, checked_on=READ, verification=Verification.SECONDARY)


def remembered(title: str, url: str | None = None) -> Citation:
    """A text that was not read again: what rests on it alone needs a header or a context."""
    return Citation(title=title, url=url)


def examples(source: str, *values: str) -> tuple[Example, ...]:
    """Values that `source` publishes; the name of a module of python-stdnum stands for its documentation."""
    where = f"{STDNUM}, documentation of stdnum.{source}" if " " not in source else source
    return tuple(Example(value=value, source=where) for value in values)
