"""One message read: its rows, and the issues of what it does not let be read."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.sources.mail_parts import Parts, Splitter
from tocsin.sources.mail_rows import Mails
from tocsin.sources.mail_text import said
from tocsin.sources.source import Issue, Located
from tocsin.sources.stretch import Damage, Stretch

# Up to here messages are read into memory at once; longer ones part by part.
HELD = 1 << 26


class Held:
    """Bytes in memory as a stretch; they begin at `origin` of what they come from."""

    def __init__(self, data: bytes, origin: int = 0) -> None:
        self._data, self._origin = data, origin
        self.root = len(data)
        self.damage: Damage | None = None

    def read_at(self, start: int, count: int) -> bytes:
        """As asked, of what is held."""
        at = start - self._origin
        return self._data[max(at, 0) : max(at + count, 0)]

    def length(self) -> int:
        """Where the bytes end."""
        return self._origin + len(self._data)


def add(mails: Mails, number: int, located: Located, base: Stretch, parts: Parts) -> Iterator[Issue]:
    """The message `number`, whose parts are known, as rows of `mails`, and its issues."""
    told = said(base, parts)
    mails.add(number, parts.header, told)
    place = f"record {number}"
    for code in told.codes:
        unread = told.unread if code == "source.too_large" else None
        yield Issue(source=located.source, code=code, place=place, bytes_unread=unread)


def split(base: Stretch, start: int, stop: int, *, inline: bool) -> Parts:
    """The parts of the message [start, stop)."""
    return Splitter(base, start, stop, inline=inline).found
