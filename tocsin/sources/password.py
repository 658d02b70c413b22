"""The passwords that somebody offers for what is encrypted: from a file, held in memory, never shown or kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tocsin.errors import UsageError
from tocsin.sources.limits import limit

# How programs of the years before UTF-8 turned what was typed into bytes, in France.
OLDER = ("cp1252", "cp850", "cp437")
_file: list[str] = []
_good: list[str] = []


def offer(path: str | None) -> int:
    """From now on the passwords are the lines of this file, in UTF-8 (None: there are none). Gives their number.

    Raises UsageError where the file cannot be read, is no text, or holds more lines than the limits allow.
    """
    if _file != ([] if path is None else [path]):
        _file[:] = [] if path is None else [path]
        _good.clear()
    return len(offered())


def offered() -> list[str]:
    """The passwords, without doubles, those that opened something first."""
    known = _lines(_file[0]) if _file else ()
    return [*_good, *(one for one in known if one not in _good)]


def opened(password: str) -> None:
    """This password opened something: it is tried first from now on."""
    if password in _good:
        _good.remove(password)
    _good.insert(0, password)


def forms(password: str) -> Iterator[bytes]:
    """The bytes that a password may have been: in UTF-8, then as older programs wrote it."""
    known = [password.encode("utf-8")]
    for encoding in () if password.isascii() else OLDER:
        raw = password.encode(encoding, "ignore")
        if raw.decode(encoding) == password and raw not in known:
            known.append(raw)
    yield from known


@cache
def _lines(path: str) -> tuple[str, ...]:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError, ValueError):
        raise UsageError("cli.password_file") from None
    lines = tuple(dict.fromkeys(line for line in text.replace("\r\n", "\n").split("\n") if line))
    if len(lines) > limit("passwords", "count"):
        raise UsageError("cli.too_many_passwords", limit=limit("passwords", "count"))
    return lines
