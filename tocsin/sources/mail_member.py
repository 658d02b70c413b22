"""Attachments as sources of their own: which a message has, what they are called, and their bytes, decoded as they are read."""

from __future__ import annotations

import binascii
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from tocsin.sources.limits import limit
from tocsin.sources.mail_decoding import OUTSIDE, base64, decoded
from tocsin.sources.mail_header import LONGEST, fields, header_end
from tocsin.sources.mail_parts import Leaf, Part, Parts
from tocsin.sources.mail_text import attached, files_in
from tocsin.sources.names import beside, escaped, hostile
from tocsin.sources.source import Issue, Located
from tocsin.sources.stretch import Damage, Stretch, gathered
from tocsin.sources.stretch import Part as Piece

PIECE = 1 << 20
# A member's number is the place of its header, and above these bits the place where it ends.
BITS = 48
_PLAIN = (1 << BITS) - 1
_ENDINGS = {
    "text/plain": "txt",
    "text/html": "html",
    "image/jpeg": "jpg",
    "message/rfc822": "eml",
    "text/calendar": "ics",
}


def inline(located: Located) -> bool:
    """Whether messages inside messages are read as parts, because archives may not go deeper."""
    return len(located.members) >= limit("depth", "levels") - 1


def listed(located: Located, base: Stretch, parts: Parts, folder: str) -> Iterator[Located | Issue]:
    """The attachments of one message; `folder` comes before their names (`42/` in a mailbox)."""
    for number, (part, leaf) in enumerate(attached(parts), 1):
        yield from _given(located, folder + _name(leaf, number), (part.stop << BITS) + part.at)
    for part in parts.leaves:
        if Leaf(part).body and Leaf(part).encoding not in ("base64", "quoted-printable"):
            yield from _files(located, base, part, folder)


def _files(located: Located, base: Stretch, part: Part, folder: str) -> Iterator[Located | Issue]:
    """The uuencoded files in a text."""
    data = base.read_at(part.start, min(part.stop - part.start, 1 << 26))
    if b"begin " not in data:
        return
    for start, name, stop in files_in(data):
        yield from _given(located, folder + escaped(name), (part.start + stop << BITS) + part.start + start)


def _given(located: Located, name: str, number: int) -> Iterator[Located | Issue]:
    if hostile(name):
        yield Issue(source=located.source, place=name, code="source.hostile_name")
    chain = (*located.members, number)
    yield replace(located, source=beside(located.source, name), members=chain, bytes=-1)


def _name(leaf: Leaf, number: int) -> str:
    """What an attachment is called: its own name, or its number and what it is."""
    if leaf.name:
        return escaped(leaf.name.encode("utf-8", "surrogateescape"))
    ending = _ENDINGS.get(leaf.type, leaf.type.rpartition("/")[2])
    return f"part-{number}.{ending if ending.isalnum() else 'bin'}"


def member(base: Stretch, number: int) -> Stretch:
    """The content of the part whose number this is (`listed`)."""
    at, stop = number & _PLAIN, number >> BITS
    block = base.read_at(at, min(LONGEST, max(stop - at, 0)))
    if block.startswith(b"begin "):
        return Decoded(base, at, stop, "x-uuencode")
    end, body = header_end(block, 0, len(block))
    header = fields(block[:end])
    encoding = Leaf(Part(at, header, at + body, stop)).encoding
    if encoding in ("base64", "quoted-printable") or encoding.startswith(("x-uu", "uu")):
        return Decoded(base, at + body, stop, encoding)
    return Piece(base, at + body, max(stop - at - body, 0))


class Decoded:
    """What [start, stop) of a stretch is once its transfer encoding is undone, readable at any place.

    `_marks` are places to go on from: bytes given before, place of the next input, and input that waits.
    """

    def __init__(self, base: Stretch, start: int, stop: int, encoding: str) -> None:
        self._base, self._stop, self._encoding = base, stop, encoding
        self.root = base.root
        self.damage: Damage | None = None
        self._marks: list[tuple[int, int, bytes]] = [(0, start, b"")]
        self._end: int | None = None
        self._kept: tuple[int, bytes] = (0, b"")

    def read_at(self, start: int, count: int) -> bytes:
        """As asked; a cut encoding ends with a damage."""
        return gathered(self._piece_at, start, count)

    def length(self) -> int:
        """Decoded through where it is not known yet."""
        while self._end is None:
            self._decode(len(self._marks) - 1)
        return self._end

    def _piece_at(self, start: int) -> bytes:
        """Decoded bytes from `start`, at least one unless the end is there."""
        while True:
            first, piece = self._kept
            if first <= start < first + len(piece):
                return piece[start - first :]
            if self._end is not None and start >= self._end:
                return b""
            self._decode(max(bisect_right(self._marks, start, key=lambda mark: mark[0]) - 1, 0))

    def _decode(self, mark: int) -> None:
        """The piece after a mark; the mark after it is noted."""
        out, at, waiting = self._marks[mark]
        raw = self._base.read_at(at, max(min(PIECE, self._stop - at), 0))
        if not raw:
            piece, cut = decoded(waiting, self._encoding)
            self._kept, self._end = (out, piece), out + len(piece)
            self.damage = Damage("source.truncated") if cut else self._base.damage
            return
        piece, waiting = self._undone(waiting + raw)
        self._kept = (out, piece)
        if mark == len(self._marks) - 1:
            self._marks.append((out + len(piece), at + len(raw), waiting))

    def _undone(self, data: bytes) -> tuple[bytes, bytes]:
        """What can be decoded of `data`, and what waits for more."""
        if self._encoding != "base64":
            cut = data.rfind(b"\n") + 1 or max(len(data) - 2, 0)
            return decoded(data[:cut], self._encoding)[0], data[cut:]
        kept = data.translate(None, OUTSIDE)
        padded = kept.rfind(b"=") + 1
        head = base64(kept[:padded])[0] if padded else b""
        cut = padded + (len(kept) - padded) // 4 * 4
        return head + binascii.a2b_base64(kept[padded:cut]), kept[cut:]
