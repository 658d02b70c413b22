"""Fixed-width text: many lines of one length whose columns are told apart by blanks, or by a ruler of dashes."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import polars as pl

from tocsin.sources.csv_header import has_header, unique_names
from tocsin.sources.decoding import begin, physical_lines, wide
from tocsin.sources.encoding import detect
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed
from tocsin.sources.whole import one_section

BLOCK = 4 << 20
BATCH = 50_000
# Lines that must agree, and how many of them; the narrowest line worth cutting.
FEWEST, SHARE, NARROWEST = 8, 0.95, 12
# A column is blank, or made of digits, where so many lines agree.
SURE = 0.995
LOOKED_AT = 2000
_RULER = re.compile(r"\s*-{2,}(?: +-{2,})+\s*")
_MARKED = re.compile(r"[|;\t]")
_STRUCTURED = re.compile(r"\s*[<{\[]")

Cuts = list[tuple[int, int]]


def sniff(head: bytes, size: int) -> Sniffed | None:
    """Lines of one length with blanks at the same places in all of them, or cut by a ruler below their header.

    Less sure than any delimited table: what has a delimiter is one.
    """
    encoding = detect(head, size) if head else None
    if encoding is None:
        return None
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    lines = [line.rstrip("\r\n\0\x1a") for line in text.split("\n")]
    lines = lines[:-1] if len(head) != size else lines
    if _STRUCTURED.match(text):
        return None
    found = _ruled(lines) or _aligned(lines[:LOOKED_AT])
    if found is None:
        return None
    cuts, names, skip = found
    dialect = (("cuts", json.dumps(cuts)), ("names", json.dumps(names, ensure_ascii=False)), ("skip", skip))
    return Sniffed(confidence=0.3, encoding=encoding, dialect=dialect)


def _ruled(lines: Sequence[str]) -> tuple[Cuts, list[str], int] | None:
    """Columns by the dashes under the header, as database consoles print them."""
    at = next((at for at, line in enumerate(lines[:20]) if _RULER.fullmatch(line)), None)
    if at is None or at == 0 or len([line for line in lines[at + 1 :] if line.strip()]) < 1:
        return None
    cuts = [(match.start(), match.end()) for match in re.finditer("-+", lines[at])]
    cells = _cut(lines[at - 1], cuts)
    fitting = sum(1 for line in lines[at + 1 : at + 200] if _fits(line, cuts))
    if not all(cells) or fitting * 10 < len(lines[at + 1 : at + 200]) * 8:
        return None
    return cuts, list(unique_names(cells)), at + 1


def _fits(line: str, cuts: Cuts) -> bool:
    """Whether a line has blanks between the columns."""
    gaps = pairwise(cuts)
    return not any(line[left[1] : right[0]].strip() for left, right in gaps)


def _aligned(lines: Sequence[str]) -> tuple[Cuts, list[str], int] | None:
    """Columns by what all lines of the commonest length have in common."""
    filled = [line for line in lines if line.strip()]
    lengths = Counter(map(len, filled))
    if len(filled) < FEWEST or not lengths:
        return None
    length, count = lengths.most_common(1)[0]
    if length < NARROWEST or count < len(filled) * SHARE or len(set(filled)) * 2 < len(filled):
        return None
    same = [line for line in filled if len(line) == length]
    if sum(1 for line in same if _MARKED.search(line)) * 2 > len(same):
        return None
    cuts = _columns(same[1:] or same, length)
    if len(cuts) < 2:
        return None
    named = _merged(cuts, lambda at: not same[0][cuts[at - 1][1] : cuts[at][1]].strip())
    rows = [_titles(same[0], named), *(_cut(line, named) for line in same[1:])]
    if has_header(rows) and len(named) > 1:
        cuts = named
    else:
        cuts = _merged(cuts, lambda at: cuts[at][0] - cuts[at - 1][1] == 1 and _seldom(same, cuts[at]))
        rows = []
    if not rows:
        return cuts, [f"column_{at}" for at in range(1, len(cuts) + 1)], 0
    return cuts, list(unique_names(rows[0])), lines.index(same[0]) + 1


def _columns(lines: Sequence[str], length: int) -> Cuts:
    """The columns: stretches between blank ones, cut again where digits meet something else in every line.

    None where no place is blank in all lines: text that is no table has none over so many lines.
    """
    codes = np.array([[ord(char) for char in line] for line in lines], dtype=np.uint32)
    blank = (codes == 32).mean(axis=0) >= SURE
    digit = ((codes >= 48) & (codes <= 57)).mean(axis=0) >= SURE
    for gap in np.flatnonzero(blank).tolist():
        alone = 0 < gap < length - 1 and not blank[gap - 1] and not blank[gap + 1]
        if alone and not (codes[:, gap - 1] == 32).any() and not (codes[:, gap + 1] == 32).any():
            blank[gap] = False  # inside a value that is always written alike: `06 12 34 56 78`
    inner = blank[np.argmin(blank) : length - int(np.argmin(blank[::-1]))] if not blank.all() else blank
    if not inner.any():
        return []
    cuts: Cuts = []
    start: int | None = None
    for at in range(length + 1):
        edge = at == length or blank[at]
        turn = not edge and start is not None and digit[at] != digit[at - 1] and _turns(codes, digit, at)
        if start is not None and (edge or turn):
            cuts.append((start, at))
            start = None
        if start is None and not edge:
            start = at
    return cuts


def _turns(
    codes: np.ndarray[tuple[int, int], np.dtype[np.uint32]],
    digit: np.ndarray[tuple[int], np.dtype[np.bool_]],
    at: int,
) -> bool:
    """Whether a field of digits ends or begins at `at`: four of them in every line, a letter or blank beside them."""
    side = slice(max(at - 4, 0), at) if digit[at - 1] else slice(at, at + 4)
    other = codes[:, at] if digit[at - 1] else codes[:, at - 1]
    apart = ~(((other >= 48) & (other <= 57)) | np.isin(other, [ord(sign) for sign in "-+./:,"]))
    return bool(digit[side].sum() >= 4 and apart.mean() >= SURE)


def _merged(cuts: Cuts, with_the_left: Callable[[int], bool]) -> Cuts:
    """The columns, those that go with the one on their left joined to it."""
    kept: Cuts = []
    for at, (start, stop) in enumerate(cuts):
        if kept and with_the_left(at):
            kept[-1] = (kept[-1][0], stop)
        else:
            kept.append((start, stop))
    return kept


def _seldom(lines: Sequence[str], cut: tuple[int, int]) -> bool:
    """Whether most lines leave a column empty: the end of values that are sometimes written wider."""
    return sum(1 for line in lines if line[slice(*cut)].strip()) * 10 < len(lines) * 6


def _titles(line: str, cuts: Cuts) -> list[str]:
    """The cells of a first line, whose words may be wider than what stands below them."""
    words = re.split(r"\s{2,}", line.strip())
    if len(words) == len(cuts):
        return words
    ends = [start for start, _ in cuts[1:]] + [len(line)]
    return _cut(line, [(start, end) for (start, _), end in zip(cuts, ends, strict=True)])


def _cut(line: str, cuts: Cuts) -> list[str]:
    return [line[start:stop].strip() for start, stop in cuts]


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of some MiB that end after a line; a record is a line that is not blank."""
    if wide(located):
        yield from one_section(located)
        return
    stretch, sha256 = stretch_of(located), hashlib.sha256()
    at = begin(located)
    sha256.update(stretch.read_at(0, at))
    start, rest, first, number = at, b"", 0, 0
    skip = int(located.setting("skip") or 0)
    while block := stretch.read_at(at, BLOCK):
        sha256.update(block)
        at += len(block)
        stop = block.rfind(b"\n") + 1
        if not stop:
            rest += block
            continue
        lines = (rest + block[:stop]).split(b"\n")[:-1]
        end = at - len(block) + stop
        yield _section(located, number, (start, end), first)
        first += sum(1 for line in lines[skip if number == 0 else 0 :] if line.strip(b" \t\r\0\x1a"))
        start, rest, number = end, block[stop:], number + 1
    if rest or number == 0:
        yield _section(located, number, (start, at), first)
    yield Surveyed(sha256=sha256.hexdigest(), bytes=at)


def _section(located: Located, number: int, place: tuple[int, int], first: int) -> Section:
    start, stop = place
    return Section(located=located, number=number, start=start, stop=stop, first=first, whole=False)


def read(section: Section) -> Iterator[Given]:
    """The lines of a section as rows; what stands beyond the last column belongs to it."""
    located, first = section.located, section.first
    skip = int(located.setting("skip") or 0) if section.number == 0 else 0
    waiting: list[str] = []
    for line in physical_lines(section.located, section.start, section.stop):
        if isinstance(line, Issue):
            yield line
        elif skip:
            skip -= 1
        elif line.strip(" \t\r\0\x1a"):
            waiting.append(line.rstrip("\r\0\x1a"))
        if len(waiting) >= BATCH:
            yield _rows(waiting, located, first)
            first, waiting = first + len(waiting), []
    if waiting:
        yield _rows(waiting, located, first)


def _rows(lines: list[str], located: Located, first: int) -> Rows:
    """Lines as rows of cells without the blanks around them."""
    cuts: Cuts = json.loads(str(located.setting("cuts")))
    names: list[str] = json.loads(str(located.setting("names")))
    series = pl.Series("", lines, pl.String())
    columns = []
    for place, (start, _) in enumerate(cuts):
        last = place == len(cuts) - 1
        start = 0 if place == 0 else start
        cell = series.str.slice(start, None if last else cuts[place + 1][0] - start).str.strip_chars()
        columns.append(pl.select(pl.when(cell != "").then(cell)).to_series().rename(names[place]))
    numbers = pl.Series(np.arange(first, first + len(lines), dtype=np.uint64))
    return Rows(frame=pl.DataFrame(columns), numbers=numbers)


FORMAT = Format(
    name="fixed_width",
    label={"fr": "texte à largeur fixe", "en": "fixed-width text"},
    reader="fixed_width",
    sniff=sniff,
    survey=survey,
    read=read,
)
