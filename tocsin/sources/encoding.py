"""Which encoding bytes are in, by their content alone, and how to turn them into UTF-8 without losing any."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

# RFC 3629 (UTF-8), RFC 2781 (UTF-16), Unicode 15 section 23.8 (byte order marks); the longer marks first.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_LOOKED_AT = 65536
_PIECE = 16384
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# The five bytes that Windows-1252 leaves undefined: text that holds them is ISO 8859-1 with C1 controls.
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 12, 13, 26, 27, 0})


def mark(head: bytes) -> int:
    """How many bytes the byte order mark at the start of `head` takes; 0 without one."""
    return next((len(found) for found, _ in MARKS if head.startswith(found)), 0)


def detect(head: bytes, size: int) -> str | None:
    """The encoding of a text that begins with `head` and is `size` bytes long, or None when it is no text.

    One of utf-8, utf-16-le, utf-16-be, utf-32-le, utf-32-be, cp1252, latin-1; plain ASCII is utf-8. UTF-8
    with a few invalid bytes stays utf-8: `to_text` reads those as Windows-1252 and counts their lines.
    """
    marked = next((name for found, name in MARKS if head.startswith(found)), None)
    if marked is not None:
        return marked
    looked = head[:_LOOKED_AT]
    wide = _wide(looked)
    if wide is not None:
        return wide
    if _binary(looked):
        return None
    return _narrow(head, size)


def _narrow(head: bytes, size: int) -> str:
    """The 8-bit encoding of `head`: UTF-8 when its sequences outnumber the bytes that fit none."""
    if head.isascii():
        return "utf-8"
    try:
        codecs.utf_8_decode(head, "strict", size <= len(head))
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    left, sequences = _MULTIBYTE.subn(b"", head)
    invalid = sum(left.count(byte) for byte in set(left) if byte >= 0x80)
    if size > len(head):
        invalid -= min(3, invalid)
    if sequences > invalid or invalid == 0:
        return "utf-8"
    return "latin-1" if any(byte in head for byte in _UNDEFINED) else "cp1252"


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, from where the zero bytes of its Latin letters stand."""
    zeros = head.count(0)
    if len(head) < 4 or zeros * 5 < len(head):
        return None
    shares = [head[at::4].count(0) / max(1, len(head[at::4])) for at in range(4)]
    if min(shares[1:]) > 0.9 and shares[0] < 0.3:
        return "utf-32-le"
    if min(shares[:3]) > 0.9 and shares[3] < 0.3:
        return "utf-32-be"
    even, odd = (shares[0] + shares[2]) / 2, (shares[1] + shares[3]) / 2
    if odd > 0.6 and even < 0.2:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.2 else None


def _binary(head: bytes) -> bool:
    """Whether control characters are too many for a text: over 2 % without the zero bytes, or 20 % with them."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 50 > len(head) or (controls + head.count(0)) * 5 > len(head)


def to_text(data: bytes, encoding: str, newline: bytes = b"\n") -> tuple[str, list[int]]:
    """`data` (whole lines of an 8-bit encoding) as text, and the numbers from 0 of the lines that were damaged.

    A byte that fits no UTF-8 sequence is read as Windows-1252 (mixed exports hold such lines), and as
    ISO 8859-1 where Windows-1252 leaves it undefined (as the WHATWG encoding standard does).
    """
    if encoding == "latin-1":
        return data.decode("latin-1"), []
    if encoding == "cp1252":
        return _decode(data, "cp1252"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _repaired(data, newline)


def _repaired(data: bytes, newline: bytes) -> tuple[str, list[int]]:
    """The text of UTF-8 with invalid bytes in it, and the lines that hold them; piece by piece, as few are bad."""
    texts: list[str] = []
    damaged: list[int] = []
    at = lines = 0
    while at < len(data):
        end = data.find(newline, at + _PIECE) + 1 or len(data)
        piece = data[at:end]
        try:
            texts.append(piece.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(_decode(piece, "utf-8"))
            damaged += [
                lines + number for number, line in enumerate(piece.split(newline)) if not _valid(line)
            ]
        at, lines = end, lines + piece.count(newline)
    return "".join(texts), damaged


def _valid(line: bytes) -> bool:
    """Whether a line is UTF-8."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode(data: bytes, encoding: str) -> str:
    """`data` decoded, invalid bytes as Windows-1252; linear in time."""
    return data.decode(encoding, _FALLBACK)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """The error handler behind `_decode`: the invalid bytes one for one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(
        chr(byte) if byte in _UNDEFINED else bytes([byte]).decode("cp1252") for byte in bad
    ), error.end


_FALLBACK = "tocsin.windows-1252"
codecs.register_error(_FALLBACK, _as_windows)


class Transcoder:
    """Turns the blocks of a stream into UTF-8 blocks; `damaged` counts what was no text in its encoding."""

    def __init__(self, encoding: str) -> None:
        self.damaged = 0
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
        self._lenient = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._fresh = True

    def transcode(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """UTF-8 of `blocks` in turn, the byte order mark left out."""
        for block in blocks:
            yield self._piece(block, last=False)
        yield self._piece(b"", last=True)

    def _piece(self, block: bytes, *, last: bool) -> bytes:
        """One block; where it is damaged each invalid unit becomes U+FFFD and is counted."""
        state = self._decoder.getstate()
        try:
            text = self._decoder.decode(block, last)
        except UnicodeDecodeError:
            self._lenient.setstate(state)
            text = self._lenient.decode(block, last)
            self._decoder.setstate(self._lenient.getstate())
            self.damaged += max(1, text.count("\ufffd"))
        if self._fresh and text:
            self._fresh = False
            text = text.removeprefix("\ufeff")
        return text.encode("utf-8", "replace")
