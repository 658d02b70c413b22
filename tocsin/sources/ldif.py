"""Directory exports (LDIF): every entry a record, its attributes fields; base64 decoded, folded lines put together.

Rules: RFC 2849.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from tocsin.sources.encoding import detect
from tocsin.sources.mail_decoding import base64
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.vcard_blocks import records_in, rows_of, survey_by, text_of

_BEGIN = re.compile(rb"(?im)^dn::?")
_BEGINS = re.compile(_BEGIN.pattern.decode())
_START = re.compile(r"(?:(?:#[^\n]*|version:[^\n]*|[ \t]*)\n(?: [^\n]*\n)*)*dn::? *\S", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([A-Za-z0-9.;_-]{1,128})(:[:<]?)[ \t]*(.*)", re.DOTALL)
_PHOTOS = frozenset(
    ("jpegphoto", "photo", "thumbnailphoto", "usercertificate", "objectguid", "objectsid", "audio")
)


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A distinguished name first, after comments and the version."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[:65536].decode(encoding, "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    return Sniffed(confidence=0.98, encoding=encoding) if _START.match(text) else None


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of whole entries."""
    return survey_by(located, _BEGIN)


def read(section: Section) -> Iterator[Given]:
    """The entries as rows."""
    text, issue = text_of(section)
    entries = [_entry(entry) for entry in records_in(text, _BEGINS)]
    yield from rows_of(entries, section.first)
    if issue is not None:
        yield issue


def _entry(text: str) -> dict[str, list[str]]:
    """The attributes of one entry; a line that is none is kept as it stands."""
    found: dict[str, list[str]] = {}
    for line in text.replace("\n ", "").split("\n"):
        if not line.strip() or line.startswith("#") or line in ("-",):
            continue
        told = _ATTRIBUTE.match(line)
        name, sign, value = told.groups() if told is not None else ("line", ":", line)
        name = name.partition(";")[0]
        if name.lower() in _PHOTOS and sign != ":":
            continue
        if sign == "::":
            value = _decoded(value)
        if value.strip() and name.lower() != "version":
            found.setdefault(name, []).append(value.strip())
    return found


def _decoded(value: str) -> str:
    """A value in base64; bytes that are no text give nothing."""
    try:
        return base64(value.encode())[0].decode("utf-8")
    except (UnicodeDecodeError, binascii.Error):
        return ""


FORMAT = Format(
    name="ldif",
    label={"fr": "annuaire (LDIF)", "en": "directory (LDIF)"},
    reader="ldif",
    sniff=sniff,
    survey=survey,
    read=read,
)
