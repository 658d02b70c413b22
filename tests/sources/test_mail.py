"""Single messages: who is told apart, what is text, what is a source of its own, and what hostile ones cost."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.mail_reading import Mail, read, read_bytes
from tocsin.sources.mail_decoding import decoded, text_in
from tocsin.sources.mail_header import addresses, parameters, text_of
from tocsin.sources.mail_page import page
from tocsin.sources.mail_text import flowed, signed
from tocsin.sources.markup import Markup

HEADER = (
    b'From: =?utf-8?Q?Zo=C3=A9?= Lilas <zoe@example.org>\r\nTo: Bo <bo@example.net>, "Ay, Cy" <cy@example.net>\r\n'
    b"Cc: ZOE@example.org\r\nSubject: =?iso-8859-1?B?6Q==?=\r\n =?iso-8859-1?B?dOk=?=\r\n"
    b"Date: Thu, 01 Jan 2026 10:00:00 +0100\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
)


def message(body: bytes, fields: bytes = b"") -> bytes:
    """A message of this body, with further fields."""
    return HEADER + fields + b"\r\n" + body


def multipart(
    *parts: bytes, kind: str = "mixed", boundary: str = "b1", end: bool = True
) -> tuple[bytes, bytes]:
    """The body and the field of a multipart."""
    mark = b"--" + boundary.encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + (mark + b"--\r\n" if end else b"")
    return body, f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode()


TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nbonjour"


def body(found: Mail) -> str:
    """The text of the first message."""
    return found.only()[0][0].get("body", "")


def test_mentions(tmp_path: Path) -> None:
    """0 is whom the mail is about, 1 its sender with the signature, then each further address once."""
    text = "bonjour\r\n\r\nCordialement,\r\nZoé Lilas\r\n06 00 00 00 00\r\n\r\nLe 1 mai, Bo a écrit :\r\n> oui\r\n"
    found = read_bytes(tmp_path, message(text.encode(), b"Received: from a ([192.0.2.1]) by b\r\n"))
    assert found.formats == {"x.bin": "eml"}
    assert found.codes == []
    mentions = found.only()[0]
    assert mentions[0] == {
        "subject": "été",
        "date": "Thu, 01 Jan 2026 10:00:00 +0100",
        "body": "bonjour\n\nCordialement,\nLe 1 mai, Bo a écrit :\n> oui",
    }
    assert mentions[1] == {
        "from": "zoe@example.org",
        "display_name": "Zoé Lilas",
        "cc": "ZOE@example.org",
        "received": "192.0.2.1",
        "signature": "Zoé Lilas\n06 00 00 00 00",
    }
    assert mentions[2] == {"to": "bo@example.net", "display_name": "Bo"}
    assert mentions[3] == {"to": "cy@example.net", "display_name": "Ay, Cy"}
    assert len(mentions) == 4


def test_attachments_are_sources(tmp_path: Path) -> None:
    """With their names however written, decoded, once each; a message inside a message has its own."""
    inner, field = multipart(
        TEXT, b'Content-Type: text/csv; name="b.csv"\r\n\r\nnom;age\r\nA;1\r\n', boundary="b0"
    )
    outer, outer_field = multipart(
        TEXT,
        b"Content-Type: text/csv\r\nContent-Disposition: attachment;\r\n filename*0*=utf-8''pi%C3%A8;\r\n"
        b" filename*1*=ce.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(b"nom;age\nA;1\nB;2\n"),
        b"Content-Type: message/rfc822\r\n\r\n" + message(inner, field),
        b"Content-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na;b=\r\n;c\r\n1;2;3",
    )
    found = read_bytes(tmp_path, message(outer, outer_field))
    assert found.names == [
        "x.bin",
        "x.bin!/pièce.csv",
        "x.bin!/part-2.eml",
        "x.bin!/part-2.eml!/b.csv",
        "x.bin!/a.csv",
    ]
    assert found.contents["x.bin!/pièce.csv"] == b"nom;age\nA;1\nB;2\n"
    assert found.contents["x.bin!/part-2.eml!/b.csv"] == b"nom;age\r\nA;1\r\n"
    assert found.contents["x.bin!/a.csv"] == b"a;b;c\n1;2;3".replace(b"\n", b"\r\n")
    assert found.records["x.bin!/part-2.eml"][0][1]["from"] == "zoe@example.org"
    assert found.codes == []


def test_a_large_attachment_is_read_at_any_place(tmp_path: Path) -> None:
    content = bytes(range(256)) * 12_000
    part = b"Content-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    text, field = multipart(TEXT, part + base64.encodebytes(content))
    found = read_bytes(tmp_path, message(text, field))
    assert found.contents["x.bin!/a.bin"] == content


def test_alternatives_are_read_once(tmp_path: Path) -> None:
    """Of a page beside its plain text only what the text does not say."""
    text, field = multipart(
        b"Content-Type: text/plain\r\n\r\nbonjour Zo\xc3\xa9\r\nune ligne",
        b"Content-Type: text/html\r\n\r\n<p>bonjour Zo\xc3\xa9</p><p>une ligne</p><p>un secret</p>",
        kind="alternative",
    )
    assert body(read_bytes(tmp_path, message(text, field))) == "bonjour Zoé\nune ligne\nun secret"


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("été".encode("latin-1"), "iso-8859-1"),
        ("été".encode(), "iso-8859-1"),
        ("été".encode("latin-1"), "utf-8"),
        ("été".encode("cp1252"), "unknown-8bit"),
        ("été".encode("utf-16-le"), "utf-16le"),
        ("été".encode(), "utf-16"),
        ("été".encode("utf-7"), "utf-7"),
        ("été".encode("cp850"), "ibm850"),
        ("été".encode(), "idna"),
    ],
)
def test_character_sets(content: bytes, charset: str) -> None:
    """The one that is named, unless the bytes say otherwise."""
    assert text_in(content, charset)[0] == "été"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"=?utf-8?B?w6k=?= =?utf-8?B?dMOp?=", "été"),
        (b"=?utf-8?Q?=C3?= =?utf-8?Q?=A9t=C3=A9?=", "été"),
        (b"a =?utf-8*fr?q?=C3=A9t=C3=A9_b?= c", "a été b c"),
        (b"=?utf-8?B?w6k", "=?utf-8?B?w6k"),
        (b"=?x?B?w6l0w6k?=", "été"),
        ("été".encode("latin-1"), "été"),
    ],
)
def test_encoded_words(written: bytes, read: str) -> None:
    """Encoded words, cut ones, and bytes that should not be there."""
    assert text_of(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"a@x.org", [("", "a@x.org")]),
        (b"A <a@x.org>, b@x.org (B)", [("A", "a@x.org"), ("B", "b@x.org")]),
        (b"Lilas, Zo <z@x.org>; undisclosed-recipients:;", [("Lilas, Zo", "z@x.org")]),
        (b'"Lilas, \\"Zo\\"" <z@x.org>', [('Lilas, "Zo', "z@x.org")]),
        (b"Team: a@x.org, b@x.org;", [("", "a@x.org"), ("", "b@x.org")]),
        (b"'a@x.org' <a@x.org>", [("", "a@x.org")]),
        (b"Jean Lilas; Bo Rose", [("Jean Lilas", ""), ("Bo Rose", "")]),
        (b"=?utf-8?Q?A=2C_B?= <a@x.org>", [("A, B", "a@x.org")]),
        (b'"open <a@x.org>', [("open", "a@x.org")]),
    ],
)
def test_addresses(written: bytes, read: list[tuple[str, str]]) -> None:
    """Addresses as mail programs write them."""
    assert [(one.name, one.address) for one in addresses(written)] == read


def test_parameters() -> None:
    kind, told = parameters(
        b'Text/Plain; charset="utf-8"; name=a b.txt; x*0="c"; x*1*=%C3%A9; y*=latin-1\'\'%E9'
    )
    assert (kind, told) == ("text/plain", {"charset": "utf-8", "name": "a b.txt", "x": "cé", "y": "é"})


def test_signature() -> None:
    assert signed("a\n-- \nZ\n06") == ("a\n--", "Z\n06")
    assert signed("a\nBien à vous\nZ") == ("a\nBien à vous", "Z")
    assert signed("a\n> -- \n> Z\nb") == ("a\n> -- \n> Z\nb", "")
    long = "a\n-- \n" + "x\n" * 40
    assert signed(long) == (long, "")


def test_flowed() -> None:
    assert flowed("1 85 \n05\n> a \n> b\n-- \nZ", delete=False) == "1 85 05\n> a b\n-- \nZ"
    assert flowed("1 85 \n05", delete=True) == "1 8505"


def test_uuencoded_files(tmp_path: Path) -> None:
    """A file inside the text is a source of its own and no text."""
    text = b'avant\r\nbegin 644 a.csv\r\n/;F]M.V%G90I!.S$*0CLR\r\n!"@``\r\n`\r\nend\r\napr\xc3\xa8s\r\n'
    found = read_bytes(tmp_path, message(text))
    assert found.names == ["x.bin", "x.bin!/a.csv"]
    assert found.contents["x.bin!/a.csv"] == b"nom;age\nA;1\nB;2\n"
    assert body(found).split() == ["avant", "après"]


def test_encrypted(tmp_path: Path) -> None:
    """What only a key opens is told, and its header is read all the same."""
    for field, text in (
        (b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n", b"MIAG"),
        (b"", b"-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n-----END PGP MESSAGE-----\r\n"),
        multipart(
            b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
            b"Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\nabc",
            kind="encrypted",
        )[::-1],
    ):
        found = read_bytes(tmp_path, message(text, field))
        assert [(issue.code, issue.place) for issue in found.issues] == [("source.encrypted", "record 0")]
        assert found.names == ["x.bin"]
        assert found.only()[0][1]["from"] == "zoe@example.org"


def test_a_thousand_nested_parts(tmp_path: Path) -> None:
    """Parts are told apart to a depth of a hundred; what is deeper is read as text, and said to be."""
    start, end = b"", b""
    for number in range(1000):
        mark = f"b{number}".encode()
        start += b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n--' + mark + b"\r\n"
        end = b"\r\n--" + mark + b"--\r\n" + end
    found = read_bytes(tmp_path, HEADER + start + TEXT + end)
    assert found.codes == ["source.deep_parts"]
    assert "bonjour" in body(found)
    shallow = read_bytes(
        tmp_path, HEADER + start[: start.index(b"b90")] + b'b90"\r\n\r\n--b90\r\n' + TEXT + end
    )
    assert shallow.codes == []
    assert "bonjour" in body(shallow)


def test_a_thousand_messages_inside_each_other(tmp_path: Path) -> None:
    """Sources down to the limit of archives, then parts; no text is lost."""
    inside = b"Content-Type: message/rfc822\r\n\r\nFrom: deep@example.org\r\nSubject: deep\r\n"
    found = read_bytes(tmp_path, HEADER + inside * 1000 + b"\r\nbonjour\r\n")
    assert len(found.names) == 8
    assert found.codes == ["source.deep_parts"]
    assert "bonjour" in found.records[found.names[-1]][0][0]["body"]


def test_boundaries_that_lie(tmp_path: Path) -> None:
    """Another boundary than announced, one that never ends, one that is used twice."""
    csv = b"Content-Disposition: attachment; filename=a.csv\r\n\r\nnom;age\r\nA;1\r\n"
    text, _ = multipart(TEXT, csv, boundary="real")
    found = read_bytes(tmp_path, message(text, b"Content-Type: multipart/mixed; boundary=other\r\n"))
    assert found.names == ["x.bin", "x.bin!/a.csv"]
    text, field = multipart(TEXT, csv, end=False)
    found = read_bytes(tmp_path, message(text, field))
    assert (found.names, found.codes) == (["x.bin", "x.bin!/a.csv"], ["source.truncated"])
    inner, inner_field = multipart(TEXT, csv)
    text, field = multipart(inner_field + b"\r\n" + inner, csv)
    found = read_bytes(tmp_path, message(text, field))
    assert "bonjour" in body(found)


def test_cut_base64(tmp_path: Path) -> None:
    """Gives what is there, and says that there should be more."""
    part = b"Content-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nYm9uam91ciBhIHRvdXMh"
    for cut, content in ((0, b"bonjour a tous!"), (1, b"bonjour a tous"), (3, b"bonjour a to")):
        text, field = multipart(TEXT, part[: len(part) - cut])
        found = read_bytes(tmp_path, message(text, field))
        assert found.contents["x.bin!/a.txt"][: len(content)] == content
        assert found.codes == (["source.truncated"] if cut else [])
    assert decoded(b"Ym9u*am91\ncg==YQ==", "base64") == (b"bonjoura", False)


def test_a_header_of_ten_megabytes(tmp_path: Path) -> None:
    """Its fields are read up to a limit, the rest as text; nothing is lost, and it is said."""
    many = b"".join(b"X-A%d: zoe%d@example.org\r\n" % (number, number) for number in range(300_000))
    found = read_bytes(tmp_path, HEADER + many + b"\r\nbonjour\r\n")
    assert found.codes == ["source.long_header"]
    told = found.only()[0][0]
    assert "zoe1@example.org" in told["headers"]
    assert "zoe299999@example.org" in told["body"]
    assert "bonjour" in told["body"]


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "mot",
                " ",
                "&eacute;t&eacute;",
                "<b>",
                "</b>",
                "<br/>",
                "<!-- caché -->",
                "<td>",
                "\n",
                "12",
                "<",
                ">",
                "<style>p { x }</style>",
                '<a href="mailto:zoe%40example.org">',
                "<img alt='photo'>",
                "<!--",
                "<script>",
                "a&b",
            ]
        ),
        max_size=30,
    )
)
def test_pages_say_what_the_reader_of_markup_says(pieces: list[str]) -> None:
    """The same words, wherever the tags are sound."""
    html = "".join(pieces)
    if any(sign in pieces for sign in ("<", ">", "<!--", "<script>")):
        assert isinstance(page(html), str)
        return
    told = b"".join(one for one in Markup().text(iter((html.encode(),))) if isinstance(one, bytes)).decode()
    assert set(page(html).split()) == set(told.split())


def test_a_page_of_nothing_but_beginnings() -> None:
    """Is read in linear time."""
    for piece in ("<", "<!--", "<script ", "<a href='", "<a ", "&", "<td", "</style"):
        assert isinstance(page(piece * 100_000), str)


@given(content=st.binary(max_size=300), cut=st.integers(0, 400))
def test_no_message_brings_a_reader_down(tmp_path: Path, content: bytes, cut: int) -> None:
    """Whatever stands in a body or is cut off, there is one record."""
    text, field = multipart(TEXT, b"Content-Type: text/html\r\n\r\n" + content, content)
    whole = message(text, field)
    found = read_bytes(tmp_path, whole[: len(whole) - min(cut, len(text))])
    assert list(found.only()) == [0]
    assert found.only()[0][1]["from"] == "zoe@example.org"


def test_what_the_library_writes(tmp_path: Path) -> None:
    """Messages of the standard library, with every transfer encoding."""
    for encoding in ("7bit", "quoted-printable", "base64", "8bit"):
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = "A <a@example.org>", "b@example.org", "s"
        made.set_content("déjà vu\n" if encoding != "7bit" else "deja vu\n", cte=encoding)
        made.add_attachment(b"a;b\n1;2\n", maintype="text", subtype="csv", filename="é.csv")
        found = read_bytes(tmp_path, made.as_bytes())
        assert body(found) in ("déjà vu", "deja vu")
        assert found.contents["x.bin!/é.csv"] == b"a;b\n1;2\n"


def test_a_maildir(tmp_path: Path) -> None:
    """Its files are messages, whatever they are called."""
    (tmp_path / "cur").mkdir()
    for number in range(3):
        (tmp_path / "cur" / f"{number}.M1P1.host:2,S").write_bytes(message(b"bonjour"))
    assert set(read(tmp_path).formats.values()) == {"eml"}


@pytest.mark.parametrize(
    ("head", "format"),
    [
        (b"From: a@example.org\nTo: b@example.org\n\nbonjour\n", "eml"),
        (b"Content-Type: multipart/signed;\n boundary=b\n\n--b\n\nbonjour\n--b--\n", "eml"),
        (b"\xef\xbb\xbf\n>From x\nSubject: s\nDate: d\nReceived: r\n\nbonjour\n", "eml"),
        (b"From: Paris\nTo: Lyon\n\nune heure\n", "text"),
        (b"Subject: a note\n\nwithout a sender\n", "text"),
        (b"date: 1\nvalue: 2\n", "text"),
        (b"from: 1\nto: 2\ndate: 3\n\nx: 4\n", "text"),
    ],
)
def test_what_is_a_message(tmp_path: Path, head: bytes, format: str) -> None:
    """Known by its header alone."""
    assert read_bytes(tmp_path, head).formats == {"x.bin": format}
