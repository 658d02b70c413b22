"""The text of a WordprocessingML part in one pass over its bytes, where a count proves that nothing was left out.

Every place where text follows a tag is counted; if the elements of text that were read are fewer, the exact reader
takes the part instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from tocsin.sources.decoding import valid
from tocsin.sources.office_xml import address

CHUNK = 1 << 22
# As in `office_xml`, in bytes.
CELL, ROW = b"\x01", b"\x02"
# ECMA-376 part 1, 17.3.3 (run content), 17.4 (tables), 17.13 (revisions), 17.16 (fields); part 4 for `wp` offsets.
_TOKEN = re.compile(
    rb"<(?:(?:w:(?:t|delText|instrText|delInstrText)|[am]:t)(?: xml:space=\"preserve\")?>([^<]*)"
    rb"|(/(?:w:(?:p|t[cr])|a:p)>|w:(?:p(?:/>| [^<>]*/>)|t(?:ab/>|xbxContent>)|br(?=[ />])|cr/>|noBreakHyphen/>|ptab "
    rb"|fldChar [^<>]*w:fldCharType=\"(?:begin|separate)\")|wp(?:14)?:[A-Za-z]+>(?=[^<])|[!?]))"
)
_TEXT, _SIGN = itemgetter(0), itemgetter(1)
_SIGNS = {
    b"/w:p>": b"\n",
    b"w:p/>": b"\n",
    b"/a:p>": b"\n",
    b"/w:tc>": CELL,
    b"/w:tr>": ROW,
    b"w:tab/>": b"\t",
    b"w:ptab ": b"\t",
    b"w:br": b"\n",
    b"w:cr/>": b"\n",
    b"w:txbxContent>": b"\n",
    b"w:noBreakHyphen/>": b"-",
}
_SHOWN = (b'descr="', b'title="', b'author="', b'instr="', b'tooltip="', b'displayText="', b'string="')
_ENTITY = re.compile(rb"&(?:lt|gt|quot|apos|amp|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_NAMED = {b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&apos;": b"'", b"&amp;": b"&"}
_SPACES = (
    b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
    b'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"',
)
_DECLARED = re.compile(
    rb"\s*<\?xml [^>]*?encoding=[\"'](?i:utf-8)[\"'][^>]*\?>|\s*<\?xml (?:(?!encoding)[^>])*\?>"
)


def fast(data: bytes) -> bytes | None:
    """The UTF-8 text of a whole part, then its attributes that people read, one a line; None where not certain."""
    head = data[:8192]
    declared = _DECLARED.match(head)
    start = declared.end() if declared else 0
    known = any(space in head for space in _SPACES) and data[-16:].rstrip().endswith(b">")
    if not known or data[:1] not in (b"<", b" ", b"\n") or b"\x01" in data or b"mc:Fallback" in data:
        return None
    texts: list[bytes] = []
    gaps = 1
    for chunk in _chunks(data, start):
        found = _TOKEN.findall(chunk)
        signs = set(map(_SIGN, found))
        if not signs.isdisjoint((b"!", b"?")):
            return None
        other = {sign: _other(sign) for sign in signs}
        gaps += len(found) - list(map(_TEXT, found)).count(b"")
        if any(sign.startswith(b"wp") for sign in signs):
            gaps += sum(sign.startswith(b"wp") for _, sign in found)
        texts.append(b"".join([text or other[sign] for text, sign in found]))
    text = b"".join(texts)
    if gaps != data.count(b">", start) - data.count(b"><", start) or not valid(text):
        return None
    return laid_out(unescaped(text) if b"&" in text else text) + b"".join(_shown(data))


def _chunks(data: bytes, start: int) -> Iterator[bytes]:
    """`data` cut behind ends of paragraphs."""
    while start < len(data):
        end = data.rfind(b"</w:p>", start, start + CHUNK) + 6 if len(data) - start > CHUNK else len(data)
        end = end if end > start + 6 else len(data)
        yield data[start:end]
        start = end


def _other(sign: bytes) -> bytes:
    """What a tag is in the text: the start or the middle of a field a blank, an empty paragraph a line."""
    if sign.startswith(b"w:fldChar"):
        return b" "
    return _SIGNS.get(sign, b"\n" if sign.startswith(b"w:p ") else b"")


def _shown(data: bytes) -> list[bytes]:
    """The attributes that are text, once each, in order, as lines."""
    found: dict[int, bytes] = {}
    for sign in _SHOWN:
        at = data.find(sign)
        while at >= 0:
            start = at + len(sign)
            end = data.find(b'"', start)
            if data[at - 1 : at] in (b" ", b":") and end >= 0:
                found[at] = data[start:end]
            at = data.find(sign, start)
    texts = (unescaped(found[at]).decode("utf-8", "replace") for at in sorted(found))
    return [f"{text}\n".encode() for text in dict.fromkeys(map(address, texts)) if text.strip()]


def laid_out(text: bytes) -> bytes:
    """As `office_xml.laid_out`."""
    if CELL not in text and ROW not in text:
        return text
    text = text.replace(b"\n" + CELL + ROW, b"\n").replace(CELL + ROW, b"\n")
    return text.replace(b"\n" + CELL, b"\t").replace(CELL, b"\t").replace(ROW, b"\n")


def unescaped(text: bytes) -> bytes:
    """`text` with the five entities of XML and its character references; any other `&` stays."""
    return _ENTITY.sub(_character, text)


def _character(found: re.Match[bytes]) -> bytes:
    written = found[0]
    if written in _NAMED:
        return _NAMED[written]
    number = int(written[3:-1], 16) if written[2:3] in b"xX" else int(written[2:-1])
    return chr(number).encode() if number < 0x110000 and not 0xD800 <= number < 0xE000 else b"\xef\xbf\xbd"
