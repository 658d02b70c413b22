"""The survey of a JSON document: sections of whole elements, and the way on after a damaged one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from tocsin.sources.decoding import begin, utf8
from tocsin.sources.json_element import blank, element_at
from tocsin.sources.json_layout import MAPPING, VALUES
from tocsin.sources.json_rows import value_of
from tocsin.sources.json_split import Split, State, split, usable
from tocsin.sources.limits import limit
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Issue, Located, Section, Surveyed

BLOCK = 1 << 22
WINDOWS = (1 << 16, 1 << 20, 1 << 23, 1 << 26)
# After an element a comma, then something that begins one.
_RESUME = re.compile(r'(?<=[}\]"0-9el])[ \t\r\n]*,(?=[ \t\r\n]*[{\["0-9tfn-])')
_RESUME_VALUES = re.compile(r"(?<=[}\]])[ \t\r\n]*(?=[{\[])")
_COMMA = re.compile(r",[ \t\r\n]*")
_FIRST = re.compile(r'\{[ \t\r\n]*"[^"\\]*"')
ALIKE = 3


def elements(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections, issues for elements that lose the thread of the document, and the digest."""
    return _Survey(located).run()


@dataclass(slots=True)
class _Survey:
    """One way through a document. [`open`, …) is the element not yet finished, `count` the records before it."""

    located: Located
    sha256: Any = field(default_factory=hashlib.sha256)
    hashed: int = 0
    open: int = 0
    count: int = 0
    number: int = 0
    names: frozenset[str] = frozenset()
    lead: str = ""
    telling: bool = True

    @property
    def shape(self) -> str:
        """The shape that sniffing found."""
        return str(self.located.setting("json.shape"))

    def run(self) -> Iterator[Section | Issue | Surveyed]:
        """All of it."""
        start = int(self.located.setting("json.start") or 0) or begin(self.located)
        self._bytes(0, start)
        self.open = at = start
        self.names, self.lead = _habit(self._text(start, WINDOWS[1]), self.shape)
        state = State()
        while True:
            block = self._bytes(at, BLOCK)
            block = block[: usable(block)]
            found = self._judged(block, split(block, state, self.shape))
            if found.end is not None:
                yield from self._last(at + found.end, at, found.stops.tolist())
                yield from self._envelope(start, at + found.end)
                break
            yield from self._sections(at, found)
            at, state = at + len(block), found.state
            if not block and (self.shape == VALUES or self.open >= at):
                yield from self._no_end(at)
                break
            if not block or found.doubt is not None or at - self.open > 2 * BLOCK:
                ahead, issue = self._beyond()
                yield from issue
                if not issue and (self.shape == VALUES or not self._bytes(ahead, 1)):
                    yield self._section(ahead, 1)
                    self.open = ahead
                at, state = ahead, State()
                if issue and not self._bytes(at, 1):
                    break
        while rest := self._bytes(self.hashed, BLOCK):
            del rest
        yield Surveyed(sha256=self.sha256.hexdigest(), bytes=self.hashed)

    def _bytes(self, at: int, count: int) -> bytes:
        """Bytes of the document, digested when they are met first."""
        block = stretch_of(self.located).read_at(at, count)
        if at + len(block) > self.hashed:
            self.sha256.update(block[self.hashed - at :])
            self.hashed = at + len(block)
        return block

    def _text(self, at: int, count: int) -> str:
        """Bytes as characters one for one: structure is ASCII, and places stay bytes."""
        return self._bytes(at, count).decode("latin-1")

    def _judged(self, block: bytes, found: Split) -> Split:
        """A doubt where an element seems to begin inside another one (brackets that make up for each other).

        Once such a place proved sound the beginning tells nothing about this document.
        """
        lead = self.lead.encode("latin-1")
        if not lead or not self.telling or block.count(lead) <= len(found.stops):
            return found
        stops, at = set(found.stops.tolist()), block.find(lead)
        while at in stops:
            at = block.find(lead, at + 1)
        known = min((place for place in (found.end, found.doubt) if place is not None), default=len(block))
        if at < 0 or at > known:
            return found
        return replace(found, stops=found.stops[found.stops <= at], end=None, doubt=at)

    def _sections(self, at: int, found: Split) -> Iterator[Section]:
        """The elements that a block finished, as one section."""
        if len(found.stops) == 0:
            return
        stop = at + int(found.stops[-1])
        yield self._section(stop, len(found.stops))
        self.open = stop + (self.shape != VALUES)

    def _section(self, stop: int | None, records: int) -> Section:
        section = Section(
            located=self.located,
            number=self.number,
            start=self.open,
            stop=stop,
            first=self.count,
            whole=False,
            records=records,
        )
        self.number, self.count = self.number + 1, self.count + records
        return section

    def _last(self, end: int, at: int, stops: list[int]) -> Iterator[Section]:
        """The elements up to the closing bracket; after a last comma, or in an empty array, there is none."""
        start = at + stops[-1] + 1 if stops else self.open
        filled = end - start > BLOCK or bool(self._text(start, end - start).strip())
        if stops or filled:
            yield self._section(end, len(stops) + filled)

    def _beyond(self) -> tuple[int, list[Issue]]:
        """Where to go on after the open element was looked at closely: at its end, or at the next good one."""
        length: int | None = None
        for window in WINDOWS:
            text = self._text(self.open, window)
            complete = len(text) < window
            end = _end(text, self.shape)
            if end is not None and (complete or end < len(text)):
                self.telling = self.telling and not 0 <= text.find(self.lead) < end
                return self.open + end, []
            length = _resumed(text, self.shape, self.names)
            if complete or length is not None:
                break
        length = self._farther(len(text)) if length is None else length
        return self.open + length, self._lost(length)

    def _lost(self, length: int) -> list[Issue]:
        """The issues of the next `length` bytes: one element, more where the way that elements begin tells so."""
        text = self._text(self.open, min(length, WINDOWS[-1]))
        starts = [0]
        while self.lead and (found := text.find(self.lead, starts[-1] + 1)) >= 0:
            starts.append(found)
        issues = [self._bad(stop - at) for at, stop in pairwise([*starts, length])]
        self.open += length
        return issues

    def _farther(self, length: int) -> int:
        """How far from the open element the next good one begins, beyond the largest window; else the end."""
        while text := self._text(self.open + length, WINDOWS[-1]):
            found = _resumed(text, self.shape, self.names)
            if found is not None:
                return length + found
            length += len(text)
        return length

    def _bad(self, unread: int) -> Issue:
        place = f"record {self.count}"
        self.count += 1
        return Issue(source=self.located.source, code="source.bad_element", place=place, bytes_unread=unread)

    def _no_end(self, at: int) -> Iterator[Section | Issue]:
        """The end of the bytes: of values in a row it is the end, an array wants a bracket before."""
        if self.shape == VALUES:
            yield from self._last(at, at, [])
        else:
            yield Issue(source=self.located.source, code="source.no_end")

    def _envelope(self, start: int, end: int) -> Iterator[Section | Issue]:
        """What stands around the elements, as one record more where it holds any value."""
        rest = self._bytes(end, limit("json", "element_bytes"))
        if self._bytes(end + len(rest), 1):
            length = stretch_of(self.located).length()
            yield Issue(
                source=self.located.source,
                code="source.too_large",
                place="envelope",
                bytes_unread=length - end,
            )
            return
        around = utf8(
            self._bytes(begin(self.located), start - begin(self.located)) + rest, self.located.encoding
        )
        try:
            held = _holds(value_of(around[0].decode("utf-8")))
        except ValueError:
            yield Issue(
                source=self.located.source,
                code="source.trailing_bytes",
                place="envelope",
                bytes_unread=len(rest) - 1,
            )
            return
        if held:
            self.open = 0
            around_it = (*self.located.dialect, ("json.after", end))
            located = replace(self.located, dialect=_with(around_it, "json.shape", VALUES))
            yield replace(self._section(None, 1), located=located)


def _with(
    dialect: tuple[tuple[str, str | int], ...], name: str, value: str
) -> tuple[tuple[str, str | int], ...]:
    return tuple((key, value if key == name else there) for key, there in dialect)


def _holds(value: Any) -> bool:
    """Whether any value that is not empty stands in brackets inside brackets."""
    inside = [value]
    while inside:
        found = inside.pop()
        if isinstance(found, dict):
            inside += found.values()
        elif isinstance(found, list):
            inside += found
        elif found is not None and found != "":
            return True
    return False


def _habit(text: str, shape: str) -> tuple[frozenset[str], str]:
    """The names of the first element, by which a later one is known again, and how a later one begins."""
    start = blank(text, 0)
    try:
        value, at = element_at(text, start, shape)
    except ValueError:
        return frozenset(), ""
    comma, first = _COMMA.match(text, at - 1), _FIRST.match(text, start)
    lead = comma[0] + first[0] if comma and first else ""
    return frozenset(value) if isinstance(value, dict) else frozenset(), lead


def _end(text: str, shape: str) -> int | None:
    """Where the element at the start of `text` stops, None where it is not a good one."""
    try:
        _, end = element_at(text, blank(text, 0), shape, closes=True)
    except ValueError:
        return None
    return end


def _resumed(text: str, shape: str, names: frozenset[str]) -> int | None:
    """Where the next good element begins: one that is whole and has a third of the first one's names."""
    for found in (_RESUME_VALUES if shape == VALUES else _RESUME).finditer(text):
        at = found.end()
        if shape == MAPPING and text[blank(text, at)] != '"':
            continue
        try:
            value, _ = element_at(text, blank(text, at), shape, closes=True)
        except ValueError:
            continue
        if not names or (isinstance(value, dict) and len(names & value.keys()) * ALIKE >= len(names)):
            return at
    return None
