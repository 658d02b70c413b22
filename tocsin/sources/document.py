"""A document as one record: the texts of its parts one after the other, each with its place, offsets running on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.decoding import characters, cut_place
from tocsin.sources.source import Given, Issue, Text

PIECE = 1 << 25


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a document's text (UTF-8) and where it stands: a part, a page, or None for the body.

    `whole` says that nothing more of this place follows.
    """

    place: str | None
    data: bytes
    whole: bool = False


def said(place: str | None, text: str, *, whole: bool = False) -> Said:
    """A piece of text; what no encoding can hold becomes U+FFFD."""
    return Said(place, text.encode("utf-8", "replace"), whole)


def record(given: Iterator[Said | Issue]) -> Iterator[Given]:
    """The pieces as those of record 0, of 32 MiB at most, an empty one to close it. Issues pass through.

    A piece is given at once where the next one stands elsewhere, so that what is read is not lost with what follows.
    """
    offset = 0
    last: str | None = None
    for one in _together(given):
        if isinstance(one, Issue):
            yield one
            continue
        data, last = one.data, one.place
        while data:
            piece = data if len(data) <= PIECE else data[: cut_place(data[:PIECE])]
            yield Text(record=0, data=piece, offset=offset, place=one.place, last=False)
            offset += characters(piece)
            data = data[len(piece) :]
    yield Text(record=0, data=b"", offset=offset, place=last)


def _together(given: Iterator[Said | Issue]) -> Iterator[Said | Issue]:
    """Small pieces of one place made one; a page is given as soon as it is there."""
    waiting: Said | None = None
    for one in given:
        if isinstance(one, Issue):
            yield one
            continue
        if waiting is not None and waiting.place == one.place and len(waiting.data) < PIECE:
            waiting = Said(one.place, waiting.data + one.data)
        elif waiting is not None:
            yield waiting
            waiting = one
        else:
            waiting = one
        if waiting.whole or one.whole:
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting
