"""HL7 v2 messages (one, many, in batches, in MLLP frames): every message a record, its persons mentions.

Rules: HL7 v2.5.1 chapter 2, from public implementations; unverified against the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.sources.encoding import detect
from tocsin.sources.hl7_persons import PROSE, persons
from tocsin.sources.hl7_rows import Person, rows_with_mentions
from tocsin.sources.hl7_segments import segments, signs_of
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.vcard_blocks import records_in, survey_by, text_of

_BEGIN = re.compile(rb"(?<![^\r\n\x0b\x1c])MSH(?=[^\w\s][^\w\s]{2})")
_BEGINS = re.compile(_BEGIN.pattern.decode())
_FIRST = re.compile(r"[\s\x0b\x1c]*(?:MSH|FHS|BHS)([^\w\s])[^\w\s]{2,5}\1")
_FRAMES = bytes.maketrans(b"\x0b\x1c", b"\n\n")


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The header of a message, of a batch or of a file of batches, with its delimiters."""
    head = head.translate(_FRAMES)
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[:4096].decode(encoding, "replace").removeprefix("\ufeff")
    return Sniffed(confidence=0.99, encoding=encoding) if _FIRST.match(text) else None


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of whole messages."""
    return survey_by(located, _BEGIN)


def read(section: Section) -> Iterator[Given]:
    """The messages as rows, one a person; documents inside them are told, not read."""
    text, issue = text_of(section)
    found: list[list[Person]] = []
    for number, message in enumerate(records_in(text, _BEGINS), section.first):
        everybody, embedded = persons(segments(message, signs_of(message, "MSH")))
        found.append(everybody)
        if embedded:
            yield Issue(
                source=section.located.source,
                code="source.unsupported",
                place=f"record {number}",
                count=embedded,
                detail="hl7 ED",
            )
    yield from rows_with_mentions(found, section.first, PROSE)
    if issue is not None:
        yield issue


FORMAT = Format(
    name="hl7",
    label={"fr": "messages de santé (HL7 v2)", "en": "health messages (HL7 v2)"},
    reader="hl7",
    sniff=sniff,
    survey=survey,
    read=read,
)
