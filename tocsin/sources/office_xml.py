"""The text of one XML part of an office document, exactly: by expat, element by element, nothing expanded or fetched.

The rules say which elements end a line or a cell, which hold no text, and which attributes people read. What a damaged
part still holds after its damage is read by its tags alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.parsers import expat

from tocsin.sources.markup import Markup
from tocsin.sources.source import Issue

# Characters that XML 1.0 (2.2) cannot hold stand for the ends of cells and rows until the lines around them are known.
CELL, ROW = "\x01", "\x02"
HELD = 1 << 20
_XML_BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the elements of a vocabulary become text, by their names without prefix.

    `ends` is what the end of an element adds, `begins` what its start does; `inline` elements hold running text,
    blanks included; `silent` ones hold none. `signs` makes text of an element out of its attributes. `shown` are
    the attributes that are text, listed once each behind the part's own text. `twice` are two elements of which the
    second one repeats the first (mc:Choice and mc:Fallback).
    """

    ends: dict[str, str] = field(default_factory=dict)
    begins: dict[str, str] = field(default_factory=dict)
    inline: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    signs: dict[str, Callable[[dict[str, str]], str]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    twice: tuple[str, str] = ("Choice", "Fallback")


class Entities(Exception):
    """The part declares an entity."""


def local(name: str) -> str:
    """A name without its namespace prefix."""
    return name.rpartition(":")[2]


def laid_out(text: str) -> str:
    """`text` with tabs between the cells and line ends between the rows that its marks stand for."""
    if CELL not in text and ROW not in text:
        return text
    text = text.replace(f"\n{CELL}{ROW}", "\n").replace(f"{CELL}{ROW}", "\n")
    return text.replace(f"\n{CELL}", "\t").replace(CELL, "\t").replace(ROW, "\n")


def address(target: str) -> str:
    """The target of a link as people read it: `mailto:` and `tel:` without scheme and escapes."""
    scheme, sign, rest = target.partition(":")
    return unquote(rest) if sign and scheme.lower() in ("mailto", "tel") else target


class Exact:
    """One part on its way to text. `issue` says what is wrong with it, once it was read."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.EntityDeclHandler = _refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._pieces: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._quiet = 0
        self._marks: list[tuple[int, int, str | None]] = []
        self._told = False
        self.aside: dict[str, None] = {}
        self.issue: str | None = None

    def text(self, blocks: Iterable[bytes | Issue]) -> Iterator[str | Issue]:
        """The part's text in pieces; issues of the blocks pass through."""
        fed, waiting = 0, iter(blocks)
        for block in waiting:
            if isinstance(block, Issue):
                yield block
                continue
            try:
                self._parser.Parse(block, False)
            except Entities:
                self.issue = "source.xml_entities"
            except expat.ExpatError:
                self.issue = "source.damaged"
            except (LookupError, ValueError):
                self.issue = "source.undecodable"
            if self.issue is not None:
                at = max(self._parser.ErrorByteIndex - fed, 0) if self.issue == "source.damaged" else 0
                yield self._given()
                yield from _lenient(block[at:], waiting)
                break
            fed += len(block)
            if len(self._pieces) > HELD // 64 and (not self._marks or len(self._pieces) > HELD):
                self._marks.clear()
                yield self._given()
        else:
            if self._open or not fed:
                self.issue = "source.truncated"
        yield self._given()
        yield "".join(f"{value}\n" for value in self.aside)

    def _given(self) -> str:
        """What has gathered, up to the last line end: what follows may still change it."""
        text = "".join(self._pieces)
        cut = text.rfind("\n", 0, -1) if self._open and self.issue is None else len(text)
        if cut < 0:
            cut = 0 if len(text) < 4 * HELD else len(text)
        self._pieces = [text[cut:]]
        return laid_out(text[:cut])

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag, rules = local(name), self._rules
        self._told_ends()
        sign = rules.signs.get(tag)
        if sign is not None:
            found = {local(key): value for key, value in attributes.items()}
            self._pieces.append(sign({**found, "": self._open[-1][0] if self._open else ""}))
        if tag in rules.begins:
            self._pieces.append(rules.begins[tag])
        for key, value in attributes.items():
            if local(key) in rules.shown and value.strip():
                self.aside[address(value)] = None
        self._quiet += tag in rules.silent
        self._open.append((tag, tag in rules.inline or bool(self._open and self._open[-1][1])))
        if tag in rules.twice:
            self._mark(tag)

    def _end(self, name: str) -> None:
        tag, _ = self._open.pop()
        rules = self._rules
        self._quiet -= tag in rules.silent
        self._told_ends()
        if tag in rules.ends:
            self._pieces.append(rules.ends[tag])
        if tag in rules.twice and self._marks:
            self._compare(tag)
        while self._marks and self._marks[-1][0] > len(self._open) + 1:
            self._marks.pop()

    def _told_ends(self) -> None:
        """A line end after text that stands in an element of another vocabulary."""
        if self._told:
            self._pieces.append("\n")
            self._told = False

    def _data(self, data: str) -> None:
        if self._quiet:
            return
        if self._open and self._open[-1][1]:
            self._pieces.append(data)
        elif data.strip(_XML_BLANKS):
            self._pieces.append(data.strip(_XML_BLANKS))
            self._told = True

    def _mark(self, tag: str) -> None:
        """Remember where the first or the second telling of a text begins."""
        depth, at = len(self._open), len(self._pieces)
        if tag == self._rules.twice[0] and at < HELD:
            self._marks.append((depth, at, None))
        elif tag == self._rules.twice[1] and self._marks and self._marks[-1][0] == depth:
            self._marks[-1] = (depth, at, self._marks[-1][2])

    def _compare(self, tag: str) -> None:
        """At the end of the second telling, drop it where it says the same."""
        depth, at, first = self._marks[-1]
        if depth != len(self._open) + 1:
            return
        told = "".join(self._pieces[at:])
        if tag == self._rules.twice[0]:
            self._marks[-1] = (depth, at, told)
        elif first is not None and first.split() == told.split():
            del self._pieces[at:]


def _refuse(*declaration: object) -> None:
    raise Entities


def _lenient(rest: bytes, following: Iterable[bytes | Issue]) -> Iterator[str | Issue]:
    """The text of a part from its damage on, by its tags alone."""

    def blocks() -> Iterator[bytes | Issue]:
        yield re.sub(rb"^[^<]*>", b"", rest)
        yield from following

    for given in Markup(every=False).text(blocks()):
        yield given if isinstance(given, Issue) else given.decode("utf-8", "replace")
