"""The attacker's list of files: its encoding, its form, and the files it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.errors import UsageError
from tocsin.sources import listing_html, listing_text, listing_tree
from tocsin.sources.encoding import MARKS, detect
from tocsin.sources.listing_text import Line, Listed

LOOKED_AT = 5000
_LINE = re.compile("\r\n|\n|\r")
# Letters of western Europe, what tables are drawn with, the space in French numbers.
_USUAL = frozenset("àâäçéèêëîïôöùûüÿœæñáíóúìòãõåøßÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆÑ│├└─┌┐’‘“”–—…€°«»\u00a0\u202f")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileList:
    """What a list holds: its files without doubles, how many lines say nothing that can be read, its form and encoding."""

    files: Sequence[Listed]
    unread: int
    form: str
    encoding: str


def read_list(path: str) -> FileList:
    """The list at `path`. Raises UsageError where it cannot be opened or is no text."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError:
        raise UsageError("listing.no_list") from None
    encoding = encoding_of(raw)
    if encoding is None:
        raise UsageError("listing.no_text")
    return parse(raw.decode(encoding, "replace").removeprefix("\ufeff"), encoding)


def encoding_of(raw: bytes) -> str | None:
    """The encoding of a list: by its mark, by what is valid, and by which code page makes usual letters of it."""
    head = raw[: 1 << 18]
    marked = any(head.startswith(mark) for mark, _ in MARKS)
    found = detect(head, len(raw))
    if marked or found is None or found.startswith(("utf-16", "utf-32")):
        return found
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return max(("cp1252", "cp850"), key=lambda page: _likely(raw, page))
    return "utf-8"


def _likely(raw: bytes, page: str) -> int:
    """How many usual characters more than unusual ones a code page makes of the bytes beyond ASCII."""
    beyond = raw.translate(None, bytes(range(128)))[:65536].decode(page, "replace")
    return sum(1 if char in _USUAL else -1 for char in beyond)


def parse(text: str, encoding: str = "utf-8") -> FileList:
    """The files that a list names, in its order."""
    if listing_html.is_html(text):
        return _kept(listing_html.html_entries(text), "html", encoding)
    lines = _LINE.split(text.replace("\0", ""))
    first = lines[:LOOKED_AT]
    for form, fits, read in (
        ("dir", listing_text.is_dir, listing_text.dir_lines),
        ("tree", listing_tree.is_tree, listing_tree.tree_lines),
        ("ls", listing_text.is_ls, listing_text.ls_lines),
        ("ls", listing_text.is_bare_ls, listing_text.bare_ls_lines),
    ):
        if fits(first):
            return _kept(read(lines), form, encoding)
    return _kept(listing_text.plain_lines(lines), "paths", encoding)


def _kept(lines: Iterable[Line], form: str, encoding: str) -> FileList:
    """Files once each; what another one lies in is a folder, and so is what ends in a slash."""
    files: dict[tuple[str, object, object], Listed] = {}
    unread = 0
    for line in lines:
        path = "" if line is None else clean(line.path)
        if line is None:
            unread += 1
        elif path and not line.path.endswith("/"):
            files.setdefault((path, line.bytes, line.times), Listed(path, line.bytes, line.times))
    folders = {folder for one in files.values() for folder in _above(one.path)}
    told = [one for one in files.values() if one.path not in folders]
    return FileList(files=told, unread=unread, form=form, encoding=encoding)


def clean(path: str) -> str:
    """A path without empty steps and without `.` and `..`."""
    return "/".join(step for step in path.split("/") if step not in ("", ".", ".."))


def _above(path: str) -> Iterable[str]:
    """The folders that a path lies in."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)
