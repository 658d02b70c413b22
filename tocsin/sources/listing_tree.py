"""Lists of files drawn as a tree: `tree` of Unix in ASCII and UTF-8, with or without sizes, and `tree /f` of Windows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tocsin.sources.listing_cell import DATE, moment, size
from tocsin.sources.listing_text import Line, Listed

_INDENT = r"(?:[│|\u2502][ \u00a0]{2,3}|[ \u00a0]{4})*"
_BRANCH = re.compile(rf"({_INDENT})(?:[├└][─]{{2}} |[|`+\\]-- )(.*)")
_WINDOWS = re.compile(rf"({_INDENT})(?:[├└]─── ?|[+\\]---)(.*)")
_LEAF = re.compile(r"((?:[│|] {3}| {4})+)(\S.*)")
_META = re.compile(r"\[([^\]]*)\][ \u00a0]{1,2}(.+)")
_MODE = re.compile(r"([-dlbcps])[-rwxsStT]{9}")
_TOTAL = re.compile(
    r"\s*(?:\S+ bytes used in )?\d+ (?:directories|directory|r.pertoires?|dossiers?)(?:, \d+ \w+)?.*", re.I
)
_HEAD = re.compile(
    r"(?:Folder PATH listing.*|Structure du dossier.*|Volume serial number.*|Le num.ro de s.rie.*"
    r"|Auflistung der Ordnerpfade.*|Volumeseriennummer.*|No subfolders exist.*|Aucun sous-dossier.*)",
    re.I,
)


def is_tree(lines: Sequence[str]) -> bool:
    """Whether some of these lines hang on a branch."""
    return sum(bool(_BRANCH.match(line) or _WINDOWS.match(line)) for line in lines) >= 1


def tree_lines(lines: Sequence[str]) -> Iterator[Line]:
    """The files of a drawn tree."""
    drawn = sum(_WINDOWS.fullmatch(line) is not None and not _BRANCH.fullmatch(line) for line in lines)
    unix = sum(_BRANCH.fullmatch(line) is not None for line in lines)
    yield from _windows(lines) if drawn > unix else _unix(lines)


def _unix(lines: Sequence[str]) -> Iterator[Line]:
    """`tree`: what the next line hangs below is a folder, and so is what ends in a slash."""
    steps: list[str] = []
    rows = [_BRANCH.fullmatch(line) for line in lines]
    root = ""
    for at, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if row is None:
            if line.strip() and not _TOTAL.fullmatch(line):
                if at + 1 < len(rows) and rows[at + 1] is not None:
                    root, steps = _bare(line)[1], []
                else:
                    yield None
            continue
        depth = _depth(row.group(1))
        meta, name = _bare(row.group(2))
        below = rows[at + 1] if at + 1 < len(rows) else None
        steps = [*steps[:depth], name.rstrip("/")]
        mode = _MODE.search(meta)
        folder = name.endswith("/") or (below is not None and _depth(below.group(1)) > depth)
        if folder or " -> " in name or (mode is not None and mode.group(1) != "-"):
            continue
        path = name if root and name.startswith(f"{root.rstrip('/')}/") else "/".join([root, *steps])
        date = DATE.search(meta)
        sized = (DATE.sub(" ", meta).split() or [""])[-1]
        yield Listed(path, size(sized), moment(meta) if date else ())


def _depth(indent: str) -> int:
    """How many columns of the drawing stand before a branch."""
    return len(re.findall(r"[│|][ \u00a0]{2,3}|[ \u00a0]{4}", indent))


def _bare(text: str) -> tuple[str, str]:
    """What stands in square brackets before a name, and the name; quotes and marks of `tree -F` taken off."""
    found = _META.fullmatch(text)
    meta, name = (found.group(1), found.group(2)) if found else ("", text)
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1]
    return meta, name


def _windows(lines: Sequence[str]) -> Iterator[Line]:
    """`tree /f`: folders hang on branches, their files stand one step further in without any."""
    steps: list[str] = []
    root = ""
    for line in lines:
        row = _WINDOWS.fullmatch(line)
        if not line.strip(" │|\u00a0"):
            continue
        if row is not None:
            steps = [*steps[: _depth(row.group(1))], row.group(2).rstrip()]
            continue
        leaf = _LEAF.fullmatch(line)
        if leaf is not None:
            depth = len(leaf.group(1)) // 4 - 1
            yield Listed("/".join([root, *steps[:depth], leaf.group(2)]))
        elif re.match(r"[A-Za-z]:|\\\\", line):
            root, steps = re.sub(r"^\w:\.$", "", line.strip()).replace("\\", "/"), []
        elif not _HEAD.fullmatch(line.strip()):
            yield None
