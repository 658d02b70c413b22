"""What a camera, a telephone or a program wrote beside the pixels: EXIF, IPTC and XMP as lines of text.

Tags: TIFF 6.0; EXIF 2.32 (CIPA DC-008), 4.6; IPTC-IIM 4.2; XMP part 3 for where each format keeps them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from tocsin.sources.office_xml import Exact, Rules

Reader = Callable[[int, int], bytes]

DIRECTORIES, ENTRIES, LARGEST = 64, 4096, 1 << 20
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
WIDTH, HEIGHT, XMP, IPTC = 0x100, 0x101, 0x2BC, 0x83BB
INNER = {0x8769, 0x8825, 0x014A, 0xA005}
GPS = 0x8825
NAMES = {
    0x010D: "Document", 0x010E: "Description", 0x010F: "Make", 0x0110: "Model", 0x011D: "Page", 0x0131: "Software",
    0x0132: "Date", 0x013B: "Artist", 0x013C: "Computer", 0x8298: "Copyright", 0x9003: "Date", 0x9286: "Comment",
    0xA430: "Owner", 0xA431: "Serial number", 0xA435: "Lens serial number", 0xC62F: "Serial number",
    0x9C9B: "Title", 0x9C9C: "Comment", 0x9C9D: "Author", 0x9C9E: "Keywords", 0x9C9F: "Subject",
}  # fmt: skip
WIDE = range(0x9C9B, 0x9CA0)
CODES = {b"ASCII\0\0\0": "latin-1", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp", bytes(8): "utf-8"}
# IPTC-IIM record 2: title, keywords, by-line, city, region, country, headline, credit, contact, caption, writer …
DATASETS = {5, 7, 10, 22, 25, 26, 27, 80, 85, 90, 92, 95, 101, 103, 105, 110, 115, 116, 118, 120, 122}
RULES = Rules(
    shown=frozenset(
        "Artist creator CreatorTool Headline City Country GPSLatitude GPSLongitude rights".split()
    )
)


@dataclass(slots=True)
class Found:
    """What was found beside a picture: lines of text, and its size in pixels where it is known."""

    lines: list[str] = field(default_factory=list)
    width: int = 0
    height: int = 0

    def add(self, label: str, text: str) -> None:
        """A line, unless it is empty or already there."""
        shown = f"{label}: {' '.join(text.replace(chr(0), ' ').split())}"
        if text.strip("\0 \t\r\n") and shown not in self.lines:
            self.lines.append(shown)


def read_tiff(read: Reader, found: Found) -> None:
    """The directories of a TIFF, or of the EXIF block that has its shape; `read(start, count)` gives its bytes."""
    head = read(0, 8)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None or len(head) < 8:
        return
    waiting = [(struct.unpack(order + "I", head[4:8])[0], 0)]
    seen: set[int] = set()
    while waiting and len(seen) < DIRECTORIES:
        at, parent = waiting.pop(0)
        if at in seen or at == 0:
            continue
        seen.add(at)
        values, following = _directory(read, order, at)
        waiting += [(following, parent)]
        for tag in INNER & values.keys():
            waiting += [(one, tag) for one in values[tag][1] if isinstance(one, int)]
        if parent == GPS:
            _position(values, found)
        else:
            _described(values, found, first=len(seen) == 1)


Values = dict[int, tuple[bytes, list[float | int]]]


def _directory(read: Reader, order: str, at: int) -> tuple[Values, int]:
    """The entries of the directory at `at` by tag, as bytes and as numbers, and where the next one is."""
    head = read(at, 2)
    count = min(struct.unpack(order + "H", head)[0], ENTRIES) if len(head) == 2 else 0
    table = read(at + 2, count * 12 + 4)
    values: Values = {}
    for place in range(0, min(len(table) // 12, count) * 12, 12):
        tag, kind, number = struct.unpack_from(order + "HHI", table, place)
        size = SIZES.get(kind, 0) * number
        if not 0 < size <= LARGEST:
            continue
        (offset,) = struct.unpack_from(order + "I", table, place + 8)
        raw = table[place + 8 : place + 8 + size] if size <= 4 else read(offset, size)
        values[tag] = (raw, _numbers(order, kind, raw))
    tail = table[count * 12 : count * 12 + 4]
    return values, struct.unpack(order + "I", tail)[0] if len(tail) == 4 else 0


def _numbers(order: str, kind: int, raw: bytes) -> list[float | int]:
    """The entry's numbers; a fraction over nothing is 0."""
    if kind in (5, 10):
        letter = "I" if kind == 5 else "i"
        pairs = struct.iter_unpack(f"{order}2{letter}", raw[: len(raw) // 8 * 8])
        return [above / below if below else 0.0 for above, below in pairs]
    letter = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I"}.get(kind, "")
    size = SIZES.get(kind, 1)
    return (
        [one for (one,) in struct.iter_unpack(order + letter, raw[: len(raw) // size * size])]
        if letter
        else []
    )


def _described(values: Values, found: Found, *, first: bool) -> None:
    """The tags that say who, with what, when."""
    for tag, (raw, numbers) in values.items():
        if tag == XMP:
            read_xmp(raw, found)
        elif tag == IPTC:
            read_iptc(raw, found)
        elif tag in NAMES:
            found.add(NAMES[tag], _text(tag, raw))
        elif first and numbers and tag in (WIDTH, HEIGHT):
            setattr(found, "width" if tag == WIDTH else "height", int(numbers[0]))


def _text(tag: int, raw: bytes) -> str:
    """A tag's text: ASCII (in truth UTF-8 or Latin-1), UTF-16 of Windows, or a comment that names its code."""
    if tag in WIDE:
        return raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").strip("\0")
    if tag == 0x9286:
        code = CODES.get(raw[:8])
        return raw[8 if code else 0 :].decode(code or "latin-1", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _position(values: Values, found: Found) -> None:
    """Latitude and longitude in decimal degrees, and the names of places (EXIF 4.6.6)."""
    sides = []
    for tag, negative in ((1, b"S"), (3, b"W")):
        numbers = values.get(tag + 1, (b"", []))[1][:3]
        degrees = sum(number / 60**power for power, number in enumerate(numbers))
        sides.append(-degrees if values.get(tag, (b"",))[0][:1].upper() == negative else degrees)
    if 2 in values and 4 in values and abs(sides[0]) <= 90 and abs(sides[1]) <= 180:
        found.add("GPS", f"{sides[0]:.6f}, {sides[1]:.6f}")
    for tag in (27, 28):
        raw = values.get(tag, (b"",))[0]
        found.add("GPS area", _text(0x9286, raw))


def read_iptc(data: bytes, found: Found) -> None:
    """The datasets of IPTC-IIM (1.5), bare or inside a Photoshop resource."""
    at = data.find(b"\x1c\x02") if not data.startswith(b"\x1c") else 0
    while 0 <= at < len(data) - 5 and data[at] == 0x1C:
        record, number, size = data[at + 1], data[at + 2], struct.unpack_from(">H", data, at + 3)[0]
        if size & 0x8000:
            return
        if record == 2 and number in DATASETS:
            found.add("IPTC", _text(0, data[at + 5 : at + 5 + size]))
        at += 5 + size


def read_xmp(data: bytes, found: Found) -> None:
    """The text of an XMP packet, each element's on a line."""
    start = data.find(b"<")
    if start >= 0:
        pieces = [one for one in Exact(RULES).text([data[start:].rstrip(b"\0 ")]) if isinstance(one, str)]
        for line in "".join(pieces).split("\n"):
            if line.strip() and not line.startswith(("xmp.", "adobe:docid", "uuid:")):
                found.add("XMP", line)
