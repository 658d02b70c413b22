"""The survey of a source that is read as one section."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.sources.opening import digest
from tocsin.sources.source import Located, Section, Surveyed


def one_section(located: Located) -> Iterator[Section | Surveyed]:
    """The whole source as the only section, then its digest."""
    yield Section(located=located, number=0)
    yield digest(located)
