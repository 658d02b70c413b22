"""The content of a part as bytes and as text: transfer encodings and character sets, also wrong and cut ones.

Rules: RFC 2045 section 6 (quoted-printable, base64), IEEE 1003.1 uuencode; names of character sets as the WHATWG
encoding standard reads them (ISO 8859-1 is Windows-1252).
"""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache

from tocsin.sources.encoding import to_text

OUTSIDE = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_PADDING = re.compile(rb"=+")
# Names in mails that Python does not know, or that mean another one (WHATWG encoding standard, names and labels).
_OTHERWISE = {
    "": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "ansi": "cp1252",
    "x-user-defined": "cp1252",
    "utf8": "utf-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "iso-8859-8-i": "iso-8859-8",
}
# Text encodings of Python that are no character set of mails, or run what they read.
_REFUSED = frozenset("idna punycode undefined unicode_escape raw_unicode_escape mbcs oem".split())


def decoded(data: bytes, encoding: str) -> tuple[bytes, bool]:
    """`data` out of its transfer encoding, and whether it was cut."""
    if encoding == "base64":
        return base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data), False
    if encoding in ("x-uuencode", "x-uue", "uuencode"):
        return uuencoded(data), False
    return data, False


def base64(data: bytes) -> tuple[bytes, bool]:
    """Base64, foreign characters left out; whether the last group of four is cut."""
    kept = data.translate(None, OUTSIDE)
    padding = kept.find(b"=")
    if 0 <= padding < len(kept.rstrip(b"=")):
        pieces = [base64(piece)[0] for piece in _PADDING.split(kept) if piece]
        return b"".join(pieces), False
    body = kept.rstrip(b"=")
    over = len(body) % 4
    cut = over == 1 or (over > 0 and padding < 0)
    if over == 1:
        body = body[:-1]
    return binascii.a2b_base64(body + b"=" * (-len(body) % 4)), cut


def uuencoded(data: bytes) -> bytes:
    """The lines of uuencode up to `end`; a damaged line gives what it can."""
    pieces = []
    for line in data.split(b"\n"):
        line = line.rstrip(b"\r")
        if line == b"end":
            break
        if not line or line.startswith(b"begin "):
            continue
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            length = (line[0] - 32) & 63
            pieces.append(_loose_uu(line, length))
    return b"".join(pieces)


def _loose_uu(line: bytes, length: int) -> bytes:
    """A line of uuencode that is longer or shorter than it says, nothing where it is none."""
    body = line[1 : 1 + (length + 2) // 3 * 4].ljust((length + 2) // 3 * 4)
    try:
        return binascii.a2b_uu(line[:1] + body)
    except binascii.Error:
        return b""


def loose_text(data: bytes) -> str:
    """Bytes of a header as text: UTF-8 where they are, else Windows-1252."""
    return data.decode("ascii") if data.isascii() else to_text(data, "utf-8")[0]


def charset_text(data: bytes, charset: str) -> str:
    """`data` in its character set, or what it really is where that cannot be: see `text_in`."""
    return text_in(data, charset)[0]


def text_in(data: bytes, charset: str) -> tuple[str, bool]:
    """The text of `data` and whether bytes of it fit no encoding that was tried.

    UTF-8 wherever it is valid and not plain ASCII; then the one that is named; then UTF-8 with single bytes of
    Windows-1252.
    """
    known = _codec(charset.strip().lower().strip("\"'"))
    if known[:6] in ("utf-16", "utf-32") and b"\0" not in data:
        known = "utf-8"
    if data.isascii() and known not in _SHIFTED:
        return data.decode("ascii"), False
    if known != "utf-8" and known not in _SHIFTED:
        try:
            return data.decode("utf-8"), False
        except UnicodeDecodeError:
            pass
    if known not in ("utf-8", "cp1252"):
        try:
            return data.decode(known), False
        except (UnicodeError, ValueError):
            pass
    text, damaged = to_text(data, "cp1252" if known == "cp1252" else "utf-8")
    return text, bool(damaged)


# Here even plain bytes mean something else.
_SHIFTED = frozenset(
    ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "iso2022_jp", "hz", "iso2022_kr")
)


@lru_cache(maxsize=256)
def _codec(name: str) -> str:
    """Python's name of a character set; "utf-8" for what is none."""
    if name in _OTHERWISE:
        return _OTHERWISE[name]
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return "cp1252" if "8859" in name or "1252" in name else "utf-8"
    if found.name in _REFUSED or not getattr(found, "_is_text_encoding", False):
        return "utf-8"
    return _OTHERWISE.get(found.name, found.name)
