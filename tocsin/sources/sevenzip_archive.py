"""A 7z archive as its header tells: its files, and the folders that hold them, each unpacked once for all."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable
from typing import Any

from tocsin.sources import password
from tocsin.sources.decoders import Engine, bunzip, inflate, lzma1, raw, unzstd
from tocsin.sources.limits import limit
from tocsin.sources.sevenzip_cipher import unlocked
from tocsin.sources.sevenzip_header import (
    ENCODED,
    FILES,
    HEADER,
    STREAMS,
    BadHeaderError,
    Bytes,
    Coder,
    File,
    Folder,
    files,
    streams,
)
from tocsin.sources.stretch import Damage, Part, Stretch
from tocsin.sources.unpacking import Unpacked

# 7-Zip source, DOC/Methods.txt and DOC/7zFormat.txt.
FIRST, DEPTH = 32, 4
COPY, LZMA2, LZMA, CIPHER = b"\0", b"\x21", b"\x03\x01\x01", b"\x06\xf1\x07\x01"
METHODS: dict[bytes, Callable[[], Engine]] = {
    b"\x04\x01\x08": inflate,
    b"\x04\x02\x02": bunzip,
    b"\x04\xf7\x11\x01": unzstd,
}
FILTERS = {
    b"\x03\x03\x01\x03": lzma.FILTER_X86,
    b"\x03\x03\x02\x05": lzma.FILTER_POWERPC,
    b"\x03\x03\x04\x01": lzma.FILTER_IA64,
    b"\x03\x03\x05\x01": lzma.FILTER_ARM,
    b"\x03\x03\x07\x01": lzma.FILTER_ARMTHUMB,
    b"\x03\x03\x08\x05": lzma.FILTER_SPARC,
}
DELTA = b"\x03"
SOON = 1 << 22
HEADERS = (b"\x01\x04", b"\x01\x05", b"\x17\x06")


class Archive:
    """A 7z archive as its header tells; folders are unpacked once for all the files in them."""

    def __init__(self, base: Stretch) -> None:
        self.base, self.files = base, list[File]()
        self.damage: Damage | None = None
        self._folders: list[Folder] = []
        self._opened: dict[int, Stretch | str] = {}
        try:
            self._read(base.read_at(0, FIRST), DEPTH)
        except (BadHeaderError, UnicodeDecodeError):
            self.damage = Damage("source.damaged")

    def _read(self, start: bytes, depth: int) -> None:
        """The header at the end of the file, itself packed or not."""
        offset, size = (int.from_bytes(start[at : at + 8], "little") for at in (12, 20))
        length = self.base.length()
        if len(start) < FIRST or FIRST + offset + size > length:
            self.damage = Damage("source.no_directory")
            return
        if not size:
            return
        if size > limit("sevenzip", "header_bytes"):
            raise BadHeaderError
        header = self.base.read_at(FIRST + offset, size)
        if zlib.crc32(header) != int.from_bytes(start[28:32], "little"):
            self.damage = Damage("source.no_directory")
            return
        data = Bytes(header)
        kind = data.number()
        while kind == ENCODED and depth:
            folders, _ = streams(data)
            if len(folders) != 1 or folders[0].size > limit("sevenzip", "header_bytes"):
                raise BadHeaderError
            found = self._unpacked(folders[0], folders[0].crc, folders[0].size, begins=HEADERS)
            if isinstance(found, str):
                self.damage = Damage(found)
                return
            data, depth = Bytes(found.read_at(0, folders[0].size)), depth - 1
            kind = data.number()
        if kind != HEADER:
            raise BadHeaderError
        self._listed(data)

    def _listed(self, data: Bytes) -> None:
        parts: list[tuple[int, int, int, int | None]] = []
        while (kind := data.number()) != 0:
            if kind == STREAMS:
                self._folders, parts = streams(data)
            elif kind == FILES:
                self.files = files(data, parts)
            else:
                data.take(data.number())

    def folder(self, file: File) -> Stretch | str:
        """What the folder of `file` unpacks to, or the code of the issue that says why it does not."""
        number = file.folder
        if number is None:
            return Part(self.base, 0, 0)
        if number not in self._opened:
            first = next(one for one in self.files if one.folder == number)
            self._opened[number] = self._unpacked(self._folders[number], first.crc, first.size)
        return self._opened[number]

    def _unpacked(
        self, folder: Folder, crc: int | None, size: int, begins: tuple[bytes, ...] = (b"",)
    ) -> Stretch | str:
        """A folder unpacked; `crc` and `size` of the first file in it tell a right password from a wrong one.

        Where there is no checksum, it must begin with one of `begins`.
        """
        if not folder.coders or not _known(folder.coders):
            return "source.method"
        packed = Part(self.base, FIRST + folder.start, folder.packed)
        if all(coder.method != CIPHER for coder in folder.coders):
            return _unrolled(packed, folder.coders, "") or "source.damaged"
        for word in password.offered():
            found = _unrolled(packed, folder.coders, word)
            if found is None:
                return "source.damaged"
            piece = found.read_at(0, min(size, SOON))
            fits = piece.startswith(begins) if crc is None or size > SOON else zlib.crc32(piece) == crc
            if fits and found.damage is None:
                password.opened(word)
                return found
        return "source.encrypted"


def _known(coders: list[Coder]) -> bool:
    """Whether every step can be taken; a filter only right after LZMA2, which says where it ends."""
    before = b""
    for coder in coders:
        filter = coder.method in FILTERS or coder.method == DELTA
        if filter and before != LZMA2:
            return False
        if not filter and coder.method not in (COPY, LZMA, LZMA2, CIPHER, *METHODS):
            return False
        before = coder.method
    return True


def _unrolled(found: Stretch, coders: list[Coder], word: str) -> Stretch | None:
    """The steps of a folder one over the other; None where a step's properties are damaged."""
    for at, coder in enumerate(coders):
        following = coders[at + 1] if at + 1 < len(coders) else None
        if coder.method == CIPHER:
            clear = unlocked(found, coder.properties, word, coder.size)
            if clear is None:
                return None
            found = clear
        elif coder.method in METHODS:
            found = Unpacked(found, METHODS[coder.method], length=found.length(), size=coder.size)
        elif coder.method in (LZMA, LZMA2):
            filters = _filters(coder, following)
            if filters is None:
                return None
            found = Unpacked(found, raw(filters, coder.size), length=found.length(), size=coder.size)
    return found


def _filters(coder: Coder, following: Coder | None) -> list[dict[str, Any]] | None:
    """liblzma's filters for a step and the filter after it."""
    if coder.method == LZMA:
        one = lzma1(coder.properties, coder.size)
        return None if one is None or one["dict_size"] > limit("sevenzip", "window_bytes") else [one]
    if not coder.properties or coder.properties[0] > 40:
        return None
    bits = coder.properties[0]
    window = max(min((2 | bits & 1) << bits // 2 + 11, coder.size, (1 << 32) - 1), 4096)
    if window > limit("sevenzip", "window_bytes"):
        return None
    last: dict[str, Any] = {"id": lzma.FILTER_LZMA2, "dict_size": window}
    if following is not None and following.method in FILTERS:
        return [{"id": FILTERS[following.method]}, last]
    if following is not None and following.method == DELTA:
        return [
            {"id": lzma.FILTER_DELTA, "dist": following.properties[0] + 1 if following.properties else 1},
            last,
        ]
    return [last]
