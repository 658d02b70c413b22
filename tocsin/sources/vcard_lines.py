"""Content lines as vCard and iCalendar write them: a name, parameters, a value; folded, escaped, encoded.

Rules: RFC 6350 section 3 (and its older forms, RFC 2426 and vCard 2.1), RFC 5545 section 3.1.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.mail_decoding import charset_text

_FOLD = re.compile(r"\n[ \t]")
_SOFT = re.compile(r"(?im)^([^:\n]*;(?:encoding=)?quoted-printable[^:\n]*:[^\n]*)((?<==)\n[^\n]*)+")
_LINE = re.compile(
    r'(?:[A-Za-z0-9-]{1,64}\.)?([A-Za-z0-9-]{1,64})((?:;(?:"[^"]*"|[^":;])*+)*+):(.*)', re.DOTALL
)
_PARAMETER = re.compile(r';([^=;:]+)(?:=((?:"[^"]*"|[^";])*+))?')
_ESCAPE = re.compile(r"\\(.)")
_BINARY = frozenset(("b", "base64"))


@dataclass(frozen=True, slots=True)
class Line:
    """A content line: name and parameters in small letters, the value as written but decoded."""

    name: str
    parameters: dict[str, str]
    value: str

    def parts(self) -> list[str]:
        """The components of a structured value."""
        return [plain(part) for part in re.split(r"(?<!\\);", self.value)]


def plain(value: str) -> str:
    """A value without its escapes."""
    if "\\" not in value:
        return value.strip()
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def lines_of(text: str) -> Iterator[Line | str]:
    """The content lines of `text`; a line that is none as it stands. Binary values are left out."""
    if "=\n" in text:
        text = _SOFT.sub(lambda found: found[0].replace("=\n", ""), text)
    for raw in _FOLD.sub("", text).split("\n"):
        if not raw.strip():
            continue
        found = _LINE.match(raw)
        if found is None:
            yield raw.strip()
            continue
        told = {name.lower(): (value or "").strip('"') for name, value in _PARAMETER.findall(found[2])}
        encoding = told.get("encoding", "").lower() or (
            "quoted-printable" if "quoted-printable" in told else ""
        )
        if encoding in _BINARY or "base64" in told or found[3][:5].lower() == "data:":
            continue
        value = found[3]
        if encoding == "quoted-printable":
            value = charset_text(binascii.a2b_qp(value.encode()), told.get("charset", "utf-8"))
        yield Line(found[1].lower(), told, value)
