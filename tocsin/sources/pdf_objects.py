"""What a PDF file holds besides its pages, read without its tables: attachments, form data, whether it is locked.

Objects are found where they stand, so that a wrong or missing cross-reference table, and a file that was cut, cost
nothing (ISO 32000-2, 7.3.10, 7.5.7, 7.11).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tocsin.sources.limits import limit
from tocsin.sources.pdf_syntax import Name, Ref, Value, parse, text_of

_HEADER = re.compile(rb"([0-9]{1,10})[\0\t\n\f\r ]+([0-9]{1,5})[\0\t\n\f\r ]+obj")
_STREAM = re.compile(rb"[\0\t\n\f\r ]*stream(\r\n|\n|\r)?")
_END = re.compile(rb"[\r\n]{0,2}endstream")
_EMBEDDED = re.compile(rb"/EF(?=[\0\t\n\f\r <0-9])")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the document: its name as written, and where its object's number begins (-1: nowhere)."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class StreamAt:
    """A stream: its dictionary, where its bytes begin and how many they are."""

    entries: dict[str, Value]
    start: int
    length: int

    @property
    def filters(self) -> list[str]:
        """The names of its filters, the first to undo first."""
        found = self.entries.get("Filter", self.entries.get("F"))
        every = found if isinstance(found, list) else [found]
        return [name.text for name in every if isinstance(name, Name)]


class Objects:
    """The objects of the PDF file `data`."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each object's number stands, the last one of each number."""
        found: dict[int, int] = {}
        at = self.data.find(b"obj")
        while at >= 0:
            header = self._header(at)
            if header is not None:
                found[int(header[1])] = header.start()
            at = self.data.find(b"obj", at + 3)
        return found

    @cached_property
    def packed(self) -> dict[int, tuple[bytes, int]]:
        """Where each object inside an object stream (7.5.7) stands, by number, the last one of each."""
        found: dict[int, tuple[bytes, int]] = {}
        for content, entries in self._object_streams():
            first, count = entries.get("First"), entries.get("N")
            if isinstance(first, int) and isinstance(count, int):
                numbers = re.findall(rb"[0-9]+", content[: max(first, 0)])[: 2 * max(count, 0)]
                for number, offset in zip(numbers[::2], numbers[1::2], strict=False):
                    found[int(number)] = (content, first + int(offset))
        return found

    def _object_streams(self) -> Iterator[tuple[bytes, dict[str, Value]]]:
        budget = limit("document", "bytes")
        at = self.data.find(b"/ObjStm")
        while at >= 0 and budget > 0:
            stream = self.stream(self.before(at))
            if stream is not None:
                content = self.content(stream, budget)
                budget -= len(content)
                yield content, stream.entries
            at = self.data.find(b"/ObjStm", at + 7)

    def before(self, at: int) -> int:
        """Where the object begins in whose dictionary `at` lies, -1 where there is none."""
        end = self.data.rfind(b"obj", 0, at)
        header = None if end < 0 else self._header(end)
        return -1 if header is None else header.start()

    def _header(self, at: int) -> re.Match[bytes] | None:
        """The number, generation and `obj` of which the last word stands at `at`."""
        every = list(_HEADER.finditer(self.data, max(at - 24, 0), at + 3))
        return every[-1] if every and every[-1].end() == at + 3 else None

    def value(self, at: int) -> Value:
        """The object whose number begins at `at`."""
        header = _HEADER.match(self.data, at) if at >= 0 else None
        return None if header is None else parse(self.data, header.end())[0]

    def resolve(self, value: Value) -> Value:
        """`value`, or the object that it refers to."""
        for _ in range(32):
            if not isinstance(value, Ref):
                return value
            at = self.places.get(value.number, -1)
            content, offset = self.packed.get(value.number, (b"", 0)) if at < 0 else (b"", 0)
            value = self.value(at) if at >= 0 else parse(content, offset)[0]
        return None

    def stream(self, at: int) -> StreamAt | None:
        """The stream whose object's number begins at `at`."""
        header = _HEADER.match(self.data, at) if at >= 0 else None
        entries, end = parse(self.data, header.end()) if header is not None else (None, 0)
        begin = _STREAM.match(self.data, end)
        if not isinstance(entries, dict) or begin is None:
            return None
        length = entries.get("Length")
        if isinstance(length, Ref) and length.number in self.places:
            length = self.value(self.places[length.number])
        start = begin.end()
        if not isinstance(length, int) or not _END.match(self.data, start + max(length, 0)):
            found = self.data.find(b"endstream", start)
            length = (found if found >= 0 else len(self.data)) - start
        return StreamAt(entries, start, length)

    def content(self, stream: StreamAt, most: int) -> bytes:
        """What a stream holds, at most so many bytes of it; only Flate is undone."""
        raw = self.data[stream.start : stream.start + stream.length]
        if stream.filters != ["FlateDecode"]:
            return raw[:most] if not stream.filters else b""
        engine = zlib.decompressobj()
        pieces: list[bytes] = []
        try:
            while raw and most > 0:
                pieces.append(engine.decompress(raw, min(most, 1 << 20)))
                most -= len(pieces[-1])
                raw = engine.unconsumed_tail
        except zlib.error:
            pass
        return b"".join(pieces)

    @property
    def encrypted(self) -> bool:
        """Whether a trailer or a cross-reference stream names an encryption dictionary (7.6)."""
        for found in re.finditer(
            rb"/Encrypt[\0\t\n\f\r ]*(?:[0-9]+[\0\t\n\f\r ]+[0-9]+[\0\t\n\f\r ]+R|<<)", self.data
        ):
            end = max(self.data.rfind(b"trailer", 0, found.start()), self.before(found.start()))
            if end >= 0:
                return True
        return False

    def attachments(self) -> Iterator[Attached]:
        """The embedded files (7.11.4), by the file specifications that name them, then those that none names."""
        seen: set[int] = set()
        for entries in self._specifications():
            files = self.resolve(entries.get("EF"))
            named = next(
                (text_of(self.resolve(entries.get(key))) for key in ("UF", "F") if key in entries), ""
            )
            for target in files.values() if isinstance(files, dict) else ():
                at = self.places.get(target.number, -1) if isinstance(target, Ref) else -1
                if at not in seen:
                    seen.add(at)
                    yield Attached(named or "attachment", at)
        at = self.data.find(b"/EmbeddedFile")
        while at >= 0:
            start = self.before(at)
            if start >= 0 and start not in seen and self.data[at + 13 : at + 14] not in (b"s", b""):
                seen.add(start)
                if self.stream(start) is not None:
                    yield Attached("attachment", start)
            at = self.data.find(b"/EmbeddedFile", at + 13)

    def _specifications(self) -> Iterator[dict[str, Value]]:
        """Every dictionary with an entry EF, in the order of the file, then those in object streams."""
        for found in _EMBEDDED.finditer(self.data):
            yield from _holding(self.value(self.before(found.start())), "EF")
        for value in self._packed_with(b"/EF"):
            yield from _holding(value, "EF")

    def _packed_with(self, key: bytes) -> Iterator[Value]:
        """The objects of the object streams in which `key` stands."""
        if b"/ObjStm" in self.data:
            for content, offset in self.packed.values():
                if key in content:
                    yield parse(content, offset)[0]

    def form_data(self) -> Iterator[bytes]:
        """The XML of a form in XFA (12.7.8), part by part."""
        holders = [self.value(self.before(found.start())) for found in re.finditer(rb"/XFA\b", self.data)]
        for holder in [*holders, *self._packed_with(b"/XFA")]:
            for entries in _holding(holder, "XFA"):
                given = self.resolve(entries["XFA"])
                for part in given if isinstance(given, list) else [entries["XFA"]]:
                    if isinstance(part, Ref):
                        stream = self.stream(self.places.get(part.number, -1))
                        if stream is not None:
                            yield self.content(stream, 1 << 24)


def _holding(value: Value, key: str) -> Iterator[dict[str, Value]]:
    """The dictionaries in `value` that have the entry `key`."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if key in one:
                yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
