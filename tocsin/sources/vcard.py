"""vCards (2.1, 3.0, 4.0): every card a record, its structured names and addresses taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.sources.encoding import detect
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.vcard_blocks import records_in, rows_of, survey_by, text_of
from tocsin.sources.vcard_lines import Line, lines_of, plain

_BEGIN = re.compile(rb"(?im)^[ \t]*BEGIN:VCARD")
_BEGINS = re.compile(r"(?im)^[ \t]*BEGIN:VCARD")
_END = re.compile(r"(?im)^[ \t]*END:VCARD")
_SILENT = frozenset("begin end version prodid rev photo logo sound key".split())
# RFC 6350, sections 6.2.2 and 6.3.1: the components in order.
_NAME = ("family_name", "given_name", "additional_name", "title", "suffix")
_ADDRESS = ("po_box", "address_more", "street", "city", "region", "postcode", "country")
_CALLED = {"fn": "full_name", "bday": "birth_date", "org": "organization"}


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The first line of a card."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[:4096].decode(encoding, "replace").removeprefix("\ufeff").lstrip()
    return Sniffed(confidence=0.99, encoding=encoding) if text[:11].upper() == "BEGIN:VCARD" else None


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of whole cards."""
    return survey_by(located, _BEGIN)


def read(section: Section) -> Iterator[Given]:
    """The cards as rows; a card without its end is read and told."""
    text, issue = text_of(section)
    cards, cut = [], []
    for number, card in enumerate(records_in(text, _BEGINS), section.first):
        cards.append(_card(card))
        if not _END.search(card):
            cut.append(number)
    yield from rows_of(cards, section.first)
    for number in cut:
        yield Issue(source=section.located.source, code="source.truncated", place=f"record {number}")
    if issue is not None:
        yield issue


def _card(text: str) -> dict[str, list[str]]:
    """The fields of one card."""
    found: dict[str, list[str]] = {}
    for line in lines_of(text):
        for field, value in _fields(line):
            if value:
                found.setdefault(field, []).append(value)
    return {field: list(dict.fromkeys(values)) for field, values in found.items()}


def _fields(line: Line | str) -> list[tuple[str, str]]:
    """What one line tells."""
    if isinstance(line, str):
        return [("line", line)]
    if line.name in _SILENT:
        return []
    if line.name == "n":
        return list(zip(_NAME, line.parts(), strict=False))
    if line.name == "adr":
        label = [("address", plain(line.parameters["label"]))] if "label" in line.parameters else []
        return [*zip(_ADDRESS, line.parts(), strict=False), *label]
    if line.name in ("tel", "email", "impp", "member", "related", "geo"):
        return [
            (line.name, re.sub(r"^(?:tel|mailto|geo|xmpp|sip):", "", plain(line.value), flags=re.IGNORECASE))
        ]
    if line.name == "org":
        return [("organization", part) for part in line.parts()]
    return [(_CALLED.get(line.name, line.name), plain(line.value))]


FORMAT = Format(
    name="vcard",
    label={"fr": "carnet d’adresses (vCard)", "en": "address book (vCard)"},
    reader="vcard",
    sniff=sniff,
    survey=survey,
    read=read,
)
