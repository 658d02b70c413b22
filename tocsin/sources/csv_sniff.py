"""Whether bytes are a delimited table, and in which dialect: by how regular they are when read, never by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tocsin.sources.csv_dialect import NO_DELIMITER, Dialect
from tocsin.sources.csv_exact import first_row, parse
from tocsin.sources.csv_header import has_header, unique_names
from tocsin.sources.csv_shape import combos, list_of_one, tabular
from tocsin.sources.encoding import WIDE, detect, mark, to_text
from tocsin.sources.source import Sniffed

DELIMITERS = (";", ",", "\t", "|", ":")
HEAD = 1 << 18
_LINES = 1000
_LEAD = 30
# So many cells that begin with a quote which nothing closes make it a letter like others.
_LOOSE = 3
_WIDEST = 1 << 16
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?', re.IGNORECASE)
_MARKUP = re.compile(r"\s*[<{\[]|%PDF|\{\\rtf|From |-----BEGIN")
_SQL = re.compile(
    r"(INSERT\s+INTO|CREATE\s+TABLE|DROP\s+TABLE|LOCK\s+TABLES|COPY\s.*FROM\s+stdin)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Guess:
    """A dialect under test: what it makes of the head."""

    dialect: Dialect
    rows: list[list[str]]
    share: float

    @property
    def score(self) -> float:
        """The share of rows that fit, more columns counting for more."""
        return self.share * (1 - 1 / (self.dialect.columns + 1))


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The dialect of a table that begins with `head` (256 KiB, or all of a smaller one), or None for anything else.

    `size` is the whole in bytes, -1 where it is not known.
    """
    encoding = detect(head, size)
    if encoding is None:
        return None
    cut = size > len(head) or (size < 0 and len(head) >= HEAD)
    text, newline = _text(head, encoding)
    lines = text.split(newline)
    if cut or not lines[-1]:
        lines.pop()
    lines = lines[:_LINES]
    if not lines or _MARKUP.match(text) or any(_SQL.match(line) for line in lines):
        return None
    base = Dialect(names=("column_1",), newline=newline, mark=mark(head), encoding=encoding)
    return _sniffed(lines, base)


def _text(head: bytes, encoding: str) -> tuple[str, str]:
    """The head as text without its mark and NUL bytes, and the line end it is written with."""
    body = head[mark(head) :]
    text = body.decode(encoding, "ignore") if encoding in WIDE else to_text(body, encoding)[0]
    text = text.replace("\0", "")
    lone = text.count("\r") - text.count("\r\n")
    return text, "\r" if lone > 4 * text.count("\n") else "\n"


def _sniffed(lines: list[str], base: Dialect) -> Sniffed | None:
    """The best dialect of these lines, or of a table of one column, with its confidence."""
    forced = next((found[1] for line in lines[:1] if (found := _SEPARATOR.fullmatch(line))), None)
    guesses = [guess for guess in _guesses(lines[1:] if forced else lines, base, forced) if _likely(guess)]
    if guesses:
        best = max(guesses, key=lambda guess: guess.score)
        dialect = _lead(lines, best)
        confidence = best.share * (0.5 + 0.1 * min(dialect.columns - 1, 3) + 0.1 * dialect.header)
        return Sniffed(confidence=confidence, encoding=base.encoding, dialect=dialect.settings())
    if not list_of_one(lines):
        return None
    quote = '"' if all(line.startswith('"') for line in lines if line.strip()) else ""
    dialect = _lead(lines, _Guess(replace(base, delimiter=NO_DELIMITER, quote=quote), [], 1.0))
    return Sniffed(confidence=0.5, encoding=base.encoding, dialect=dialect.settings())


def _guesses(lines: list[str], base: Dialect, forced: str | None) -> Iterator[_Guess]:
    """What each dialect that the characters hint at makes of the lines."""
    filled = sum(1 for line in lines if line.strip())
    for delimiter in (forced,) if forced else DELIMITERS:
        if sum(1 for line in lines if delimiter in line) * 10 < filled:
            continue
        for quote, escape in _styles(lines, delimiter):
            style = replace(base, delimiter=delimiter, quote=quote, escape=escape)
            tried = (_tried(lines, style, columns) for columns in _widths(lines, style))
            best = max(tried, key=lambda guess: guess.score, default=None)
            if best is not None:
                yield best


def _styles(lines: list[str], delimiter: str) -> Iterator[tuple[str, str]]:
    """The quote and escape characters worth a try, the likeliest first."""
    text, edge = "\n".join(lines), re.escape(delimiter)
    single = len(re.findall(f"(?:^|{edge})'[^'\n]*'(?={edge}|\r?$)", text, re.MULTILINE))
    if single * 2 >= len(lines) and single > text.count('"'):
        yield "'", ""
        if "\\'" in text:
            yield "'", "\\"
    yield '"', ""
    if '\\"' in text:
        yield '"', "\\"
    opened = len(re.findall(f'(?:^|{edge})"', text, re.MULTILINE))
    closed = len(re.findall(f'(?:^|{edge})"[^"\n]*"(?={edge}|\r?$)', text, re.MULTILINE))
    if opened - closed >= _LOOSE and opened > closed * 2:
        yield "", ""


def _widths(lines: list[str], style: Dialect) -> list[int]:
    """How many fields rows may have: the two commonest numbers, and that of the first line."""
    pattern = _quoted_cell(style) if style.quote else None
    widths = [_width(line, style, pattern) for line in lines if line.strip()]
    counted = Counter(width for width in widths if width > 1)
    likely = [width for width, _ in counted.most_common(2)]
    return list(dict.fromkeys(likely + [width for width in widths[:1] if width > 1]))


def _quoted_cell(style: Dialect) -> re.Pattern[str]:
    """A whole quoted cell of one line."""
    edge, quote, escape = re.escape(style.delimiter), style.quote, re.escape(style.escape)
    inner = f"[^{quote}{escape}]|{quote}{quote}" + (f"|{escape}." if escape else "")
    return re.compile(f"(?:^|(?<={edge})){quote}(?:{inner})*{quote}(?={edge}|\r?$)")


def _width(line: str, style: Dialect, pattern: re.Pattern[str] | None) -> int:
    """How many fields one line has; 0 for a line too long to tell here."""
    if len(line) > _WIDEST:
        return 0
    if pattern is not None and style.quote in line:
        line = pattern.sub("", line)
    return line.count(style.delimiter) + 1


def _tried(lines: list[str], style: Dialect, columns: int) -> _Guess:
    """The rows of `columns` fields that the exact reader finds, and their share of all records."""
    dialect = replace(style, names=tuple(f"column_{place}" for place in range(1, columns + 1)))
    parsed = parse(lines, dialect, final=True)
    return _Guess(dialect, parsed.rows, len(parsed.rows) / max(1, parsed.records))


def _likely(guess: _Guess) -> bool:
    """Whether the guess is a table rather than prose, code or a log that holds the delimiter."""
    columns = guess.dialect.columns
    if not guess.rows or guess.share < (0.6 if columns > 2 else 0.75):
        return False
    if guess.dialect.delimiter == ":":
        return combos(guess.rows, guess.share)
    return tabular(guess.rows, guess.dialect.delimiter, guess.share)


def _lead(lines: list[str], guess: _Guess) -> Dialect:
    """The dialect with its names, after the lines before the first record were told apart."""
    dialect, at, titles = guess.dialect, 0, []
    for at, line in enumerate(lines[:_LEAD]):
        if not line.strip() or (at == 0 and _SEPARATOR.fullmatch(line)):
            continue
        cells, _ = first_row(lines[at:], dialect)
        if cells is not None and not _title(cells):
            break
        titles.append(at)
    else:
        return replace(dialect, skip=1 if _SEPARATOR.fullmatch(lines[0]) else 0)
    header, used = _header(lines, at, dialect)
    if header is not None:
        return _named(dialect, header, at + used, len(titles))
    if titles and (header := _near(lines, titles[-1], dialect)) is not None:
        return _named(dialect, header, titles[-1] + 1, len(titles) - 1)
    lost = next((place for place in titles if dialect.delimiter in lines[place]), at)
    return replace(dialect, skip=lost, preamble=sum(1 for place in titles if place < lost))


def _named(dialect: Dialect, header: list[str], skip: int, preamble: int) -> Dialect:
    return replace(dialect, names=unique_names(header), header=True, skip=skip, preamble=preamble)


def _title(cells: list[str]) -> bool:
    """Whether a row of the right length is a title or empty: one cell filled at most, of three or more."""
    return len(cells) > 2 and sum(1 for cell in cells if cell.strip()) <= 1


def _header(lines: list[str], at: int, dialect: Dialect) -> tuple[list[str] | None, int]:
    """The header that begins at line `at` and the lines it takes; None where that row is a record."""
    cells, used = first_row(lines[at:], dialect)
    if cells is None:
        return None, used
    below = parse(lines[at + used :], dialect, final=True).rows
    return (cells if has_header([cells, *below]) else None), used


def _near(lines: list[str], at: int, dialect: Dialect) -> list[str] | None:
    """A header one cell shorter than the rows, or longer by empty ones, as exports that end in a delimiter make it."""
    cells = [cell.strip().strip(dialect.quote or None) for cell in lines[at].split(dialect.delimiter)]
    columns = dialect.columns
    if len(cells) < max(2, columns - 1) or any(cells[columns:]):
        return None
    cells = [*cells, ""][:columns]
    below = parse(lines[at + 1 :], dialect, final=True).rows
    return cells if has_header([cells, *below]) else None
