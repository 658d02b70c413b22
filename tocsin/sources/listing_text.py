"""Lists of files as tools print them: `dir /s`, `ls -lR`, `find`, and plain lines of paths with or without sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.sources.listing_cell import DATE, Span, Times, epoch, moment, size


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a list: its path with `/`, the bytes it can have, when it was changed (both None or empty: unsaid)."""

    path: str
    bytes: Span | None = None
    times: Times = ()


Line = Listed | None
_DIRECTORY = re.compile(
    r"\s?(?:Directory of|R.pertoire de|Verzeichnis von|Directorio de|Directory di)\s+(.+?)\s*", re.I
)
_DIR_ROW = re.compile(
    r"(\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\s+\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]?\b\.?)?)"
    r"\s+(?:(<[A-Z]+>)\s+|(\d[\d.,'\u00a0\u202f\u2009’]*(?: \d{3})*)\s)(.+)"
)
_FOLDER_MARK = re.compile(r"<[A-Z]+>\s+(?=\.\.?\s*$)")
_TOTAL = re.compile(
    r"(?:total\s+[\d.,]+\w?|\d+\s+\S+\s+[\d\s.,\u00a0\u202f’']+\s(?:bytes|octets|Bytes)\b.*"
    r"|\d[\d\u00a0 .,]*\s(?:File|Dir|fichier|R.p)\S*\s.*|Total Files Listed:|Total des fichiers.*"
    r"|(?:Volume|Le volume|Le num.ro de s.rie)\b.*|Nombre total de fichiers.*)",
    re.I,
)
_MODE = r"(?P<type>[-dlbcpsDC?])[-rwxsStTl]{9}[.+@]?"
_WHEN = (
    r"(?:\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s[+-]\d{4})?)?"
    r"|[A-Za-zéûÉ]{3,5}\.?\s+\d{1,2}\s+(?:\d{1,2}:\d\d|\d{4})|\d{1,2}\s+[A-Za-zéûÉ]{3,5}\.?\s+(?:\d{1,2}:\d\d|\d{4}))"
)
_LS_ROW = re.compile(
    rf"\s*(?P<before>(?:[\d.,]+[KMGT]?\s+){{0,2}}){_MODE}\s+\d+\s+.*?(?P<size>\d[\d.,]*[KMGT]?)\s+(?P<when>{_WHEN})\s(?P<name>.+)"
)
_OTHER_MODE = re.compile(rf"\s*(?:\d+\s+){{0,2}}{_MODE}\s+\d+\s")
_ESCAPE = re.compile(r"(?:\\[0-3][0-7]{2})+|\\.")
_EPOCH = re.compile(r"\d{9,10}\.\d+")
_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_SIZED = re.compile(r"\s*(?:0|[1-9]\d*) +\S")


def is_dir(lines: Sequence[str]) -> bool:
    """Whether these are lines of `dir`."""
    return any(_DIRECTORY.fullmatch(line) for line in lines)


def is_ls(lines: Sequence[str]) -> bool:
    """Whether these are lines of `ls -l` or `find -ls`."""
    rows = sum(_LS_ROW.fullmatch(line) is not None for line in lines)
    return rows > 0 and 4 * rows >= sum(1 for line in lines if line.strip())


def is_bare_ls(lines: Sequence[str]) -> bool:
    """Whether these are lines of `ls -R` without sizes: headings that end in a colon, each after an empty line."""
    heads = [at for at, line in enumerate(lines) if _heading(line) and (at == 0 or not lines[at - 1].strip())]
    return len(heads) > 1 or bool(heads) and heads[0] == 0


def dir_lines(lines: Sequence[str]) -> Iterator[Line]:
    """The files of `dir /s`; the order of day and month is learned from the lines themselves."""
    folder, column = "", None
    first = _month_first(lines)
    for line in lines:
        head = _DIRECTORY.fullmatch(line)
        if head is not None:
            folder = head.group(1)
            continue
        row = _DIR_ROW.fullmatch(line)
        if row is None:
            if line.strip() and not _TOTAL.fullmatch(line.strip()):
                yield None
            continue
        if row.group(2):
            mark = _FOLDER_MARK.search(line)
            column = mark.end() if mark else column
            continue
        bytes_, name = row.group(3), row.group(4)
        if column is not None and column < len(line) and line[column - 1] == " " and line[column] != " ":
            bytes_, name = line[len(row.group(1)) : column].strip(), line[column:]
        yield Listed(f"{folder}\\{name}".replace("\\", "/"), _exact(bytes_), moment(row.group(1), first))


def _month_first(lines: Sequence[str]) -> bool | None:
    """Whether 01/02 is the second of January: what some day beyond 12, or a.m. and p.m., tell; None if nothing does."""
    for line in lines:
        row = _DIR_ROW.fullmatch(line)
        date = DATE.search(row.group(1)) if row else None
        if date is None or date.group("one") is None:
            continue
        if int(date.group("one")) > 12:
            return False
        if int(date.group("two")) > 12 or date.group("phalf"):
            return True
    return None


def _exact(text: str) -> Span | None:
    digits = re.sub(r"\D", "", text)
    return (int(digits), int(digits)) if digits else None


def ls_lines(lines: Sequence[str]) -> Iterator[Line]:
    """The files of `ls -lR` (names below headings) and of `find -ls` (whole paths, escaped)."""
    folder = ""
    for line in lines:
        row = _LS_ROW.fullmatch(line)
        if row is None:
            if _heading(line):
                folder = line.rstrip()[:-1]
            elif line.strip() and not _TOTAL.fullmatch(line.strip()) and not _OTHER_MODE.match(line):
                yield None
            continue
        if row.group("type") not in "-?":
            continue
        name = row.group("name")
        if len(row.group("before").split()) == 2:
            name = _ESCAPE.sub(_unescaped, name)
        yield Listed(
            f"{folder}/{name}" if folder else name, size(row.group("size")), moment(row.group("when"))
        )


def bare_ls_lines(lines: Sequence[str]) -> Iterator[Line]:
    """The names of `ls -R`."""
    folder, before = "", ""
    for line in lines:
        if _heading(line) and not before.strip():
            folder = line.rstrip()[:-1]
        elif line.strip():
            yield Listed(f"{folder}/{line}")
        before = line


def _heading(line: str) -> bool:
    return line.rstrip().endswith(":") and len(line.strip()) > 1


def _unescaped(found: re.Match[str]) -> str:
    """Characters that GNU find escaped: octal bytes, or a character behind a backslash."""
    text = found.group()
    if text[1:2].isdigit() and len(text) > 2:
        return bytes(int(one, 8) for one in text.split("\\")[1:]).decode("utf-8", "replace")
    return {"\\n": "\n", "\\t": "\t"}.get(text, text[1:])


def plain_lines(lines: Sequence[str]) -> Iterator[Line]:
    """A path a line, with a size and a date before or behind it where `find -printf` or a table put them."""
    windows = any(_WINDOWS.match(line.strip().strip("\"'")) for line in lines[:200])
    windows = windows or not any("/" in line for line in lines[:2000])
    separator = _separator(lines[:200])
    filled = [line for line in lines[:200] if line.strip()]
    sized = len(filled) > 1 and all(_SIZED.match(line) for line in filled)
    for line in lines:
        if line.strip():
            yield _cells(line.split(separator), windows) if separator else _words(line, windows, sized)


def _separator(lines: Sequence[str]) -> str | None:
    """What divides the cells where nearly every line has the same number of them."""
    filled = [line for line in lines if line.strip()]
    for sign in "\t;|":
        counts = [line.count(sign) for line in filled]
        if filled and counts[-1] and sum(one == counts[-1] for one in counts) >= 0.9 * len(counts):
            return sign
    return None


def _cells(cells: Sequence[str], windows: bool) -> Line:
    """A row of a table: the longest cell that is no size and no date is the path."""
    bytes_: Span | None = None
    times: Times = ()
    names = []
    for cell in (cell.strip().strip('"') for cell in cells):
        if _EPOCH.fullmatch(cell):
            times = epoch(cell)
        elif bytes_ is None and size(cell) is not None:
            bytes_ = size(cell)
        elif not times and DATE.match(cell) and moment(cell):
            times = moment(cell)
        else:
            names.append(cell)
    paths = sorted(names, key=lambda name: ("/" in name or "\\" in name, "." in name, len(name)))
    if not paths or not paths[-1]:
        return None
    return Listed(_slashed(paths[-1], windows), bytes_, times)


def _words(line: str, windows: bool, sized: bool = False) -> Line:
    """A line of words: size and date in front of the path or behind it, where the path is told by its slash.

    `sized` says that every line begins with a number, which is a size then.
    """
    bytes_: Span | None = None
    times: Times = ()
    text = line.strip()
    while " " in text:
        date = DATE.match(text)
        word, _, rest = text.partition(" ")
        if date is not None and not times and text[date.end() : date.end() + 1] == " ":
            times, text = moment(date.group()), text[date.end() :].lstrip()
        elif not times and _EPOCH.fullmatch(word):
            times, text = epoch(word), rest.lstrip()
        elif bytes_ is None and word.isdigit() and (sized or _begins(rest.lstrip())):
            bytes_, text = size(word), rest.lstrip()
        else:
            break
    path, _, last = text.rpartition(" ")
    if bytes_ is None and last.isdigit() and re.search(r"\.\w{1,5}$", path) and _begins(path):
        bytes_, text = size(last), path.rstrip()
    return Listed(_slashed(text.strip("\"'"), windows), bytes_, times) if text.strip("\"'") else None


def _begins(rest: str) -> bool:
    """Whether a path, a date or another number stands here: a number before it is then no part of a name."""
    return bool(
        re.match(r"\.?\.?/|[A-Za-z]:[\\/]|\\\\", rest)
        or DATE.match(rest)
        or _EPOCH.match(rest)
        or "/" in rest
    )


def _slashed(path: str, windows: bool) -> str:
    return path.replace("\\", "/") if windows or "/" not in path else path
