"""Which pages of a PDF would bring its reader down: streams that unpack to far too much, drawings that repeat each other.

Asked before PDFium sees a page, in Python, so that such a page costs itself alone.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from tocsin.sources.pdf_objects import Objects, StreamAt
from tocsin.sources.pdf_syntax import Name, Ref, Value

# Deflate makes at most 1,032 bytes of one: a shorter stream cannot reach LARGEST.
LARGEST = 1 << 26
SUSPECT = LARGEST // 1032
DRAWN = 100_000
PAGES, FOLLOWED, FORMS = 200_000, 5_000, 20_000
_LENGTH = re.compile(rb"/Length[\0\t\n\f\r ]+(?:([0-9]{5,10})|[0-9]+[\0\t\n\f\r ]+[0-9]+[\0\t\n\f\r ]+R)")
_FORM = re.compile(rb"/Subtype[\0\t\n\f\r ]*/Form\b")
_DRAWN = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]+)[\0\t\n\f\r ]+Do\b")
_ROOT = re.compile(rb"/Root[\0\t\n\f\r ]+([0-9]{1,10})[\0\t\n\f\r ]+[0-9]+[\0\t\n\f\r ]+R")
NOT_DRAWN = ("Parent", "P", "Annots", "B", "StructParents", "Dest", "A", "AA", "Metadata", "PieceInfo")


@dataclass(slots=True)
class Screen:
    """What is dangerous in a file: the numbers of such objects; `whole` where the file itself is."""

    objects: Objects
    dangerous: set[int] = field(default_factory=set)
    whole: bool = False

    def look(self) -> Screen:
        """Find what is dangerous."""
        for at in self._suspects():
            stream = self.objects.stream(at)
            if stream is None or stream.length < SUSPECT or stream.entries.get("Subtype") == Name("Image"):
                continue
            if self._swells(stream):
                self.dangerous.add(self._number(at))
                self.whole |= stream.entries.get("Type") in (Name("ObjStm"), Name("XRef"))
        if not self.whole:
            self._repeated()
        return self

    def pages(self, count: int) -> set[int]:
        """The pages (from 0) of `count` that hold something dangerous; none where the page tree says otherwise."""
        if not self.dangerous:
            return set()
        every = list(self._tree())
        if len(every) != count:
            return set()
        return {number for number, page in enumerate(every) if self._reaches(page)}

    def _number(self, at: int) -> int:
        return int(re.compile(rb"[0-9]+").match(self.objects.data, at)[0])  # type: ignore[index]

    def _suspects(self) -> Iterator[int]:
        """Where the objects begin whose streams are long enough."""
        for found in _LENGTH.finditer(self.objects.data):
            if found[1] is None or int(found[1]) >= SUSPECT:
                at = self.objects.before(found.start())
                if at >= 0:
                    yield at

    def _swells(self, stream: StreamAt) -> bool:
        """Whether a stream unpacks beyond what any page needs; a second filter behind the first one counts as well."""
        if "FlateDecode" not in stream.filters:
            return False
        if stream.filters.count("FlateDecode") > 1:
            return True
        engine, size = zlib.decompressobj(), 0
        raw = self.objects.data[stream.start : stream.start + stream.length]
        try:
            while raw and size <= LARGEST:
                size += len(engine.decompress(raw, 1 << 20))
                raw = engine.unconsumed_tail
        except zlib.error:
            pass
        return size > LARGEST

    def _repeated(self) -> None:
        """Forms (8.10) that draw others that draw others, more often than any page needs."""
        forms: dict[int, list[int]] = {}
        for found in _FORM.finditer(self.objects.data):
            at = self.objects.before(found.start())
            if at < 0 or len(forms) >= FORMS:
                continue
            stream = self.objects.stream(at)
            if stream is not None:
                forms[self._number(at)] = self._draws(stream)
        if len(forms) < 3:
            return
        totals = dict.fromkeys(forms, 1)
        for _ in range(min(len(forms), 64)):
            new = {one: 1 + sum(totals.get(other, 0) for other in drawn) for one, drawn in forms.items()}
            new = {one: min(total, 10 * DRAWN) for one, total in new.items()}
            if new == totals:
                break
            totals = new
        self.dangerous |= {one for one, total in totals.items() if total > DRAWN}

    def _draws(self, stream: StreamAt) -> list[int]:
        """The numbers of the forms that a form draws, as often as it does."""
        resources = self.objects.resolve(stream.entries.get("Resources"))
        inner = self.objects.resolve(resources.get("XObject")) if isinstance(resources, dict) else None
        if not isinstance(inner, dict):
            return []
        names = {name.encode(): one.number for name, one in inner.items() if isinstance(one, Ref)}
        drawn = _DRAWN.findall(self.objects.content(stream, 1 << 20))[:DRAWN]
        return [names[name] for name in drawn if name in names]

    def _tree(self) -> Iterator[Value]:
        """The pages in their order (7.7.3)."""
        roots = _ROOT.findall(self.objects.data)
        root = self.objects.resolve(Ref(int(roots[-1]), 0)) if roots else None
        waiting: list[Value] = [root.get("Pages")] if isinstance(root, dict) else []
        seen: set[int] = set()
        while waiting and len(seen) < PAGES:
            one = waiting.pop()
            if isinstance(one, Ref):
                if one.number in seen:
                    continue
                seen.add(one.number)
            node = self.objects.resolve(one)
            kids = self.objects.resolve(node.get("Kids")) if isinstance(node, dict) else None
            if isinstance(kids, list):
                waiting += reversed(kids)
            else:
                yield node

    def _reaches(self, page: Value) -> bool:
        """Whether a page leads to something dangerous."""
        waiting, seen = [page], set[int]()
        while waiting and len(seen) < FOLLOWED:
            one = waiting.pop()
            if isinstance(one, Ref):
                if one.number in self.dangerous:
                    return True
                if one.number not in seen:
                    seen.add(one.number)
                    at = self.objects.places.get(one.number, -1)
                    stream = self.objects.stream(at)
                    waiting.append(self.objects.resolve(one) if stream is None else {**stream.entries})
            elif isinstance(one, dict):
                waiting += [value for key, value in one.items() if key not in NOT_DRAWN]
            elif isinstance(one, list):
                waiting += one
        return False
