"""Mailboxes: where messages begin in every variant, their numbers, their attachments, and bad ones that cost themselves."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.mail_reading import Mail, read_bytes
from tocsin.sources import mbox, mbox_borders
from tocsin.sources.mail_message import Held
from tocsin.sources.mbox_borders import Borders

LINE = b"From zoe@example.org Thu Jan  1 10:00:00 2026\n"
CSV = (
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbonjour\n--b\n"
    b"Content-Disposition: attachment; filename=a.csv\n\nnom;age\nA;1\nB;2\n--b--\n"
)


def message(number: int, text: bytes = b"bonjour\n", fields: bytes = b"") -> bytes:
    """One message of a mailbox."""
    return LINE + b"From: u%d@example.org\nTo: bo@example.net\nSubject: s\n%s\n%s\n" % (number, fields, text)


def senders(found: Mail) -> list[str]:
    """Who wrote each record, in order of their numbers."""
    records = found.only()
    assert list(records) == sorted(records)
    return [records[number][1]["from"] for number in records]


def everybody(count: int) -> list[str]:
    """The senders of so many messages."""
    return [f"u{number}@example.org" for number in range(count)]


@given(
    texts=st.lists(
        st.sampled_from(
            [
                b"bonjour\n",
                b">From here on\n\n>From there\n",
                b"x\n\nFrom here on it rains\nyes\n",
                b"\n\n\n",
                b"From: somebody\nTo: me\n",
                b"a\nFrom b Thu Jan  1 10:00:00 2026\nc\n",
                b"fin sans saut",
            ]
        ),
        min_size=1,
        max_size=30,
    ),
    window=st.sampled_from([700, 1 << 22]),
    section=st.sampled_from([1, 500, 1 << 22]),
    crlf=st.booleans(),
)
def test_messages_are_told_apart(
    tmp_path: Path, texts: list[bytes], window: int, section: int, crlf: bool
) -> None:
    """Whatever stands in them, wherever windows and sections end."""
    content = b"".join(message(number, text) + b"\n" for number, text in enumerate(texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mbox_borders, "WINDOW", window)
        patch.setattr(mbox_borders, "LOOK", 300)
        patch.setattr(mbox, "SECTION", section)
        found = read_bytes(tmp_path, content.replace(b"\n", b"\r\n") if crlf else content)
    assert found.formats == {"x.bin": "mbox"}
    assert senders(found) == everybody(len(texts))
    assert found.codes == []


def test_content_length(tmp_path: Path) -> None:
    """Bytes that are counted are believed where a message or the end follows them, and nowhere else."""
    inside = message(7)
    true = message(0, inside, b"Content-Length: %d\n" % (len(inside) + 1))
    assert senders(read_bytes(tmp_path, true + message(1))) == everybody(2)
    for lie in (b"Content-Length: 3\n", b"Content-Length: 99999999999\n"):
        assert senders(read_bytes(tmp_path, message(0, fields=lie) + message(1))) == everybody(2)


def test_without_dates(tmp_path: Path) -> None:
    """A bare `From` line counts where fields of a mail follow."""
    content = b"".join(message(number).replace(LINE, b"From -\n") for number in range(3))
    assert senders(read_bytes(tmp_path, content)) == everybody(3)


def test_attachments(tmp_path: Path) -> None:
    """They stand under the number of their message."""
    content = message(0) + message(1, fields=CSV) + message(2, fields=CSV.replace(b"a.csv", b"../b.csv"))
    found = read_bytes(tmp_path, content, "inbox.mbox")
    assert found.names == ["inbox.mbox", "inbox.mbox!/1/a.csv", "inbox.mbox!/2/../b.csv"]
    assert found.contents["inbox.mbox!/1/a.csv"] == b"nom;age\nA;1\nB;2"
    assert [(issue.code, issue.place) for issue in found.issues] == [("source.hostile_name", "2/../b.csv")]


def test_inside_an_archive(tmp_path: Path) -> None:
    """Nothing is unpacked: the mailbox and its attachments are read where they are."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inbox.mbox", message(0) + message(1, fields=CSV))
    found = read_bytes(tmp_path, packed.getvalue(), "a.zip")
    assert found.names == ["a.zip!/inbox.mbox", "a.zip!/inbox.mbox!/1/a.csv"]
    assert found.contents["a.zip!/inbox.mbox!/1/a.csv"] == b"nom;age\nA;1\nB;2"
    assert senders(found) == everybody(2)


def test_bad_messages_cost_themselves_alone(tmp_path: Path) -> None:
    """One that is no text at all is counted; all others keep their numbers."""
    bad = LINE + bytes(range(1, 9)) * 400 + b"\n\n"
    content = b"".join(bad if number % 4 == 1 else message(number) for number in range(12))
    found = read_bytes(tmp_path, content)
    assert sorted(found.only()) == [number for number in range(12) if number % 4 != 1]
    assert [(issue.code, issue.place) for issue in found.issues] == [
        ("source.bad_record", f"record {number}") for number in (1, 5, 9)
    ]


def test_a_message_without_header_is_text(tmp_path: Path) -> None:
    """What is text is read, even where no field says whose."""
    found = read_bytes(tmp_path, message(0) + LINE + b"\nbonjour\n\n" + message(2))
    assert found.only()[1] == {0: {"body": "bonjour"}, 2: {"return-path": "zoe@example.org"}}


def test_a_very_large_message_is_a_section_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is read part by part, its attachment as well."""
    monkeypatch.setattr(mbox, "LARGE", 3000)
    monkeypatch.setattr(mbox, "HELD", 3000)
    content = message(0) + message(1, fields=CSV.replace(b"A;1\n", b"A;1\n" * 2000)) + message(2) + message(3)
    found = read_bytes(tmp_path, content)
    assert found.sections == 3 + 1  # the attachment is one, too
    assert senders(found) == everybody(4)
    assert found.contents["x.bin!/1/a.csv"] == b"nom;age\n" + b"A;1\n" * 2000 + b"B;2"


def test_text_that_begins_with_from_is_no_mailbox() -> None:
    for text in (b"From here on\nit rains\n", b"From: a\nTo: b\n", b"", b"From "):
        assert mbox.sniff(text, len(text)) is None
    assert list(Borders(Held(b"")).places()) == []
