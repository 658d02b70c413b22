"""Single messages (EML, the files of a Maildir, messages inside messages): one record, its attachments beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from tocsin.sources.mail_header import header_end
from tocsin.sources.mail_member import inline, listed, member
from tocsin.sources.mail_message import HELD, Held, add, split
from tocsin.sources.mail_parts import Parts
from tocsin.sources.mail_rows import Mails
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed
from tocsin.sources.stretch import Stretch
from tocsin.sources.whole import one_section

_START = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n \t]*(?:>From [^\n]*\n)*")
_KNOWN = re.compile(
    rb"^(received|return-path|delivered-to|from|to|cc|bcc|subject|date|message-id|mime-version|content-type|reply-to"
    rb"|content-transfer-encoding|sender|in-reply-to|references|x-[a-z0-9-]+|dkim-signature|arc-seal|envelope-to"
    rb"|authentication-results|x-mozilla-status|status|importance|thread-topic|list-unsubscribe)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_PARTS = re.compile(rb"(?im)^content-type[ \t]*:[ \t\r\n]*multipart/[a-z]+;[^\n]*(?:\n[ \t][^\n]*)*boundary")
_WRITER = re.compile(rb"(?im)^from[ \t]*:[^\n]*[^\s<@]@[^\s>@]")
_TELLING = frozenset((b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"))
_USUAL = frozenset((b"from", b"to", b"date", b"subject", b"cc", b"content-type"))


def sniff(head: bytes, size: int) -> Sniffed | None:
    """Header lines from the start on, among them several that only messages have."""
    start = _begin(head[:4096])
    if not _KNOWN.match(head, start):
        return None
    end, _ = header_end(head, start, len(head))
    names = {found[1].lower() for found in _KNOWN.finditer(head, start, end)}
    usual, telling = len(names & _USUAL), len(names & _TELLING)
    if _PARTS.search(head, start, end):
        return Sniffed(confidence=0.985)
    if usual + telling < 2 or (not telling and b"subject" not in names):
        written = {b"from", b"to"} <= names and _WRITER.search(head, start, end)
        return Sniffed(confidence=0.9) if written else None
    lines = head.count(b"\n", start, end) or 1
    folded = head.count(b"\n ", start, end) + head.count(b"\n\t", start, end)
    sure = usual + telling >= 3 or (lines - folded) <= 3 * len(names)
    return Sniffed(confidence=0.985 if sure else 0.9)


def _begin(head: bytes) -> int:
    """Where the header begins: after a byte order mark, blank lines, lines that a mailbox quoted."""
    start = _START.match(head)
    return start.end() if start is not None else 0


def _opened(located: Located) -> tuple[Stretch, Parts]:
    """The bytes of a message and its parts; a message of usual size is held in memory."""
    base = stretch_of(located)
    length = base.length()
    begin = _begin(base.read_at(0, 4096))
    held: Stretch = Held(base.read_at(0, length)) if length <= HELD else base
    return held, split(held, begin, length, inline=inline(located))


def read(section: Section) -> Iterator[Given]:
    """The message as rows, one a mention."""
    located = section.located
    base, parts = _opened(located)
    mails = Mails()
    yield from add(mails, 0, located, base, parts)
    yield mails.rows()


def members(located: Located) -> Iterator[Located | Issue]:
    """The attachments."""
    base, parts = _opened(located)
    yield from listed(located, base, parts, "")


def sample(located: Located) -> Rows:
    """Nothing: the columns of one message are planned where it is read."""
    return Rows(frame=pl.DataFrame(), numbers=pl.Series("record", [], pl.UInt64()))


FORMAT = Format(
    name="eml",
    label={"fr": "message électronique (EML)", "en": "e-mail message (EML)"},
    reader="mail",
    sniff=sniff,
    survey=one_section,
    read=read,
    sample=sample,
    container=members,
    member=member,
    itself=True,
)
