"""gzip: one compressed stream, whose content is its only member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tocsin.sources.decoders import gunzip
from tocsin.sources.names import beside, escaped, stem
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Issue, Located, Sniffed
from tocsin.sources.stretch import Stretch
from tocsin.sources.unpacking import Unpacked

MAGIC = b"\x1f\x8b\x08"
NAMED, EXTRA = 8, 4
ENDINGS = ((".tgz", ".tar"), (".gz", ""), (".z", ""))


def sniff(head: bytes, size: int) -> Sniffed | None:
    """RFC 1952, section 2.3.1: the magic number, and none of the reserved flags."""
    return Sniffed(confidence=1.0) if head.startswith(MAGIC) and len(head) >= 10 and head[3] < 0x20 else None


def members(located: Located) -> Iterator[Located | Issue]:
    """The content, under the name that the header gives, else the archive's own without its ending."""
    stretch = stretch_of(located)
    name = _name(stretch.read_at(0, 4096)) or stem(located.source, ENDINGS)
    yield replace(located, source=beside(located.source, name), members=(*located.members, 0), bytes=-1)


def member(base: Stretch, number: int) -> Stretch:
    """What the stream unpacks to; further streams after the first one belong to it (RFC 1952, 2.2)."""
    return Unpacked(base, gunzip, again=MAGIC[:2])


def _name(head: bytes) -> str:
    """The name in the header (RFC 1952, section 2.3.1), "" where there is none."""
    if not head[3] & NAMED:
        return ""
    start = 10
    if head[3] & EXTRA:
        start += 2 + int.from_bytes(head[10:12], "little")
    raw, end, _ = head[start:].partition(b"\0")
    return escaped(_utf8(raw)) if end else ""


def _utf8(raw: bytes) -> bytes:
    """RFC 1952 wants ISO 8859-1; most programs write the system's UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1").encode("utf-8")
    return raw


FORMAT = Format(
    name="gzip",
    label={"fr": "fichier compressé gzip", "en": "gzip-compressed file"},
    reader="zlib",
    sniff=sniff,
    survey=lambda located: iter(()),
    read=lambda section: iter(()),
    container=members,
    member=member,
)
