"""PDF files made by hand, object by object (ISO 32000-2), for tests."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass, field

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def escaped(text: str) -> bytes:
    """A literal string in WinAnsi."""
    raw = text.encode("cp1252").replace(b"\\", b"\\\\")
    return b"(" + raw.replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


@dataclass
class Pdf:
    """A document on its way: objects by number; 1 is the catalogue, 2 the page tree, 3 the font."""

    objects: dict[int, bytes] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)
    catalogue: bytes = b""
    trailer: bytes = b""

    def add(self, content: bytes) -> int:
        """A new object; its number."""
        number = max(self.objects, default=3) + 1
        self.objects[number] = content
        return number

    def stream(self, content: bytes, entries: bytes = b"", *, packed: bool = True) -> int:
        """A new stream; its number."""
        if packed:
            content, entries = zlib.compress(content), entries + b" /Filter /FlateDecode"
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content))

    def page(
        self, lines: list[str], extra: bytes = b"", *, drawn: bytes = b"", resources: bytes = b""
    ) -> int:
        """A new page with these lines of text."""
        shown = b"\n".join(b"0 -20 Td %s Tj" % escaped(line) for line in lines)
        contents = self.stream(drawn + (b"BT /F1 12 Tf 50 800 Td\n%s\nET" % shown if lines else b""))
        number = self.add(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> %s >>" % (contents, resources, extra)
        )
        self.pages.append(number)
        return number

    def scan(self) -> int:
        """A page that is nothing but a picture."""
        picture = self.stream(
            bytes(64 * 64),
            b"/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8",
        )
        return self.page(
            [], drawn=b"q 595 0 0 842 0 0 cm /I Do Q ", resources=b"/XObject << /I %d 0 R >>" % picture
        )

    def bytes(self) -> bytes:
        """The file."""
        kids = b" ".join(b"%d 0 R" % number for number in self.pages)
        every = {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalogue,
            3: FONT,
            **self.objects,
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(self.pages)),
        }
        out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
        places = {}
        for number, content in every.items():
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        at = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
        return out + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(places) + 1, self.trailer, at
        )  # fmt: skip


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, data: bytes) -> bytes:
    """The cipher of the first security handlers."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked_pdf(text: str, password: str) -> bytes:
    """A page that needs a password (ISO 32000-1, 7.6.3.3 and 7.6.3.4, revision 2: 40 bits)."""

    def md5(data: bytes) -> bytes:
        return hashlib.md5(data, usedforsecurity=False).digest()

    padded = (password.encode() + PADDING)[:32]
    owner = rc4(md5((b"owner" + PADDING)[:32])[:5], padded)
    key = md5(padded + owner + struct.pack("<i", -4) + b"id")[:5]
    pdf = Pdf()
    content = b"BT /F1 12 Tf 50 800 Td %s Tj ET" % escaped(text)
    number = 4
    secret = rc4(md5(key + number.to_bytes(3, "little") + bytes(2))[:10], content)
    assert pdf.stream(secret, packed=False) == number
    pdf.pages.append(
        pdf.add(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>"
        )
    )
    user = rc4(key, PADDING)
    lock = pdf.add(
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), user.hex().encode())
    )
    pdf.trailer = b"/Encrypt %d 0 R /ID [<6964> <6964>]" % lock
    return pdf.bytes()


def packed_pdf(pdf: Pdf) -> bytes:
    """The same document with everything but streams inside an object stream, and a stream for its table (PDF 1.5)."""
    kids = b" ".join(b"%d 0 R" % number for number in pdf.pages)
    every = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % pdf.catalogue,
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pdf.pages)),
        3: FONT,
        **pdf.objects,
    }
    inside = {number: content for number, content in every.items() if b"stream" not in content}
    holder, table = max(every) + 1, max(every) + 2
    offsets, body = [], b""
    for number, content in inside.items():
        offsets.append(b"%d %d" % (number, len(body)))
        body += content + b"\n"
    head = b" ".join(offsets) + b"\n"
    held = zlib.compress(head + body)
    out = b"%PDF-1.7\n"
    rows = {0: (0, 0, 65535)}
    for number, content in every.items():
        if number not in inside:
            rows[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    for index, number in enumerate(inside):
        rows[number] = (2, holder, index)
    rows[holder] = (1, len(out), 0)
    out += b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (
        holder, len(inside), len(head), len(held), held
    )  # fmt: skip
    rows[table] = (1, len(out), 0)
    written = b"".join(
        kind.to_bytes(1, "big") + second.to_bytes(4, "big") + third.to_bytes(2, "big")
        for _, (kind, second, third) in sorted(rows.items())
    )
    data = zlib.compress(written)
    at = len(out)
    return out + (
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Length %d /Filter /FlateDecode >>\nstream\n%s\n"
        b"endstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, table + 1, len(data), data, at)
    )
