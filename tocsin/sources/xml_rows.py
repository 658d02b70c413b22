"""The records of an XML document, streamed; no entity is ever declared, expanded or fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from xml.parsers import expat

from tocsin.sources.json_rows import Twice, rows_of, too_deep
from tocsin.sources.markup import Markup
from tocsin.sources.source import Given, Issue, Located
from tocsin.sources.text import pieces

BATCH = 5_000
DEPTH = 3
SEEN = 12


class _Entities(Exception):
    """The document declares an entity."""


class _Nested(Exception):
    """A record begins directly inside another one: the end of the other one is missing."""


def local(tag: str) -> str:
    """A name without its namespace prefix."""
    return tag.rpartition(":")[2]


def _named(attributes: dict[str, str]) -> dict[str, Any]:
    """Attributes as fields `@name`, without the declarations of namespaces."""
    return {
        f"@{local(name)}": value
        for name, value in attributes.items()
        if name != "xmlns" and not name.startswith("xmlns:")
    }


def record_path(text: str, *, complete: bool) -> tuple[str | None, bool]:
    """The path (`export/patient`) whose elements are records, "" for none; and whether `text` is sound XML.

    None where the document declares entities: it is not parsed.

    The shallowest level (of three below the root) where an element stands at least twice inside one parent
    and holds attributes or elements, the one that stands most often there; "" where text and elements are mixed in it.
    """
    head = _Head()
    try:
        head.parser.Parse(text.encode("utf-8", "replace"), complete)
    except _Entities:
        return None, True
    except expat.ExpatError:
        return head.best(), len(head.counts) > 2
    return head.best(), True


class _Head:
    """What the first bytes of a document show of its structure."""

    def __init__(self) -> None:
        self.parser = _parser()
        self.stack: list[str] = []
        self.counts: Counter[str] = Counter()
        self.structured: set[str] = set()
        self.mixed: set[str] = set()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.stack) < SEEN and self.stack:
            self.structured.add("/".join(self.stack))
        self.stack.append(local(tag))
        if len(self.stack) < SEEN:
            path = "/".join(self.stack)
            self.counts[path] += 1
            if attributes:
                self.structured.add(path)

    def _end(self, tag: str) -> None:
        self.stack.pop()

    def _data(self, data: str) -> None:
        if len(self.stack) < SEEN and data.strip():
            path = "/".join(self.stack)
            if path in self.structured:
                self.mixed.add(path)

    def best(self) -> str:
        """The path of the records."""
        for depth in range(1, DEPTH + 1):
            found = [
                (count, path)
                for path, count in self.counts.items()
                if path.count("/") == depth and count > 1 and path in self.structured
            ]
            if found:
                path = max(found)[1]
                inside = [mixed for mixed in self.mixed if f"{mixed}/".startswith(f"{path}/")]
                return "" if self._prose(inside, path) else path
        return ""

    def _prose(self, mixed: list[str], path: str) -> bool:
        """Whether elements stand amid text somewhere inside the records (attributes beside text do not count)."""
        parents = {other.rpartition("/")[0] for other in self.counts}
        return any(found in parents for found in mixed)


def _parser() -> expat.XMLParserType:
    """A parser of UTF-8 that declares no entity; unknown ones (`&eacute;` of HTML) are handed on by name."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.UseForeignDTD(True)
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*declaration: object) -> None:
    raise _Entities


@dataclass(slots=True)
class _Element:
    """An element that is open: its values by name, its text."""

    values: dict[str, Any]
    text: list[str] = field(default_factory=list)

    def add(self, name: str, value: Any) -> None:
        """One more value; a name that repeats becomes a list."""
        if name not in self.values:
            self.values[name] = value
        elif isinstance(self.values[name], Twice):
            self.values[name].append(value)
        else:
            self.values[name] = Twice((self.values[name], value))

    def closed(self) -> Any:
        """The element as a value: its text, or its names with the text as `#text`."""
        text = "".join(self.text).strip()
        if not self.values:
            return text or None
        return {**self.values, "#text": text} if text else self.values


class XmlRows:
    """One way through a document whose records are the elements at `path`.

    What stands around the records is one record more, the last. A record that breaks the document's rules
    costs itself alone: reading goes on at the next one; without a next one the rest is read as text.
    """

    def __init__(self, located: Located, path: str) -> None:
        self._located, self._path = located, path.split("/")
        tag = re.escape(self._path[-1].encode())
        self._next = re.compile(rb"<(?:[A-Za-z_][A-Za-z0-9_.-]*:)?" + tag + rb"(?=[\s/>])")
        self._stack: list[_Element] = []
        self._tags: list[str] = []
        self._ready: list[tuple[int, Any]] = []
        self._around = _Element({})
        self._number = 0
        self._base = self._begun = self._last = 0
        self._begin(b"", 0)

    def _begin(self, opening: bytes, base: int) -> None:
        """A new parser, for bytes from `base` on, after the `opening` of the elements around."""
        self._parser = _parser()
        self._base = base - len(opening)
        self._tags, self._stack, self._begun = [], [], -1
        if opening:
            self._parser.StartElementHandler = lambda tag, attributes: self._tags.append(local(tag))
            self._parser.Parse(opening, False)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.SkippedEntityHandler = lambda name, parameter: self._data(unescape(f"&{name};"))
        self._parser.CommentHandler = self._data

    def given(self, blocks: Iterator[bytes | Issue]) -> Iterator[Given]:
        """Rows in batches, issues, and last the document's envelope."""
        at = 0
        for block in blocks:
            if isinstance(block, Issue):
                yield block
                continue
            while block:
                issue, block, at = self._feed(block, at)
                if issue is not None:
                    yield issue
                    if issue.code == "source.xml_entities" or self._begun == -2:
                        yield from self._flush()
                        yield from self._as_text(block, blocks)
                        return
            if len(self._ready) >= BATCH:
                yield from self._flush()
        if self._tags:
            yield self._issue("source.no_end" if self._begun < 0 else "source.bad_element", None)
            self._number += self._begun >= 0
        around = self._around.closed()
        if around is not None:
            self._ready.append((self._number, around))
        yield from self._flush()

    def _feed(self, block: bytes, at: int) -> tuple[Issue | None, bytes, int]:
        """Parse `block`, which begins at byte `at`; after damage the issue and where to go on."""
        try:
            self._parser.Parse(block, False)
        except _Entities:
            return self._issue("source.xml_entities", None), block, at
        except (_Nested, expat.ExpatError) as damage:
            known = isinstance(damage, _Nested)
            place = self._last if known else self._base + self._parser.ErrorByteIndex
            found = self._next.search(block, max(place - at, 0))
            if found is None and not known and self._begun < 0 and not block[max(place - at, 0) :].strip():
                return None, b"", at + len(block)
            return self._damaged(block, at, place, found.start() if found else None)
        return None, b"", at + len(block)

    def _damaged(self, block: bytes, at: int, place: int, found: int | None) -> tuple[Issue, bytes, int]:
        """The issue of a damaged record, and the block from the next one on (or from the damage on, as text)."""
        start = self._begun if self._begun >= 0 else place
        stop = at + found if found is not None else place
        line = f"record {self._number}"
        issue = self._issue("source.bad_element", max(stop - start, 0), line)
        self._number += self._begun >= 0
        if found is None:
            self._begun = -2
            return issue, block[max(place - at, 0) :], place
        self._begin("".join(f"<{tag}>" for tag in self._path[:-1]).encode(), at + found)
        return issue, block[found:], at + found

    def _as_text(self, block: bytes, blocks: Iterator[bytes | Issue]) -> Iterator[Given]:
        """The rest of the document as the text of one record."""

        def rest() -> Iterator[bytes | Issue]:
            yield block
            yield from blocks

        yield from pieces(Markup(every=True).text(rest()), record=self._number)

    def _issue(self, code: str, unread: int | None, place: str | None = None) -> Issue:
        return Issue(source=self._located.source, code=code, place=place, bytes_unread=unread)

    def _flush(self) -> Iterator[Given]:
        """The records that are ready, as rows."""
        sound = [(number, value) for number, value in self._ready if not too_deep(value)]
        for number, value in self._ready:
            if too_deep(value):
                yield self._issue("source.bad_element", None, f"record {number}")
        rows = rows_of([value for _, value in sound], [number for number, _ in sound])
        self._ready.clear()
        if rows is not None:
            yield rows

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._last = self._base + self._parser.CurrentByteIndex
        name = local(tag)
        if self._begun >= 0 and len(self._tags) == len(self._path) and name == self._path[-1]:
            raise _Nested
        self._tags.append(name)
        if not self._stack and len(self._tags) == len(self._path) and self._tags == self._path:
            self._begun = self._last
        if self._begun >= 0:
            self._stack.append(_Element(_named(attributes)))
        else:
            for key, value in _named(attributes).items():
                self._around.add("/".join((*self._tags[:SEEN], key)), value)

    def _end(self, tag: str) -> None:
        name = self._tags.pop()
        if self._begun < 0:
            return
        value = self._stack.pop().closed()
        if self._stack:
            self._stack[-1].add(name, value)
        else:
            self._ready.append((self._number, value))
            self._number, self._begun = self._number + 1, -1

    def _data(self, data: str) -> None:
        if self._stack:
            self._stack[-1].text.append(data)
        elif data.strip():
            self._around.add("/".join(self._tags[:SEEN]) or "#comment", data.strip())
