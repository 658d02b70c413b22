"""Address books, directories, calendars, chats, logs and what platforms hand a person: fields, mentions, dirt."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.sources.mail_reading import read_bytes
from tests.sources.reading import read_bytes as read_table
from tocsin.sources import vcard_blocks
from tocsin.sources.wrapped import mended

CARD = """BEGIN:VCARD\r
VERSION:3.0\r
N:Lilas;Zoé;;Dr;\r
FN:Dr Zoé Lilas\r
item1.EMAIL;TYPE=home:zoe@exam\r
 ple.org\r
TEL;TYPE=CELL:+33 6 00 00 00 00\r
ADR;TYPE=home:;;1 rue des Lilas\\, bât. B;Paris;;75000;France\r
BDAY:1985-04-12\r
NOTE:ligne\\nautre\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r
 SkZJRg==\r
END:VCARD\r
"""
OLD = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;L=\n=C3=A9a\nTEL;CELL:06 11\nEND:VCARD\n"


def test_vcard(tmp_path: Path) -> None:
    """Structured values are taken apart, old encodings undone, pictures left out."""
    found = read_table(tmp_path, (CARD + OLD).encode())
    assert found.located[0].format == "vcard"
    assert found.rows[0] == {
        "family_name": ["Lilas"],
        "given_name": ["Zoé"],
        "title": ["Dr"],
        "full_name": ["Dr Zoé Lilas"],
        "email": ["zoe@example.org"],
        "tel": ["+33 6 00 00 00 00"],
        "street": ["1 rue des Lilas, bât. B"],
        "city": ["Paris"],
        "postcode": ["75000"],
        "country": ["France"],
        "birth_date": ["1985-04-12"],
        "note": ["ligne\nautre"],
    }
    assert found.rows[1] == {"family_name": ["Lefèvre"], "given_name": ["Léa"], "tel": ["06 11"]}
    assert found.issues == []


@pytest.mark.parametrize("block", [50, 333, 1 << 22])
def test_cards_in_sections_and_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    """Numbers go on from section to section; a card without its end is told and read."""
    monkeypatch.setattr(vcard_blocks, "BLOCK", block)
    text = CARD * 9
    found = read_table(tmp_path, text[: text.rindex("END:")].encode())
    assert sorted(found.rows) == list(range(9))
    assert [(issue.code, issue.place) for issue in found.issues] == [("source.truncated", "record 8")]


def test_ldif(tmp_path: Path) -> None:
    """Entries are records; base64 and folded lines are undone."""
    name = base64.b64encode("Zoé Lilas".encode()).decode()
    text = (
        f"version: 1\n\n# people\ndn: uid=zoe,dc=example\ncn:: {name}\nmail: zoe@exam\n ple.org\n"
        "userPassword:: e1NTSEF9YWJj\njpegPhoto:: /9j/\n\ndn: uid=bo,dc=example\nmail: bo@example.net\nmail: b@example.net\n"
    )
    found = read_table(tmp_path, text.encode())
    assert found.located[0].format == "ldif"
    assert found.rows[0] == {
        "dn": ["uid=zoe,dc=example"],
        "cn": ["Zoé Lilas"],
        "mail": ["zoe@example.org"],
        "userPassword": ["{SSHA}abc"],
    }
    assert found.rows[1]["mail"] == ["bo@example.net", "b@example.net"]


def test_calendar(tmp_path: Path) -> None:
    """What an event says is mention 0; who organises and attends are mentions of their own."""
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Bilan\r\nDTSTART:20260101T100000Z\r\n"
        'ORGANIZER;CN="Lilas; Zoé":mailto:zoe@example.org\r\nATTENDEE;CN=Bo:MAILTO:bo@example.net\r\n'
        "ATTENDEE:mailto:ZOE@example.org\r\nDESCRIPTION:appeler le\\n06 00\r\nEND:VEVENT\r\n"
        "BEGIN:VTODO\r\nSUMMARY:Rappel\r\nEND:VTODO\r\nBEGIN:VEVENT\r\nSUMMARY:coupé"
    )
    found = read_bytes(tmp_path, text.encode())
    assert found.formats == {"x.bin": "ical"}
    assert found.only()[0] == {
        0: {"summary": "Bilan", "dtstart": "20260101T100000Z", "description": "appeler le\n06 00"},
        1: {"organizer": "zoe@example.org", "organizer.name": "Lilas; Zoé", "attendee": "ZOE@example.org"},
        2: {"attendee": "bo@example.net", "attendee.name": "Bo"},
    }
    assert found.only()[1] == {0: {"summary": "Rappel"}}
    assert [(issue.code, issue.place) for issue in found.issues] == [("source.truncated", "record 2")]


@pytest.mark.parametrize(
    "lines",
    [
        "[12/03/2024, 14:05:33] Zoé Lilas: bonjour\n\u200e[12/03/2024, 14:06:01] ~ Bo: \u200eimage omise\nsuite",
        "12/03/2024, 14:05 - Zoé Lilas: bonjour\n12/03/2024, 14:06 - Bo: image omise\nsuite",
        "12/03/2024 à 14:05 - Zoé Lilas: bonjour\n12/03/2024 à 14:06 - Bo: image omise\nsuite",
        "3/12/24, 2:05\u202fPM - Zoé Lilas: bonjour\n3/12/24, 2:06\u202fPM - Bo: image omise\nsuite",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_chat(tmp_path: Path, lines: str, end: str) -> None:
    """Messages are records, of several lines too; whoever writes is another person."""
    found = read_bytes(tmp_path, lines.replace("\n", end).encode(), "_chat.txt")
    assert found.formats == {"_chat.txt": "chat"}
    records = found.only()
    assert [records[0][0]["message"], records[0][1]] == ["bonjour", {"sender.name": "Zoé Lilas"}]
    assert records[1][0]["message"].endswith("image omise\nsuite")
    assert records[1][1] == {"sender.name": "Bo"}


ACCESS = '192.0.2.1 - zoe [01/Jan/2026:10:00:00 +0100] "GET /a?mail=zoe%40example.org HTTP/1.1" 200 12 "-" "Mozilla/5.0 (X)"\n'


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (
            ACCESS,
            {
                "ip": "192.0.2.1",
                "user": "zoe",
                "date": "01/Jan/2026:10:00:00 +0100",
                "request": "GET /a?mail=zoe%40example.org HTTP/1.1",
                "status": "200",
                "bytes": "12",
                "user_agent": "Mozilla/5.0 (X)",
            },
        ),
        (
            'host.example:443 2001:db8::1 - - [01/Jan/2026:10:00:00 +0100] "-" 408 -\n',
            {
                "host": "host.example:443",
                "ip": "2001:db8::1",
                "date": "01/Jan/2026:10:00:00 +0100",
                "status": "408",
            },
        ),
        (
            "Jan  1 10:00:00 mx sshd[42]: Accepted password for zoe from 192.0.2.1\n",
            {
                "date": "Jan  1 10:00:00",
                "host": "mx",
                "program": "sshd",
                "pid": "42",
                "message": "Accepted password for zoe from 192.0.2.1",
            },
        ),
        (
            '<34>1 2026-01-01T10:00:00Z mx su 7 ID47 [a@1 b="c"] hello\n',
            {
                "date": "2026-01-01T10:00:00Z",
                "host": "mx",
                "program": "su",
                "pid": "7",
                "message_id": "ID47",
                "data": '[a@1 b="c"]',
                "message": "hello",
            },
        ),
        (
            "2026-01-01 10:00:00,123 INFO user zoe@example.org logged in\n",
            {"date": "2026-01-01 10:00:00,123", "level": "INFO", "message": "user zoe@example.org logged in"},
        ),
    ],
)
def test_logs(tmp_path: Path, line: str, row: dict[str, str]) -> None:
    """Lines are records with fields; a line of another form keeps its number and is one field."""
    found = read_table(tmp_path, (line * 3 + "  at trace\n\n" + line).encode())
    assert found.located[0].format == "log"
    assert found.rows == {0: row, 1: row, 2: row, 3: {"line": "at trace"}, 4: row}


def test_iis_log(tmp_path: Path) -> None:
    """The fields that the log itself names."""
    text = (
        "#Software: Microsoft Internet Information Services 10.0\n#Fields: date time c-ip cs-username cs(User-Agent)\n"
        "2026-01-01 10:00:00 192.0.2.1 zoe Mozilla/5.0+(X)\n2026-01-01 10:00:01 192.0.2.2 - a b c\n"
    )
    found = read_table(tmp_path, text.encode())
    assert found.rows[2] == {
        "date": "2026-01-01",
        "time": "10:00:00",
        "ip": "192.0.2.1",
        "user": "zoe",
        "user_agent": "Mozilla/5.0 (X)",
    }
    assert found.rows[3] == {"line": "2026-01-01 10:00:01 192.0.2.2 - a b c"}


def test_a_table_that_begins_with_dates_is_no_log(tmp_path: Path) -> None:
    text = "2026-01-01 10:00:00;zoe;1\n2026-01-01 10:00:01;bo;2\n" * 5
    assert read_table(tmp_path, text.encode()).located[0].format == "csv"


def test_x_archive(tmp_path: Path) -> None:
    """The value of the script is read; what is no single value is not taken for one."""
    tweets = json.dumps(
        [{"tweet": {"id": str(number), "text": "é"}} for number in range(3)], ensure_ascii=False
    )
    for tail in ("", ";\n"):
        found = read_table(tmp_path, f"window.YTD.tweets.part0 = {tweets}{tail}".encode(), "tweets.js")
        assert found.names == ["tweets.js!/tweets.json"]
        assert found.rows == {number: {"tweet.id": str(number), "tweet.text": "é"} for number in range(3)}
        assert found.issues == []
    assert (
        read_table(tmp_path, b"var a = [1];\nfunction f() { return 1; }\n", "a.js").located[0].format
        == "text"
    )


def test_encoded_twice(tmp_path: Path) -> None:
    """Facebook's characters are mended, the rest of the text is as it was, and it is told."""
    content = {
        "messages": [
            {"sender_name": "Zo\u00c3\u00a9", "content": "a \\u00c3 \u00f0\u009f\u0098\u0080 \u00e9"}
        ]
        * 3
    }
    found = read_table(tmp_path, json.dumps(content).encode())
    assert found.located[0].format == "json_twice"
    assert found.rows[0] == {"sender_name": "Zoé", "content": "a \\u00c3 😀 é"}
    assert [issue.code for issue in found.issues] == ["source.repaired_encoding"]
    assert mended('"\\u00c3\\u00a9\\u000a\\u00c3"') == '"\\u00c3\\u00a9\\u000a\\u00c3"'
    assert mended('"\\u00c3\\u00a9\\u0022"') == '"é\\""'


def test_linkedin_preamble(tmp_path: Path) -> None:
    """The notes before the table are no records."""
    text = (
        'Notes:\n"When exporting your connection data, you may notice that some addresses are missing, because '
        'not everybody shares them."\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n'
        + "Zoé,Lilas,https://example.org/in/zoe,zoe@example.org,Example,Boss,01 Jan 2026\n"
        * 5
    )
    found = read_table(tmp_path, text.encode(), "Connections.csv")
    assert found.located[0].format == "csv"
    assert found.rows[0]["Email Address"] == "zoe@example.org"
    assert sorted(found.rows) == list(range(5))
