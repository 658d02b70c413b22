"""Pictures: counted, what stands beside their pixels read as text; the pixels themselves are not read.

JPEG (ITU T.81, B.2), PNG (W3C, 11.3), GIF89a, TIFF 6.0, WebP (RFC 9649), HEIF (ISO 23008-12).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator

from tocsin.sources.document import Said, record, said
from tocsin.sources.exif import Found, Reader, read_iptc, read_tiff, read_xmp
from tocsin.sources.ocr import recognised, wanted
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Section, Sniffed
from tocsin.sources.stretch import Stretch
from tocsin.sources.whole import one_section

# A picture of fewer pixels holds no number or name that anybody could read: a bullet, a line, a tracking pixel.
LEGIBLE = 2_500
CHUNKS, MOST = 10_000, 1 << 24
EXIF = b"Exif\0\0"
BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def _jpeg(stretch: Stretch, found: Found) -> None:
    """Segments up to the first scan."""
    at = 2
    for _ in range(CHUNKS):
        head = stretch.read_at(at, 4)
        if len(head) < 4 or head[0] != 0xFF or head[1] == 0xDA:
            return
        if head[1] == 0xFF:
            at += 1
            continue
        (size,) = struct.unpack(">H", head[2:4])
        body = stretch.read_at(at + 4, max(size - 2, 0))
        if head[1] in range(0xC0, 0xD0) and head[1] not in (0xC4, 0xC8, 0xCC) and len(body) >= 5:
            found.height, found.width = struct.unpack(">HH", body[1:5])
        elif head[1] == 0xFE:
            found.add("Comment", body.decode("utf-8", "replace"))
        elif head[1] == 0xE1 and body.startswith(EXIF):
            read_tiff(_over(body[6:]), found)
        elif head[1] in (0xE1, 0xED):
            _adobe(body, found)
        at += 2 + size


def _adobe(body: bytes, found: Found) -> None:
    """An XMP packet, or the resources of Photoshop with IPTC among them."""
    if body.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        read_xmp(body, found)
    elif body.startswith(b"Photoshop 3.0\0"):
        read_iptc(body[body.find(b"8BIM\x04\x04") + 1 :], found)


def _over(data: bytes) -> Reader:
    return lambda start, count: data[start : start + count]


def _png(stretch: Stretch, found: Found) -> None:
    """Chunks of text, EXIF and the header."""
    at = 8
    for _ in range(CHUNKS):
        head = stretch.read_at(at, 8)
        if len(head) < 8:
            return
        size, kind = struct.unpack(">I4s", head)
        if kind == b"IHDR":
            found.width, found.height = struct.unpack(">II", stretch.read_at(at + 8, 8).ljust(8, b"\0"))
        elif kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            _png_text(kind, stretch.read_at(at + 8, min(size, MOST)), found)
        at += 12 + size


def _png_text(kind: bytes, body: bytes, found: Found) -> None:
    """One chunk of text (11.3.3); a packed one unpacks to 16 MiB at most."""
    if kind == b"eXIf":
        read_tiff(_over(body), found)
        return
    label, _, text = body.partition(b"\0")
    packed = kind == b"zTXt" or (kind == b"iTXt" and text[:1] == b"\1")
    text = text[1:] if kind == b"zTXt" else text[2:].split(b"\0", 2)[-1] if kind == b"iTXt" else text
    if packed:
        try:
            text = zlib.decompressobj().decompress(text, MOST)
        except zlib.error:
            return
    if label == b"XML:com.adobe.xmp":
        read_xmp(text, found)
    else:
        found.add(label.decode("latin-1"), text.decode("utf-8" if kind == b"iTXt" else "latin-1", "replace"))


def _webp(stretch: Stretch, found: Found) -> None:
    """RIFF chunks."""
    at = 12
    for _ in range(CHUNKS):
        head = stretch.read_at(at, 8)
        if len(head) < 8:
            return
        kind, size = struct.unpack("<4sI", head)
        body = stretch.read_at(at + 8, min(size, MOST if kind in (b"EXIF", b"XMP ") else 16))
        if kind == b"EXIF":
            read_tiff(_over(body.removeprefix(EXIF)), found)
        elif kind == b"XMP ":
            read_xmp(body, found)
        elif kind == b"VP8X" and len(body) >= 10:
            found.width = int.from_bytes(body[4:7], "little") + 1
            found.height = int.from_bytes(body[7:10], "little") + 1
        elif kind == b"VP8 " and len(body) >= 10:
            width, height = struct.unpack("<HH", body[6:10])
            found.width, found.height = width & 0x3FFF, height & 0x3FFF
        at += 8 + size + size % 2


def _gif(stretch: Stretch, found: Found) -> None:
    """Size, comments, XMP."""
    head = stretch.read_at(6, 4)
    found.width, found.height = struct.unpack("<HH", head.ljust(4, b"\0"))
    data = stretch.read_at(0, MOST)
    for comment in re.finditer(rb"\x21\xfe((?:[\x01-\xff][^\0]{1,255}?)+?)\0", data):
        body, at, text = comment[1], 0, b""
        while at < len(body):
            text += body[at + 1 : at + 1 + body[at]]
            at += 1 + body[at]
        found.add("Comment", text.decode("utf-8", "replace"))
    _packets(data, found)


def _tiff(stretch: Stretch, found: Found) -> None:
    read_tiff(stretch.read_at, found)


def _heif(stretch: Stretch, found: Found) -> None:
    """EXIF and XMP wherever they stand in the first 16 MiB; boxes are not followed."""
    data = stretch.read_at(0, MOST)
    for block in re.finditer(rb"Exif\0\0(?=II\*\0|MM\0\*)", data):
        read_tiff(_over(data[block.end() :]), found)
    size = re.search(rb"ispe\0\0\0\0(.{8})", data, re.DOTALL)
    found.width, found.height = struct.unpack(">II", size[1]) if size else (0, 0)
    _packets(data, found)


def _packets(data: bytes, found: Found) -> None:
    """XMP packets by their own first and last words."""
    at = data.find(b"<x:xmpmeta")
    while at >= 0:
        end = data.find(b"</x:xmpmeta>", at)
        read_xmp(data[at : end + 12] if end >= 0 else b"", found)
        at = data.find(b"<x:xmpmeta", at + 10)


def _any(head: bytes, *magic: tuple[int, bytes]) -> bool:
    return any(head.startswith(sign, at) for at, sign in magic)


KNOWN: dict[str, tuple[Callable[[bytes], bool], Callable[[Stretch, Found], None], str]] = {
    "jpeg": (lambda head: _any(head, (0, b"\xff\xd8\xff")), _jpeg, "JPEG"),
    "png": (lambda head: _any(head, (0, b"\x89PNG\r\n\x1a\n")), _png, "PNG"),
    "gif": (lambda head: _any(head, (0, b"GIF87a"), (0, b"GIF89a")), _gif, "GIF"),
    "tiff": (lambda head: _any(head, (0, b"II*\0"), (0, b"MM\0*")), _tiff, "TIFF"),
    "webp": (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", _webp, "WebP"),
    "heif": (lambda head: head[4:8] == b"ftyp" and head[8:12] in BRANDS, _heif, "HEIF"),
}


def read(section: Section) -> Iterator[Given]:
    """One record: what stands beside the pixels, and their text where recognition was asked for."""
    yield from record(_said(section))


def _said(section: Section) -> Iterator[Said | Issue]:
    located = section.located
    stretch, found = stretch_of(located), Found()
    KNOWN[located.format][1](stretch, found)
    yield said("properties", "".join(f"{line}\n" for line in found.lines))
    if 0 < found.width * found.height < LEGIBLE:
        return
    text = recognised(stretch.read_at(0, 1 << 28)) if wanted() else None
    if text is not None:
        yield said(None, text)
    code = "source.needs_ocr" if text is None else "source.ocr"
    yield Issue(source=located.source, code=code)


def _format(name: str) -> Format:
    known, _, label = KNOWN[name]
    return Format(
        name=name,
        label={"fr": f"image {label}", "en": f"{label} picture"},
        reader="exif",
        sniff=lambda head, size: Sniffed(confidence=0.99) if known(head) else None,
        survey=one_section,
        read=read,
    )


FORMAT = tuple(_format(name) for name in KNOWN)
