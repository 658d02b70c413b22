"""Contents that this version recognises and does not read, that nothing recognises, or that are empty.

Each is a source all the same, with its digest: nothing of a pile is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tocsin.sources.opening import digest
from tocsin.sources.source import Format, Issue, Located, Section, Sniffed, Surveyed

# Magic numbers: the formats' own specifications, and the file(1) database where none is public.
MAGIC: dict[str, tuple[tuple[int, bytes], ...]] = {
    "lz4": ((0, b"\x04\x22\x4d\x18"),),
    "compress": ((0, b"\x1f\x9d"),),
    "cab": ((0, b"MSCF\0\0\0\0"),),
    "access": ((4, b"Standard Jet DB"), (4, b"Standard ACE DB")),
    "orc": ((0, b"ORC"),),
    "avro": ((0, b"Obj\x01"),),
    "arrow": ((0, b"ARROW1\0\0"),),
    "pgdump": ((0, b"PGDMP"),),
    "mssql_backup": ((0, b"TAPE\0\0"),),
    "hdf5": ((0, b"\x89HDF\r\n\x1a\n"),),
    "sas": ((0, b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60"),),
    "spss": ((0, b"$FL2@(#)"),),
    "mp4": ((4, b"ftyp"),),
    "mp3": ((0, b"ID3"),),
    "wave": ((8, b"WAVEfmt "),),
    "elf": ((0, b"\x7fELF"),),
    "exe": ((0, b"MZ\x90\0"), (0, b"MZP\0")),
    "disk_image": ((0, b"KDMV"), (0, b"QFI\xfb"), (0, b"vhdxfile"), (32769, b"CD001")),
    "luks": ((0, b"LUKS\xba\xbe"),),
}


def _by_magic(name: str) -> Callable[[bytes, int], Sniffed | None]:
    def sniff(head: bytes, size: int) -> Sniffed | None:
        known = any(head.startswith(magic, at) for at, magic in MAGIC[name])
        return Sniffed(confidence=0.99) if known else None

    return sniff


def _unknown(head: bytes, size: int) -> Sniffed | None:
    return Sniffed(confidence=0.001)


def _empty(head: bytes, size: int) -> Sniffed | None:
    return None if head else Sniffed(confidence=1.0)


def _survey(code: str) -> Callable[[Located], Iterator[Section | Issue | Surveyed]]:
    """A survey that reads the bytes for their digest and says why they are not read otherwise."""

    def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
        surveyed = digest(located)
        detail = located.format if code == "source.unsupported" else None
        yield Issue(source=located.source, code=code, bytes_unread=surveyed.bytes, detail=detail)
        yield surveyed

    return survey


def _format(name: str, sniff: Callable[[bytes, int], Sniffed | None], code: str) -> Format:
    return Format(
        name=name,
        label={"fr": f"{name} (non lu par cette version)", "en": f"{name} (not read by this version)"},
        reader="none",
        sniff=sniff,
        survey=_survey(code),
        read=lambda section: iter(()),
    )


FORMAT = (
    *(_format(name, _by_magic(name), "source.unsupported") for name in MAGIC),
    _format("unknown", _unknown, "source.unknown_format"),
    _format("empty", _empty, "source.empty"),
)
