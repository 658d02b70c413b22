"""Plain text, the fallback for whatever no other format knows: the whole document is one record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from tocsin.sources.decoding import begin, characters, cut_place, utf8, utf8_blocks, wide
from tocsin.sources.encoding import detect
from tocsin.sources.opening import read_range, stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed, Text
from tocsin.sources.whole import one_section

SECTION = 1 << 25
PIECE = 1 << 25


def sniff(head: bytes, size: int) -> Sniffed | None:
    """Anything that has an encoding; every other format that is sure of itself comes before."""
    encoding = detect(head, size) if head else None
    return None if encoding is None else Sniffed(confidence=0.05, encoding=encoding)


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of about 32 MiB cut at white space, each with its offset in characters."""
    if wide(located):
        yield from one_section(located)
        return
    stretch, sha256 = stretch_of(located), hashlib.sha256()
    at = begin(located)
    sha256.update(stretch.read_at(0, at))
    number = offset = 0
    block = stretch.read_at(at, SECTION)
    while True:
        following = stretch.read_at(at + len(block), SECTION)
        if following:
            block = block[: cut_place(block)]
            following = stretch.read_at(at + len(block), SECTION)
        sha256.update(block)
        stop = at + len(block) if following else None
        whole = number == 0 and stop is None
        yield Section(located=located, number=number, start=at, stop=stop, offset=offset, whole=whole)
        if stop is None:
            yield Surveyed(sha256=sha256.hexdigest(), bytes=at + len(block))
            return
        offset += characters(utf8(block, located.encoding)[0])
        number, at, block = number + 1, stop, following


def read(section: Section) -> Iterator[Given]:
    """The section's pieces; the last piece of the last section closes the record."""
    located = section.located
    if wide(located):
        yield from pieces(utf8_blocks(located), offset=0, closes=True)
        return
    data, damaged = utf8(read_range(located, section.start, section.stop), located.encoding)
    if damaged:
        yield Issue(source=located.source, code="source.mixed_encoding", count=damaged)
    yield from pieces(iter((data,)), offset=section.offset, closes=section.stop is None)


def pieces(
    blocks: Iterator[bytes | Issue], *, offset: int = 0, closes: bool = True, record: int = 0
) -> Iterator[Text | Issue]:
    """UTF-8 blocks as the pieces of one record: cut at white space, at most 32 MiB each."""
    waiting: bytes = b""
    for block in blocks:
        if isinstance(block, Issue):
            yield block
            continue
        waiting = waiting + block if waiting else block
        while len(waiting) > PIECE:
            piece = waiting[: cut_place(waiting[:PIECE])]
            yield Text(record=record, data=piece, offset=offset, last=False)
            offset += characters(piece)
            waiting = waiting[len(piece) :]
    yield Text(record=record, data=waiting, offset=offset, last=closes)


FORMAT = Format(
    name="text",
    label={"fr": "texte", "en": "plain text"},
    reader="text",
    sniff=sniff,
    survey=survey,
    read=read,
)
