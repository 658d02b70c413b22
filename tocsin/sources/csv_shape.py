"""What tells the rows of a table from prose, logs and code that hold a delimiter by chance."""

from __future__ import annotations

import re
from collections import Counter

from tocsin.sources.csv_header import has_header

_STAMP = re.compile(r"\[?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}")
_MILLISECONDS = re.compile(r"[0-9]{3}\b")
_ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{60,}")
_HASH = re.compile(r"[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}")
_SETTING = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*=|[A-Z][A-Z;=-]*:")
_KEY = re.compile(r"[A-Z][A-Z;=-]*")
_TOKEN = re.compile(r"[\w+\"'$@#<.-]\S*")
_SHORT = 40
_SAMPLE = 500


def tabular(rows: list[list[str]], delimiter: str, share: float) -> bool:
    """Whether `rows` are a table's: short cells in enough columns, or typed columns under a header."""
    rows = rows[:_SAMPLE]
    columns = list(zip(*rows, strict=True))
    headed = len(rows) > 1 and has_header(rows)
    named = headed and bool(rows[0][-1].strip())
    if len(columns) == 2 and not named and _halves(columns[0], columns[1]):
        return False
    short = [_short(column) for column in columns]
    if len(rows) == 1:
        return len(columns) > 2 and min(short) == 1 and not _spaced(rows, delimiter)
    if not headed and (_unbalanced(rows) or (_spaced(rows, delimiter) and _sentences(rows))):
        return False
    if len(rows) < 4 or share < (1.0 if len(columns) == 2 and len(rows) < 10 else 0.8):
        few = len(columns) > 2 or share == 1.0
        return headed or (few and sum(short) >= 0.6 * len(short) and _words(rows) <= 2.5)
    return headed or max(short) >= 0.8


def _halves(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two columns are halves of something else: statements that end in the delimiter, times with a comma."""
    if sum(1 for cell in second if not any(map(str.isalnum, cell))) * 10 >= len(second) * 9:
        return True
    stamps = sum(
        1
        for left, right in zip(first, second, strict=True)
        if _STAMP.match(left) and _MILLISECONDS.match(right)
    )
    return stamps * 2 > len(first)


def _short(column: tuple[str, ...]) -> float:
    """The share of a column's filled cells that have at most two words and 40 characters."""
    filled = [cell for cell in column if cell.strip()]
    if not filled:
        return 0.0
    return sum(1 for cell in filled if len(cell) <= _SHORT and len(cell.split()) <= 2) / len(filled)


def _spaced(rows: list[list[str]], delimiter: str) -> bool:
    """Whether nearly every delimiter is followed by a space, as in prose."""
    after = [cell for row in rows for cell in row[1:] if cell]
    return (
        delimiter in ",;" and sum(1 for cell in after if cell[0] == " ") * 5 >= len(after) * 4 and bool(after)
    )


def _sentences(rows: list[list[str]]) -> bool:
    """Whether cells hold more than two words in the middle, or rows end as sentences do."""
    ends = sum(1 for row in rows if row[-1].rstrip()[-1:] in (".", "!", "?", ":", "…"))
    return _words(rows) > 2 or ends * 2 > len(rows)


def _unbalanced(rows: list[list[str]]) -> bool:
    """Whether brackets open in one cell and close in another, as in code."""
    broken = sum(1 for row in rows if any(cell.count("(") != cell.count(")") for cell in row))
    return broken * 4 > len(rows)


def _words(rows: list[list[str]]) -> float:
    """How many words a filled cell has in the middle."""
    counts = [len(cell.split()) for row in rows for cell in row if cell.strip()]
    return sum(counts) / max(1, len(counts))


def combos(rows: list[list[str]], share: float) -> bool:
    """Whether rows cut at colons are a list of logins and passwords, or an account file: very regular, no spaces."""
    rows = rows[:_SAMPLE]
    logins = sum(1 for row in rows if "@" in row[0]) * 2 > len(rows)
    if len(rows) < 3 or share < (0.8 if logins else 0.95):
        return False
    if sum(1 for row in rows if _no_combo(row)) * 20 > len(rows):
        return False
    wordy = sum(1 for row in rows for cell in row if len(cell.split()) > 2)
    keys = len({row[0] for row in rows}) * 10 < len(rows) * 9 or all(_KEY.fullmatch(row[0]) for row in rows)
    return logins or (wordy * 10 < len(rows) * len(rows[0]) and not keys)


def _no_combo(row: list[str]) -> bool:
    """Whether the parts between colons look like a time, a hardware or web address, or a sentence."""
    spaced = any(cell[:1] == " " for cell in row) or re.search(r"\s|^$|^/|^\"", row[0]) is not None
    return spaced or all(len(cell) <= 4 for cell in row) or row[1].startswith("//")


def list_of_one(lines: list[str]) -> bool:
    """Whether lines are a table of one column: three or more single tokens, or numbers written alike."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) < 3:
        return False
    if sum(1 for line in filled if _TOKEN.fullmatch(line) and len(line) <= 256) * 100 >= len(filled) * 97:
        encoded = sum(1 for line in filled if _ENCODED.fullmatch(line) and not _HASH.fullmatch(line))
        settings = sum(1 for line in filled if _SETTING.match(line))
        return max(encoded, settings) * 2 < len(filled)
    shapes = Counter(
        re.sub("[0-9]", "0", line) for line in filled if re.fullmatch(r"[0-9AB .+()/-]{4,40}", line)
    )
    return sum(count for _, count in shapes.most_common(3)) * 10 > len(filled) * 9
