"""What a message says: the text of its parts, its sender's signature apart, and what of it could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.mail_decoding import decoded, text_in
from tocsin.sources.mail_page import page
from tocsin.sources.mail_parts import Leaf, Part, Parts
from tocsin.sources.stretch import Stretch

# Text of one message that is read, in bytes as they stand in the source.
MOST = 1 << 26
ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_PGP = "-----BEGIN PGP MESSAGE-----"
_UU = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?$(?=[^\n]*\n[ -`]{2,62}\r?$)", re.MULTILINE)
_UU_END = re.compile(rb"^end\r?$", re.MULTILINE)
_FLOWED = re.compile(r"(?<!^--) \n(?![>\n])", re.MULTILINE)
_FLOWED_QUOTE = re.compile(r"^(>+)([^\n]*) \n\1 ?(?!>)", re.MULTILINE)
_QUOTE = re.compile(
    r"^(?:>|-{2,} ?(?:Original|Forwarded|Message|Weitergeleitete|Urspr|Mensaje|Messaggio)|_{10,}\s*$"
    r"|(?:De|From|Von|Da) ?: |(?:Le|On|Am|El|Il) [^\n]{5,120}(?:\n[^\n]{0,80})?(?:écrit|wrote|schrieb|escribió|scritto) ?:)",
    re.MULTILINE,
)
_GREETING = re.compile(
    r"^[ \t]*(?:(?:bien |très |tres )?(?:cordialement|sincèrement|respectueusement|amicalement)(?: vôtre)?|cdlt|cdt"
    r"|bien (?:à|a) (?:vous|toi)|salutations(?: distinguées)?|sincères salutations|bonne (?:journée|réception|soirée)"
    r"|(?:best|kind|warm|with kind|with best)? ?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)"
    r"|(?:many )?thanks|mit freundlichen grüßen|viele grüße|un saludo|saludos cordiales|cordiali saluti)[ \t]*[,.!]?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
LONGEST_SIGNATURE, SIGNATURE_LINES = 1500, 15


@dataclass(slots=True)
class Said:
    """The body and the signature of a message, which attachments it has, and what went wrong."""

    body: str
    signature: str
    codes: tuple[str, ...]
    unread: int = 0


def said(base: Stretch, parts: Parts) -> Said:
    """The text of a message whose parts are `parts`; of alternatives one, and what only the other one says."""
    codes: list[str] = ["source.truncated"] if parts.cut else []
    codes += ["source.deep_parts"] if parts.deep else []
    codes += ["source.long_header"] if parts.long else []
    texts: list[tuple[int, bool, str]] = []
    room, unread = MOST, 0
    for part in parts.leaves:
        leaf = Leaf(part)
        if encrypted(leaf):
            codes.append("source.encrypted")
        elif leaf.body:
            length = part.stop - part.start
            texts.append((part.group, leaf.type == "text/html", _text(base, leaf, min(length, room), codes)))
            unread, room = unread + max(length - room, 0), max(room - length, 0)
    if unread:
        codes.append("source.too_large")
    whole = _united(texts)
    if _PGP in whole:
        codes.append("source.encrypted")
    body, signature = signed(whole)
    return Said(body, signature, tuple(dict.fromkeys(codes)), unread)


def encrypted(leaf: Leaf) -> bool:
    """Whether only a key opens this part (RFC 8551, RFC 3156); the parts beside the content count as well."""
    if leaf.type in ENCRYPTED:
        return leaf.parameters.get("smime-type", "enveloped-data").lower() in (
            "enveloped-data",
            "authenveloped-data",
        )
    return leaf.type == "application/octet-stream" and "multipart/encrypted" in leaf.part.inside


def _text(base: Stretch, leaf: Leaf, length: int, codes: list[str]) -> str:
    """The text of one part."""
    part = leaf.part
    raw = base.read_at(part.start, length)
    data, cut = decoded(raw, leaf.encoding)
    if cut:
        codes.append("source.truncated")
    if data is raw and b"begin " in data and leaf.type == "text/plain":
        data = _without_files(data)
    text, damaged = text_in(data, leaf.charset)
    if damaged:
        codes.append("source.mixed_encoding")
    text = text.replace("\r\n", "\n") if "\r" in text else text
    if leaf.type == "text/html":
        return page(text)
    if leaf.parameters.get("format", "").lower() == "flowed":
        return flowed(text, leaf.parameters.get("delsp", "").lower() == "yes")
    return text


def flowed(text: str, delete: bool) -> str:
    """Lines that a mailer broke put together again (RFC 3676)."""
    text = _FLOWED_QUOTE.sub(lambda found: f"{found[1]}{found[2]}{'' if delete else ' '}", text)
    return _FLOWED.sub("" if delete else " ", text).replace("\n ", "\n")


def _without_files(data: bytes) -> bytes:
    """Text without the files that stand in it as uuencode: they are sources of their own."""
    pieces, at = [], 0
    for start, _, stop in files_in(data):
        pieces.append(data[at:start])
        at = stop
    return b"".join((*pieces, data[at:]))


def files_in(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """The uuencoded files in a text: where each begins, its name, and where it ends."""
    at = 0
    while (found := _UU.search(data, at)) is not None:
        end = _UU_END.search(data, found.end())
        at = len(data) if end is None else end.end()
        yield found.start(), found[1], at


def _united(texts: list[tuple[int, bool, str]]) -> str:
    """All texts in order; in an alternative the plain one, then the lines that only the page has."""
    if len(texts) == 1:
        return texts[0][2].strip()
    plain: dict[int, set[str]] = {}
    for group, markup, text in texts:
        if group and not markup:
            plain.setdefault(group, set()).update(text.split())
    pieces = []
    for group, markup, text in texts:
        known = plain.get(group) if markup else None
        if known:
            lines = (line for line in text.split("\n") if any(word not in known for word in line.split()))
            text = "\n".join(lines)
        pieces.append(text.strip())
    return "\n".join(piece for piece in pieces if piece)


def signed(text: str) -> tuple[str, str]:
    """`text` without the signature of its sender, and the signature; "" where there is none to be sure of.

    It stands before the first quoted message, after a line of two hyphens (RFC 3676, section 4.3) or after a
    word of leave on a line of its own, and has at most 15 lines.
    """
    quote = _QUOTE.search(text)
    own = text[: quote.start()] if quote is not None else text
    tail = max(len(own) - LONGEST_SIGNATURE - 200, 0)
    at = max(own.rfind("\n-- \n", tail), own.rfind("\n--\n", tail))
    if at >= 0:
        begin = own.index("\n", at + 1) + 1
    else:
        leave = next(iter(_GREETING.finditer(own, tail)), None)
        if leave is None:
            return text, ""
        begin = leave.end()
    signature = own[begin:].strip()
    if not signature or len(signature) > LONGEST_SIGNATURE or signature.count("\n") >= SIGNATURE_LINES:
        return text, ""
    rest = text[quote.start() :] if quote is not None else ""
    return (own[:begin].rstrip() + "\n" + rest).strip() if rest else own[:begin].strip(), signature


def attached(parts: Parts) -> Iterator[tuple[Part, Leaf]]:
    """The parts that are sources of their own: files, pictures, messages inside the message."""
    for part in parts.leaves:
        leaf = Leaf(part)
        if not leaf.body and not encrypted(leaf) and not _formal(leaf):
            yield part, leaf


def _formal(leaf: Leaf) -> bool:
    """Parts that hold nothing but a seal or the word that something is encrypted."""
    return leaf.type.endswith(("-signature", "pgp-encrypted")) or "multipart/encrypted" in leaf.part.inside
