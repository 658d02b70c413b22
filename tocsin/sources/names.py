"""How a source is called: exact, readable, and never able to move a cursor or to pass for another one."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")
_END = re.compile("!(?=/|$)")


def escaped(raw: bytes) -> str:
    """`raw` as text: undecodable bytes, control and invisible characters as %XX, `%` as %25.

    A `!` at the end of a name is %21, because `!/` stands between an archive and its member.
    """
    text = "".join(_shown(char) for char in raw.decode("utf-8", "surrogateescape"))
    return _END.sub("%21", text)


def _shown(char: str) -> str:
    if char == "%":
        return "%25"
    if char >= " " and (char < "\x7f" or unicodedata.category(char) not in _HIDDEN):
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogateescape"))


def hostile(name: str) -> bool:
    """Whether a member of this name would be written outside of the folder it is unpacked to."""
    parts = re.split(r"[/\\]", name)
    return ".." in parts or name[:1] in ("/", "\\") or re.match("[A-Za-z]:", name) is not None


def beside(archive: str, member: str) -> str:
    """The source name of `member` inside `archive`."""
    return f"{archive}!/{member}"


def stem(source: str, endings: tuple[tuple[str, str], ...]) -> str:
    """The last part of a source's name, the ending of a compressed file replaced as `endings` say."""
    name = source.rpartition("/")[2]
    for ending, instead in endings:
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)] + instead
    return name
