"""Outlook messages (MSG): one record, its attachments and the messages inside it beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from tocsin.sources.mail_decoding import text_in
from tocsin.sources.mail_header import Fields, fields
from tocsin.sources.mail_page import page
from tocsin.sources.mail_rows import Mails
from tocsin.sources.mail_text import Said, signed
from tocsin.sources.msg_properties import ATTACHMENT, BINARY, OBJECT, RECIPIENT, Properties, rtf
from tocsin.sources.msg_rtf import text_of_rtf
from tocsin.sources.names import beside, escaped, hostile
from tocsin.sources.ole import Compound
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section
from tocsin.sources.whole import one_section

_ROLES = {1: "to", 2: "cc", 3: "bcc"}
BY_VALUE, BY_REFERENCE = 1, (2, 3, 4)


def read(section: Section) -> Iterator[Given]:
    """The message as rows, one a mention."""
    located = section.located
    message = Properties(Compound(stretch_of(located)))
    codes = []
    kind = message.text("001A").upper()
    if kind.startswith("IPM.NOTE.SMIME") and not kind.endswith("MULTIPARTSIGNED"):
        codes.append("source.encrypted")
    if message.file.damage is not None:
        codes.append(message.file.damage.code)
    body, signature = signed(_body(message))
    mails = Mails()
    mails.add(0, _header(message), Said(body, signature, ()))
    for code in codes:
        yield Issue(source=located.source, code=code, place="record 0")
    yield mails.rows()


def _header(message: Properties) -> Fields:
    """The header that came over the internet, and what Outlook knows besides."""
    found = fields(message.text("007D").replace("\r\n", "\n").encode())
    names = {name for name, _ in found}
    told = [("subject", message.text("0037"))] if "subject" not in names else []
    sender = _person(message.text("5D02", "0065", "5D01", "0C1F"), message.text("0042", "0C1A"))
    if sender and "from" not in names:
        told.append(("from", sender))
    real = _person(message.text("5D01", "0C1F"), message.text("0C1A"))
    if real and real != sender:
        told.append(("sender", real))
    for one in message.inside(RECIPIENT):
        person = _person(one.text("39FE", "3003"), one.text("3001", "5FF6"))
        told.append((_ROLES.get(one.number("0C15"), "to"), person))
    if not any(name in ("to", "cc", "bcc") for name, _ in (*told, *found)):
        told += [
            (name, message.text(number)) for name, number in (("to", "0E04"), ("cc", "0E03"), ("bcc", "0E02"))
        ]
    return found + [(name, value.encode()) for name, value in told if value]


def _person(address: str, name: str) -> str:
    """Somebody as a header writes him."""
    if not address:
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"' if name else ""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address.strip("<>")}>'


def _body(message: Properties) -> str:
    """The plain text; of the page (its own or the one in the RTF) the lines that the plain text does not have."""
    plain = message.text("1000").replace("\r\n", "\n")
    html = message.text("1013") or text_in(message.data("1013"), message.page)[0]
    markup = page(html) if html else ""
    if not plain and not markup:
        text, hidden = text_of_rtf(rtf(message.data("1009")))
        return page(text) if hidden else text
    if not plain:
        return markup
    known = set(plain.split())
    more = [line for line in markup.split("\n") if any(word not in known for word in line.split())]
    return "\n".join((plain, *more))


def members(located: Located) -> Iterator[Located | Issue]:
    """The attachments and the messages inside the message."""
    message = Properties(Compound(stretch_of(located)))
    for number, one in enumerate(message.inside(ATTACHMENT), 1):
        entry = one.entry("3701", BINARY, OBJECT)
        name = (
            one.text("3707", "3704", "3001") or f"part-{number}.{'msg' if one.number('3705') == 5 else 'bin'}"
        )
        name = escaped(name.encode("utf-8", "surrogateescape"))
        if entry is None:
            code = "source.elsewhere" if one.number("3705") in BY_REFERENCE else "source.damaged"
            yield Issue(source=located.source, place=name, code=code)
            continue
        if hostile(name):
            yield Issue(source=located.source, place=name, code="source.hostile_name")
        chain = (*located.members, entry.number)
        yield replace(
            located, source=beside(located.source, name), members=chain, bytes=entry.size, dialect=()
        )


def sample(located: Located) -> Rows:
    """Nothing: the columns of one message are planned where it is read."""
    return Rows(frame=pl.DataFrame(), numbers=pl.Series("record", [], pl.UInt64()))


FORMAT = Format(
    name="msg",
    label={"fr": "message Outlook (MSG)", "en": "Outlook message (MSG)"},
    reader="mail",
    sniff=lambda head, size: None,
    survey=one_section,
    read=read,
    sample=sample,
    container=members,
    itself=True,
)
