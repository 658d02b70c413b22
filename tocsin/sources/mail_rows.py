"""Messages as rows: one a mention, mention 0 for whom the mail is about, then its sender, then everybody else it names."""

from __future__ import annotations

import re

import polars as pl

from tocsin.sources.mail_decoding import loose_text
from tocsin.sources.mail_header import Address, Fields, addresses, text_of
from tocsin.sources.mail_text import Said
from tocsin.tables import Rows

SENDER = 1
# Fields that name persons, RFC 5322 section 3.6 and those that mail programs add; the sender first.
PERSONS = (
    "from sender reply-to return-path to cc bcc resent-from resent-to resent-cc resent-bcc delivered-to x-original-to"
    " envelope-to x-envelope-to apparently-to disposition-notification-to x-forwarded-to x-forwarded-for"
).split()
# What is searched as running text, all in one go; the names that people bear are cells of a table.
PROSE = frozenset(
    ("subject", "date", "body", "headers", "signature", "received", "x-originating-ip", *PERSONS)
)
_PERSONS = frozenset(PERSONS)
NAMED = frozenset("from sender reply-to to cc bcc resent-from resent-to resent-cc".split())
# Where the sender's own machine is told.
_MACHINE = frozenset(
    "x-originating-ip x-sender-ip x-client-ip x-remote-ip x-source-ip x-originating-client-ip".split()
)
# Traces of servers, seals, ids (which look like addresses and are none), and what describes the mail's own form.
_SKIPPED = frozenset(
    "received message-id in-reply-to references content-id content-type content-transfer-encoding mime-version"
    " content-disposition content-language dkim-signature domainkey-signature authentication-results received-spf"
    " thread-index thread-topic x-mailer user-agent x-gm-message-state x-google-smtp-source x-received x-uidl"
    " x-originalarrivaltime x-tmn status x-status lines content-length x-mimeole x-priority importance priority"
    " x-msmail-priority precedence x-source x-source-args x-source-dir feedback-id x-gm-thrid x-mozilla-keys"
    " x-mozilla-status x-mozilla-status2 x-evolution-source x-virus-scanned".split()
)
_SKIPPED_BEGINNINGS = (
    "arc- x-ms- x-microsoft- x-forefront- x-exchange- x-spam- x-google- x-antiabuse x-proofpoint- x-mimecast-"
    " x-barracuda- x-amavis list- x-sg- x-ses- x-ovh- x-vr- x-pm- x-me- x-ironport- x-cmae"
).split()
_HOP = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{3,45})\]")


class Mails:
    """Messages on their way to one block of rows."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._mentions: list[int] = []
        self._cells: dict[str, tuple[list[int], list[str]]] = {}
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, header: Fields, said: Said) -> None:
        """One more message, number `number` of its source."""
        self._row(number, 0)
        self._note("subject", " ".join(_first(header, "subject").split()))
        self._note("date", _first(header, "date"))
        self._note("headers", _rest(header))
        self._note("body", said.body)
        self.bytes += len(said.body)
        author = next((one for name, value in header if name == "from" for one in addresses(value)), None)
        told = _named(header)
        self._sender(number, header, said.signature, told.pop(_key(author), []) if author is not None else [])
        for mention, named in enumerate(told.values(), SENDER + 1):
            self._row(number, mention)
            self._person(named)

    def _sender(self, number: int, header: Fields, signature: str, named: list[tuple[str, Address]]) -> None:
        """Mention 1: the first author with what is told of his machine, and the signature."""
        machine = next((loose_text(value).strip("[] ") for name, value in header if name in _MACHINE), "")
        hops = [value for name, value in header if name == "received"]
        hop = _HOP.search(loose_text(hops[-1][:2000]).partition(" by ")[0]) if hops else None
        firm = _first(header, "organization") or _first(header, "x-organization")
        if not (named or signature or machine or hop is not None or firm):
            return
        self._row(number, SENDER)
        self._person(named)
        self._note("organization", firm)
        self._note("x-originating-ip", machine)
        self._note("received", hop[1] if hop is not None else "")
        self._note("signature", signature)

    def _row(self, number: int, mention: int) -> None:
        self._numbers.append(number)
        self._mentions.append(mention)

    def _person(self, named: list[tuple[str, Address]]) -> None:
        """All fields that name one person, each once."""
        for field, one in dict(reversed(named)).items():
            self._note(field, one.address)
            if field in NAMED:
                self._note("display_name", one.name)

    def _note(self, field: str, value: str) -> None:
        """A cell of the last row."""
        if not value:
            return
        at, values = self._cells.setdefault(field, ([], []))
        at.append(len(self._numbers) - 1)
        values.append(value)

    def rows(self) -> Rows:
        """All messages so far; begins anew."""
        height = len(self._numbers)
        columns = {}
        for field in sorted(self._cells, key=_order):
            at, values = self._cells[field]
            full: list[str | None] = [None] * height
            for row, value in zip(at, values, strict=True):
                full[row] = value
            columns[field] = pl.Series(full, dtype=pl.String)
        numbers = pl.Series("record", self._numbers, pl.UInt64())
        mentions = pl.Series("mention", self._mentions, pl.Int32())
        self.__init__()  # type: ignore[misc]
        if not columns:
            columns["subject"] = pl.Series([None] * height, dtype=pl.String)
        return Rows(frame=pl.DataFrame(columns), numbers=numbers, mentions=mentions, prose=PROSE)


_ORDERED = ["subject", "date", "body", "headers", *PERSONS, "display_name", "organization"]
_ORDER = {name: at for at, name in enumerate([*_ORDERED, "x-originating-ip", "received", "signature"])}


def _order(field: str) -> tuple[int, str]:
    return _ORDER.get(field, 99), field


def _key(one: Address) -> str:
    return (one.address or one.name).lower()


def _named(header: Fields) -> dict[str, list[tuple[str, Address]]]:
    """Everybody that the header names, by address, with the fields that do."""
    told: dict[str, list[tuple[str, Address]]] = {}
    for name, value in header:
        if name in _PERSONS:
            for one in addresses(value):
                told.setdefault(_key(one), []).append((name, one))
    return told


def _first(header: Fields, name: str) -> str:
    """The first field of that name as text."""
    return next((text_of(value) for found, value in header if found == name and value), "")


def _rest(header: Fields) -> str:
    """Fields that no column is for, one a line."""
    lines = []
    for name, value in header:
        if (
            name in _PERSONS
            or name in _SKIPPED
            or name in _MACHINE
            or name in ("subject", "date", "organization")
        ):
            continue
        if name.startswith(tuple(_SKIPPED_BEGINNINGS)) or not value:
            continue
        lines.append(f"{name}: {text_of(value)}")
    return "\n".join(lines)
