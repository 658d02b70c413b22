"""The parts of one message, found in one pass over the lines that begin with two hyphens, whatever they claim.

Rules: RFC 2046 section 5.1. Nothing is decoded here: a part is a place. Boundaries that never come, come twice, end
too early or not at all, and parts a thousand deep give the parts that can be told and a word on what is odd.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tocsin.sources.mail_header import LONGEST, Fields, fields, header_end, parameters, text_of
from tocsin.sources.stretch import Stretch

# Parts inside parts, at most this deep: what lies deeper is text of the part above it.
DEEPEST = 100
WINDOW = 1 << 22
OVERLAP = 512
_DASHES = re.compile(rb"\n--([^\r\n]{1,256})")
_LIKELY = re.compile(rb"\n--([^\r\n]{1,250})\r?\n(?=[Cc]ontent-)")
_BODIES = frozenset(
    "text/plain text/html text/rfc822-headers message/delivery-status message/disposition-notification"
    " message/feedback-report message/global-delivery-status".split()
)
_NAMED = re.compile(r"[^\x00-\x1f\x7f]*")


@dataclass(slots=True)
class Part:
    """A leaf of a message: its header begins at `at`, [start, stop) is its content; `inside` the types of the
    multiparts around it, the outermost first; `group` tells one alternative from another; `bare` text has no header
    (before the first and after the last delimiter, or too deep)."""

    at: int
    header: Fields
    start: int
    stop: int
    inside: tuple[str, ...] = ()
    group: int = 0
    fallback: str = "text/plain"
    bare: bool = False

    def value(self, name: str) -> bytes:
        """The first field of that name."""
        for found, value in self.header:
            if found == name:
                return value
        return b""


class Leaf:
    """What the header of a part says of it."""

    def __init__(self, part: Part) -> None:
        self.part = part
        kind, self.parameters = parameters(part.value("content-type"))
        self.type = kind if "/" in kind else part.fallback
        disposition, told = parameters(part.value("content-disposition"))
        self.attached = disposition == "attachment"
        self.encoding = part.value("content-transfer-encoding").decode("ascii", "ignore").strip().lower()
        name = told.get("filename") or self.parameters.get("name") or ""
        self.name = " ".join("".join(_NAMED.findall(name)).split())

    @property
    def charset(self) -> str:
        """The character set that it names."""
        return self.parameters.get("charset", "")

    @property
    def body(self) -> bool:
        """Whether it is text of the message itself, not an attachment."""
        if self.attached or self.name:
            return False
        return self.type in _BODIES or self.type.startswith("multipart/")


@dataclass(slots=True)
class Parts:
    """The parts of a message in order, and what is odd: too deep, no end, a header too long, encrypted."""

    header: Fields
    leaves: list[Part] = field(default_factory=list)
    deep: bool = False
    cut: bool = False
    long: int = 0

    @cached_property
    def subject(self) -> str:
        """The subject of the message."""
        return next((text_of(value) for name, value in self.header if name == "subject"), "")


@dataclass(slots=True)
class _Open:
    """A multipart that is open: its boundary, its type, its number."""

    boundary: bytes
    type: str
    number: int


class Splitter:
    """Splits the message [start, stop) of `base`; `inline` reads messages inside it as parts of it."""

    def __init__(self, base: Stretch, start: int, stop: int, *, inline: bool = False) -> None:
        self._base, self._stop, self._inline = base, stop, inline
        self._open: list[_Open] = []
        self._from = start
        self._part: Part | None = None
        self._numbers = self._messages = self._delimiters = 0
        self.found, self._first = Parts([]), Fields()
        self._begin(start, "text/plain")
        self.found.header = self._first
        if self._open:
            self._walk(self._from)
        if not self._delimiters and self._guess():
            self._walk(self._from)
        self._end(self._stop + 1)
        self.found.cut = bool(self._open) or self.found.cut

    def _walk(self, start: int) -> None:
        """All delimiters in order."""
        for place, line in self._dashes(start):
            at = self._delimits(line)
            if at is None:
                continue
            self._delimiters += 1
            level, closes = at
            self._end(place)
            if len(self._open) > level + 1:
                self.found.cut = True
            del self._open[level + 1 :]
            after = self._after(place)
            if closes:
                self._open.pop()
                self._part = self._bare(after)
            else:
                digest = self._open[-1].type == "multipart/digest"
                self._begin(after, "message/rfc822" if digest else "text/plain")

    def _delimits(self, line: bytes) -> tuple[int, bool] | None:
        """Which open multipart a line of hyphens belongs to, and whether it closes it."""
        line = line.rstrip(b" \t")
        for level in range(len(self._open) - 1, -1, -1):
            boundary = self._open[level].boundary
            if line == boundary:
                return level, False
            if line == boundary + b"--":
                return level, True
        return None

    def _begin(self, at: int, fallback: str) -> None:
        """A message or a part whose header begins at `at`."""
        block = self._base.read_at(at, min(LONGEST, max(self._stop - at, 0)))
        end, body = header_end(block, 0, len(block))
        header = fields(block[:end])
        if end == len(block) and at + end < self._stop:
            self.found.long += 1
        if not self._first:
            self._first = header
        part = Part(at, header, at + body, self._stop, self._types(), self._group(), fallback)
        kind, told = parameters(part.value("content-type"))
        kind = kind if "/" in kind else fallback
        boundary = told.get("boundary", "").rstrip()
        self._from = part.start
        self._part = part
        if kind.startswith("multipart/"):
            self._part = self._bare(part.start)
            if boundary and len(self._open) < DEEPEST:
                self._numbers += 1
                self._open.append(_Open(boundary.encode("utf-8", "surrogateescape"), kind, self._numbers))
            self.found.deep = self.found.deep or len(self._open) >= DEEPEST
        elif self._inline and kind == "message/rfc822" and part.start > at:
            self._inner(part)

    def _inner(self, part: Part) -> None:
        """A message inside the message, read as a part of it: its header is text."""
        self._messages += 1
        if self._messages > DEEPEST:
            self.found.deep, self._part = True, self._bare(part.start)
            return
        block = self._base.read_at(part.start, min(LONGEST, max(self._stop - part.start, 0)))
        header = self._bare(part.start)
        header.stop = part.start + header_end(block, 0, len(block))[0]
        self.found.leaves.append(header)
        self._begin(part.start, "text/plain")

    def _bare(self, start: int) -> Part:
        return Part(start, [], start, self._stop, self._types(), bare=True)

    def _guess(self) -> bool:
        """A boundary that is not told or never comes: whether lines before `Content-` fields look like one."""
        kind, _ = parameters(next((value for name, value in self._first if name == "content-type"), b""))
        if not kind.startswith("multipart/"):
            return False
        start = self._from
        window = self._base.read_at(max(start - 1, 0), min(self._stop - start + 1, 1 << 16))
        likely = _LIKELY.search(window)
        if likely is not None:
            self._numbers += 1
            self._open = [_Open(likely[1].rstrip(), kind, self._numbers)]
        return likely is not None

    def _end(self, place: int) -> None:
        """The open part ends before the line break at `place` - 1."""
        part, self._part = self._part, None
        if part is None:
            return
        stop = max(min(place - 1, self._stop), part.start)
        if stop > part.start and place <= self._stop and self._base.read_at(stop - 1, 1) == b"\r":
            stop -= 1
        part.stop = stop
        if not part.bare or self._worth(part):
            self.found.leaves.append(part)

    def _worth(self, part: Part) -> bool:
        """Whether there is anything before the first delimiter or after the last."""
        return bool(self._base.read_at(part.start, min(part.stop - part.start, 1 << 16)).strip())

    def _after(self, place: int) -> int:
        """Where the line at `place` ends."""
        line = self._base.read_at(place, OVERLAP)
        end = line.find(b"\n")
        return min(place + (end + 1 if end >= 0 else len(line)), self._stop)

    def _dashes(self, start: int) -> Iterator[tuple[int, bytes]]:
        """Every line that begins with two hyphens: its place and what follows them."""
        at = max(start - 1, 0)
        while at < self._stop:
            window = self._base.read_at(at, min(WINDOW, self._stop - at))
            last = at + len(window) >= self._stop or not window
            within = len(window) if last else len(window) - OVERLAP
            for found in _DASHES.finditer(window):
                if found.start() < within:
                    yield at + found.start() + 1, found[1]
            if last:
                return
            at += within

    def _types(self) -> tuple[str, ...]:
        return tuple(one.type for one in self._open)

    def _group(self) -> int:
        """The number of the innermost alternative that this part is one of; 0 outside of any."""
        return next((one.number for one in reversed(self._open) if one.type == "multipart/alternative"), 0)
