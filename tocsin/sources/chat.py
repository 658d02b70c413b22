"""WhatsApp chats exported as text: every message a record with its date; whoever wrote it is another person.

The app writes `[12/03/2024, 14:05:33] Name: text` on iPhones and `12/03/2024, 14:05 - Name: text` elsewhere, in the
order of date and time of the telephone's language; lines without a date go on with the message before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from tocsin.sources.encoding import detect
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed
from tocsin.sources.vcard_blocks import records_in, survey_by, text_of

_MARK = "[\u200e\u200f\u202a-\u202e\ufeff]*"
_DATE = r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}"
_TIME = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[ \u00a0\u202f]?[AaPp]\.?[ \u00a0\u202f]?[Mm]\.?)?"
_WHEN = f"{_DATE},? ?(?:à |at |um |às )?{_TIME}"
_START = f"^{_MARK}(?:\\[({_WHEN})\\] {_MARK}|({_WHEN}) [-–] {_MARK})"
_STARTS = re.compile(_START, re.MULTILINE)
_STARTS_BYTES = re.compile(
    rb"(?m)^(?:\xe2\x80[\x8e\x8f\xaa-\xae]|\xef\xbb\xbf)*\[?(?=\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4},? ?(?:\xc3\xa0 |at |um |\xc3\xa0s )?"
    rb"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:(?: |\xc2\xa0|\xe2\x80\xaf)?[AaPp]\.?(?: |\xc2\xa0|\xe2\x80\xaf)?[Mm]\.?)?(?:\] | (?:-|\xe2\x80\x93) ))"
)
_MESSAGE = re.compile(_START + r"(?:([^\n:]{1,120}?):(?: |\n|$))?(.*)", re.DOTALL)
PROSE = frozenset(("message",))
LOOKED_AT, BATCH = 60, 50_000


def sniff(head: bytes, size: int) -> Sniffed | None:
    """Several lines that begin with a date and a name, most of all that begin with a figure or a bracket."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[:65536].decode(encoding, "ignore").removeprefix("\ufeff").replace("\r\n", "\n")
    lines = [line for line in text.split("\n") if line.strip()][:LOOKED_AT]
    begun = [found for line in lines if (found := _MESSAGE.match(line)) is not None]
    if not lines or _STARTS.match(lines[0]) is None or len(begun) < 2 or len(begun) * 4 < len(lines):
        return None
    named = sum(found[3] is not None for found in begun)
    return Sniffed(confidence=0.975, encoding=encoding) if named * 2 >= len(begun) else None


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of whole messages."""
    return survey_by(located, _STARTS_BYTES)


def read(section: Section) -> Iterator[Given]:
    """The messages as rows: what is said, then who says it."""
    text, issue = text_of(section)
    rows: list[tuple[int, int, str | None, str | None, str | None]] = []
    for number, message in enumerate(records_in(text, _STARTS), section.first):
        found = _MESSAGE.match(message.strip())
        if found is None:
            rows.append((number, 0, None, None, message.strip()))
            continue
        rows.append((number, 0, found[1] or found[2], None, found[4].strip()))
        if found[3]:
            rows.append((number, 1, None, found[3].strip("~ \u00a0\u202f\u200e\u202a\u202c"), None))
        if len(rows) >= BATCH:
            yield _given(rows)
            rows = []
    if rows:
        yield _given(rows)
    if issue is not None:
        yield issue


def _given(rows: list[tuple[int, int, str | None, str | None, str | None]]) -> Rows:
    numbers, mentions, dates, senders, messages = zip(*rows, strict=True)
    frame = {"date": dates, "sender.name": senders, "message": messages}
    return Rows(
        frame=pl.DataFrame({name: pl.Series(cells, dtype=pl.String()) for name, cells in frame.items()}),
        numbers=pl.Series("record", numbers, pl.UInt64()),
        mentions=pl.Series("mention", mentions, pl.Int32()),
        prose=PROSE,
    )


FORMAT = Format(
    name="chat",
    label={"fr": "conversation WhatsApp (texte)", "en": "WhatsApp chat (text)"},
    reader="chat",
    sniff=sniff,
    survey=survey,
    read=read,
)
