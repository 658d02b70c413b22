"""The properties of an Outlook message: of itself, of its recipients, of its attachments, as text and numbers.

Structures: [MS-OXMSG] 2.1 to 2.4 (storages, streams, the property stream), [MS-OXPROPS] (the numbers of properties),
[MS-OXRTFCP] 2.2 (compressed RTF).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from tocsin.sources.mail_decoding import text_in
from tocsin.sources.ole import STORAGE, Compound, Entry

PROPERTIES = "__properties_version1.0"
RECIPIENT, ATTACHMENT = "__recip_version1.0_#", "__attach_version1.0_#"
WIDE, NARROW, BINARY, OBJECT = "001F", "001E", "0102", "000D"
MOST = 1 << 26
# Code pages by Windows' numbers, where Python's name is another.
_PAGES = {
    65001: "utf-8",
    20127: "utf-8",
    28591: "cp1252",
    1200: "utf-16-le",
    50220: "iso2022_jp",
    10000: "mac_roman",
}
# What every compressed RTF begins to refer to, [MS-OXRTFCP] 2.1.3.1.
_PRIMER = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


@dataclass(slots=True)
class Properties:
    """One storage of the message with its property streams, by number (four hexadecimal digits)."""

    file: Compound
    path: tuple[str, ...] = ()
    page: str = "cp1252"

    def __post_init__(self) -> None:
        page = self.number("3FFD") or self.number("3FDE")
        if page:
            self.page = _PAGES.get(page, f"cp{page}")

    def entry(self, number: str, *types: str) -> Entry | None:
        """The stream or storage of a property, of the first of these types that is there."""
        for kind in types:
            found = self.file.find(*self.path, f"__substg1.0_{number}{kind}")
            if found is not None:
                return found
        return None

    def text(self, *numbers: str) -> str:
        """The first of these properties that holds any text."""
        for number in numbers:
            wide = self.entry(number, WIDE)
            if wide is not None:
                text = self.file.read(wide, MOST).decode("utf-16-le", "replace")
            else:
                text = text_in(self.file.read(self.entry(number, NARROW), MOST), self.page)[0]
            text = text.strip("\0 \r\n\t")
            if text:
                return text
        return ""

    def data(self, number: str) -> bytes:
        """A binary property."""
        return self.file.read(self.entry(number, BINARY), MOST)

    def number(self, number: str) -> int:
        """A property of 32 bits out of the property stream; 0 where there is none."""
        stream = self.file.read(self.file.find(*self.path, PROPERTIES), 1 << 20)
        start = 32 if (len(stream) - 32) % 16 == 0 else 8
        wanted = int(number, 16)
        for at in range(start, len(stream) - 15, 16):
            _, identity, _, value = struct.unpack_from("<HHII", stream, at)
            if identity == wanted:
                return int(value)
        return 0

    def inside(self, kind: str) -> list[Properties]:
        """The recipients or the attachments, in the order of their numbers."""
        found = [
            entry.path
            for entry in self.file.inside(self.path)
            if entry.kind == STORAGE and entry.name.startswith(kind)
        ]
        return [Properties(self.file, path, self.page) for path in sorted(found)]


def rtf(packed: bytes) -> bytes:
    """Compressed RTF unpacked ([MS-OXRTFCP] 2.2.2); what is cut gives what is there."""
    if len(packed) < 16:
        return b""
    size, magic = struct.unpack_from("<I4s", packed, 4)
    if magic == b"MELA":
        return packed[16 : 16 + size]
    ring = bytearray(_PRIMER.ljust(4096, b" "))
    write, at, out = len(_PRIMER), 16, bytearray()
    while at < len(packed) and len(out) < MOST:
        control, at = packed[at], at + 1
        for bit in range(8):
            if control >> bit & 1:
                pair = int.from_bytes(packed[at : at + 2], "big")
                at += 2
                start, length = pair >> 4, (pair & 15) + 2
                if start == write or at > len(packed):
                    return bytes(out[:size])
                taken = bytearray()
                for step in range(length):
                    byte = ring[(start + step) % 4096]
                    taken.append(byte)
                    ring[(write + step) % 4096] = byte
            else:
                taken = bytearray(packed[at : at + 1])
                at += 1
                ring[write : write + len(taken)] = taken
            write = (write + len(taken)) % 4096
            out += taken
    return bytes(out[:size])
