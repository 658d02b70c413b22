"""Where the messages of a mailbox file begin: lines `From …` proven by what stands around them.

Variants (RFC 4155 and the programs' own papers): mboxo and mboxrd write `>From` inside messages, mboxcl and mboxcl2
count bytes in `Content-Length`, some programs quote nothing. So a line counts where a blank line (or the start)
stands before it and it tells a date, or where fields of a mail follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.stretch import Stretch

WINDOW = 1 << 22
LOOK, BACK = 1 << 16, 8
_FROM = re.compile(rb"\n(?=From [^\n]{1,998}\n)")
_LINE = re.compile(rb"From [^\n]*\n")
_DATED = re.compile(rb"From [^\n]*?(?:\d{1,2}:\d\d(?::\d\d)?|\b(?:19|20)\d\d\b)[^\n]*\n")
_FIELD = rb"[A-Za-z][A-Za-z0-9-]{0,60}:"
_FOLLOWED = re.compile(
    rb"(?:>From [^\n]*\n)*(?i:"
    rb"(?:received|return-path|from|to|cc|subject|date|message-id|mime-version|delivered-to|content-type|sender"
    rb"|reply-to|status|x-[a-z0-9-]+|envelope-to|arc-[a-z-]+|dkim-signature|authentication-results):"
    rb"|" + _FIELD + rb"[^\n]*\n(?:[ \t][^\n]*\n)*" + _FIELD + rb")"
)
_LENGTH = re.compile(rb"\n[Cc]ontent-[Ll]ength:[ \t]*(\d{1,12})[ \t]*\r?\n")
_HEAD_END = re.compile(rb"\n\r?\n")


@dataclass(slots=True)
class Borders:
    """The messages in [start, stop) of a stretch, found window by window."""

    base: Stretch
    start: int = 0
    stop: int | None = None

    def places(self) -> Iterator[int]:
        """The place of every `From ` line that begins a message; what decides lies within LOOK bytes behind it."""
        past = -1
        for at, window, last in self.windows():
            first = at == self.start
            if first and self._begins(window, 0):
                past = self._counted(window, at, 0)
                yield at
            within = len(window) if last else len(window) - LOOK
            for found in _FROM.finditer(window, 0 if first else BACK - 1):
                place = found.end()
                if place >= within:
                    break
                if at + place > past and self._begins(window, place):
                    past = self._counted(window, at, place)
                    yield at + place

    def windows(self) -> Iterator[tuple[int, bytes, bool]]:
        """Windows that overlap by what a decision looks at: their place, bytes, and whether it is the last."""
        at = self.start
        while True:
            count = WINDOW if self.stop is None else min(WINDOW, self.stop - at)
            window = self.base.read_at(at, count) if count > 0 else b""
            last = len(window) < WINDOW or (self.stop is not None and at + len(window) >= self.stop)
            yield at, window, last
            if last:
                return
            at += len(window) - LOOK - BACK

    def _begins(self, window: bytes, place: int) -> bool:
        """Whether the line at `place` begins a message."""
        line = _LINE.match(window, place)
        if line is None:
            return False
        after_blank = place < 2 or window.endswith((b"\n\n", b"\n\r\n"), 0, place)
        dated = _DATED.match(window, place) is not None
        if after_blank and dated:
            return True
        return (after_blank or dated) and _FOLLOWED.match(window, line.end()) is not None

    def _counted(self, window: bytes, at: int, place: int) -> int:
        """Up to where `Content-Length` says that the message goes, if a border stands there; else its own place."""
        head = _HEAD_END.search(window, place, place + LOOK)
        length = _LENGTH.search(window, place, head.start() + 2) if head is not None else None
        if length is None or head is None:
            return at + place
        end = at + head.end() + int(length[1])
        following = self.base.read_at(end - 1, 9)
        sound = bool(following) and following[1:].lstrip(b"\r\n")[:5] in (b"", b"From ")
        return end - 1 if sound else at + place
