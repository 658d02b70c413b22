"""A document as one record: the texts of its parts one after the other, each with its place, offsets running on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.decoding import characters, cut_place
from tocsin.sources.source import Given, Issue, Text

PIECE = 1 << 25


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a document's text (UTF-8) and where it stands: a part, a page, or None for the body."""

    place: str | None
    data: bytes


def said(place: str | None, text: str) -> Said:
    """A piece of text; what no encoding can hold becomes U+FFFD."""
    return Said(place, text.encode("utf-8", "replace"))


def record(given: Iterator[Said | Issue]) -> Iterator[Given]:
    """The pieces as those of record 0, of 32 MiB at most; the last one closes the record. Issues pass through."""
    waiting: Said | None = None
    offset = 0
    for one in given:
        if isinstance(one, Issue):
            yield one
            continue
        if not one.data:
            continue
        if waiting is not None and waiting.place == one.place and len(waiting.data) < PIECE:
            one = Said(one.place, waiting.data + one.data)
        elif waiting is not None:
            yield Text(record=0, data=waiting.data, offset=offset, place=waiting.place, last=False)
            offset += characters(waiting.data)
        while len(one.data) > PIECE:
            piece = one.data[: cut_place(one.data[:PIECE])]
            yield Text(record=0, data=piece, offset=offset, place=one.place, last=False)
            offset += characters(piece)
            one = Said(one.place, one.data[len(piece) :])
        waiting = one
    last = waiting or Said(None, b"")
    yield Text(record=0, data=last.data, offset=offset, place=last.place)
