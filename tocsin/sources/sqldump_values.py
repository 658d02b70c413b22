"""Rows of VALUES turned into cells: a whole block by positions, its odd cells and odd rows one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from tocsin.sources.sqldump_cell import value
from tocsin.sources.sqldump_row import Unfinished, row
from tocsin.sources.sqldump_split import COMMA, QUOTE, WHITE, Bools, Bytes, Places, Split, split, table
from tocsin.sources.sqldump_words import SWAPPED

# Control characters that hold places in the text that polars cuts into cells: those that the section does not hold.
_STAND_INS = bytes(code for code in range(1, 32) if code not in (8, 9, 10, 12, 13, 26))
_UNESCAPED = np.arange(256, dtype=np.uint8)
_UNESCAPED[list(b"0bnrtZ")] = list(b"\0\b\n\r\t\x1a")
_LETTER, _DIGIT = table(bytes(range(65, 91)) + bytes(range(97, 123))), table(b"0123456789")
_SWAPPED = str.maketrans("\"'", "'\"")
_KEPT_ESCAPE = table(b"%_")


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows are written: the number of cells, backslashes in strings, which columns may hold PostgreSQL's `\\x…`."""

    width: int
    backslash: bool
    hexed: frozenset[int] | None = None
    swapped: bool = False

    def value(self, raw: bytes, column: int) -> str | None:
        """The value of a cell of `column`; None for NULL and for nothing."""
        found = value(raw, self.backslash, self.hexed is None or column in self.hexed) or None
        return found.translate(_SWAPPED) if found and self.swapped else found


@dataclass(slots=True)
class Cells:
    """The cells of a section's rows on their way into a frame; rows count from 0, `bad` ones by place in the bytes."""

    stand_ins: bytes
    text: list[bytes] = field(default_factory=list)
    numbers: list[Places] = field(default_factory=list)
    rows: int = 0
    patches: dict[int, tuple[list[int], list[str | None]]] = field(default_factory=dict)
    exact: list[list[str | None]] = field(default_factory=list)
    exact_numbers: list[int] = field(default_factory=list)


def stand_ins(pieces: list[bytes]) -> bytes | None:
    """Three control characters that stand in none of the pieces, for cell ends, line feeds and carriage returns."""
    joined = b"".join(pieces)
    free = [code for code in _STAND_INS if bytes([code]) not in joined]
    return bytes(free[:3]) if len(free) >= 3 else None


def add_block(cells: Cells, data: bytes, rules: Rules, first: int) -> tuple[int, list[tuple[int, int]]]:
    """The rows of `data` (UTF-8, from a row's "(" to a row's ")", proved by `split`), the first one number `first`.

    Gives how many there are and [start, stop) of each that has not `rules.width` cells.
    """
    found = split(data, rules.backslash, proved=True)
    buf = np.frombuffer(data, np.uint8)
    inside = _alternating(found.quotes, len(buf))
    commas = _commas(buf, found, inside)
    low = np.searchsorted(commas, found.starts)
    fits = np.searchsorted(commas, found.ends) - low == rules.width - 1
    starts, ends, low = found.starts[fits], found.ends[fits], low[fits]
    between = commas[low[:, None] + np.arange(rules.width - 1)]
    begins = np.concatenate((starts[:, None], between), axis=1) + 1
    stops = np.concatenate((between, ends[:, None]), axis=1)
    out = buf.copy()
    out[between.ravel()] = cells.stand_ins[0]
    out[ends] = 10
    keep = _alternating(np.column_stack((starts + 1, ends + 1)).ravel(), len(buf))
    _trimmed(buf, begins, stops, keep)
    _patched(cells, data, buf, (begins, stops), rules, keep, found)
    _unquoted(buf, out, keep, found, inside, cells.stand_ins)
    cells.text.append(out[keep].tobytes())
    cells.numbers.append(np.flatnonzero(fits) + first)
    cells.rows += len(starts)
    odd = np.flatnonzero(~fits)
    return len(fits), [(int(found.starts[at]), int(found.ends[at]) + 1) for at in odd]


def _alternating(borders: Places, length: int) -> Bools:
    """For each place whether the number of borders up to it is odd."""
    lengths = np.diff(borders, prepend=0, append=length)
    return np.repeat((np.arange(len(lengths)) & 1).astype(np.bool_), lengths)


def _leave_out(keep: Bools, begins: Places, stops: Places) -> None:
    """Nothing of the stretches [begin, stop) is kept."""
    lengths = stops - begins
    if len(lengths) and (total := int(lengths.sum())):
        before = np.cumsum(lengths) - lengths
        keep[np.repeat(begins - before, lengths) + np.arange(total)] = False


def _commas(buf: Bytes, found: Split, inside: Bools) -> Places:
    """The commas between the cells of rows."""
    commas = np.flatnonzero((buf == COMMA) & ~inside)
    if len(found.depth) and int(found.depth.max()) > 1:
        level = found.depth[np.maximum(np.searchsorted(found.brackets, commas) - 1, 0)]
        commas = commas[level == 1]
    return commas


def _trimmed(buf: Bytes, begins: Places, stops: Places, keep: Bools) -> None:
    """Blanks around cells left out, `begins` and `stops` moved past them."""
    for edges, step, look in ((begins, 1, 0), (stops, -1, -1)):
        flat = edges.reshape(-1)
        white = np.flatnonzero(WHITE[buf[flat + look]] & (begins < stops).reshape(-1))
        origin = flat[white].copy()
        moving = white
        while len(moving):
            flat[moving] += step
            moving = moving[
                WHITE[buf[flat[moving] + look]] & (begins.reshape(-1) < stops.reshape(-1))[moving]
            ]
        moved = flat[white]
        _leave_out(keep, np.minimum(origin, moved), np.maximum(origin, moved))


def _patched(
    cells: Cells,
    data: bytes,
    buf: Bytes,
    edges: tuple[Places, Places],
    rules: Rules,
    keep: Bools,
    found: Split,
) -> None:
    """NULL left out, the N before a string too; cells that are neither a plain string nor a plain word read alone."""
    begins, stops = (edge.reshape(-1) for edge in edges)
    filled = begins < stops
    first, last = buf[begins], buf[np.maximum(stops - 1, 0)]
    quoted = (first == QUOTE) & (last == QUOTE) & (stops - begins > 1)
    national = ((first | 0x20) == ord("n")) & (last == QUOTE)
    if national.any():
        national &= buf[np.minimum(begins + 1, len(buf) - 1)] == QUOTE
        keep[begins[national]] = False
        quoted |= national
    null = (stops - begins == 4) & ((first | 0x20) == ord("n")) & ((last | 0x20) == ord("l"))
    plain = filled & ~quoted & ~null & ~_LETTER[first] & ~_LETTER[last] & (first != QUOTE) & (last != QUOTE)
    odd = filled & ~null & ~plain & ~(quoted & _single(found, begins, stops, national, quoted, rules, buf))
    odd |= plain & (
        (last == ord(")"))
        | ((first == ord("0")) & (buf[np.minimum(begins + 1, len(buf) - 1)] | 0x20 == ord("x")))
    )
    dropped = null | odd
    _leave_out(keep, begins[dropped], stops[dropped])
    known: dict[tuple[int, bytes], str | None] = {}
    for place in np.flatnonzero(odd).tolist():
        line, column = divmod(place, rules.width)
        raw = data[begins[place] : stops[place]]
        if (column, raw) not in known:
            known[(column, raw)] = rules.value(raw, column)
        rows, values = cells.patches.setdefault(column, ([], []))
        rows.append(cells.rows + line)
        values.append(known[(column, raw)])


def _single(
    found: Split, begins: Places, stops: Places, national: Bools, quoted: Bools, rules: Rules, buf: Bytes
) -> Bools:
    """Of the cells between quotes, those that are one string and no bytes of PostgreSQL."""
    opens, closes = found.quotes[0::2], found.quotes[1::2]
    ending = np.ones(len(closes), np.bool_)
    ending[: len(opens) - 1] = closes[: len(opens) - 1] + 1 != opens[1:]
    finals = closes[ending]
    single = np.ones(len(begins), np.bool_)
    if len(finals) != int(quoted.sum()) or not np.array_equal(finals, stops[quoted] - 1):
        owner = np.minimum(np.searchsorted(stops, finals, side="right"), len(stops) - 1)
        many = np.bincount(owner, minlength=len(stops)) != 1
        single &= ~many
    if not rules.backslash and rules.hexed != frozenset():
        at = np.minimum(begins + 1 + national, len(buf) - 2)
        single &= ~((buf[at] == ord("\\")) & (buf[at + 1] == ord("x")))
    return single


def _unquoted(buf: Bytes, out: Bytes, keep: Bools, found: Split, inside: Bools, stand_ins: bytes) -> None:
    """Quotes of strings left out, one of a doubled pair kept, escapes undone, line ends held by their stand-ins."""
    doubled = np.zeros(len(found.quotes), np.bool_)
    doubled[2::2] = found.quotes[2::2] == found.quotes[1:-1:2] + 1
    keep[found.quotes[~doubled]] = False
    if len(found.escapers):
        escapers = found.escapers[found.escapers + 1 < len(buf)]
        escaped = buf[escapers + 1]
        out[escapers + 1] = _UNESCAPED[escaped]
        keep[escapers[~_KEPT_ESCAPE[escaped]]] = False
        for place, stand_in in ((ord("n"), stand_ins[1]), (ord("r"), stand_ins[2])):
            out[escapers[escaped == place] + 1] = stand_in
    for end, stand_in in ((10, stand_ins[1]), (13, stand_ins[2])):
        held = np.flatnonzero((buf == end) & inside)
        out[held] = stand_in


def add_row(cells: Cells, data: bytes, at: int, rules: Rules, number: int) -> int | None:
    """The row at `at`, read exactly: the place after it, negative where it has not `rules.width` cells, None where
    it cannot be read."""
    try:
        found = row(data, at, rules.backslash)
    except Unfinished:
        return None
    if found is None:
        return None
    if len(found.cells) != rules.width:
        return -found.stop
    cells.exact.append([rules.value(data[a:b], column) for column, (a, b) in enumerate(found.cells)])
    cells.exact_numbers.append(number)
    return found.stop


def frame_of(
    cells: Cells, names: list[str], *, swapped: bool = False
) -> tuple[pl.DataFrame, pl.Series] | None:
    """The rows as strings, empty cells null, and their numbers; None where polars cuts them otherwise."""
    schema = {name: pl.String() for name in names}
    text = b"".join(cells.text)
    fast = _parsed(text.translate(SWAPPED) if swapped else text, cells, schema)
    if fast is None:
        return None
    numbers = np.concatenate([np.zeros(0, np.int64), *cells.numbers])
    series = []
    for column, name in enumerate(names):
        one = fast[name]
        if column in cells.patches:
            listed = one.to_list()
            for at, patch in zip(*cells.patches[column], strict=True):
                listed[at] = patch
            one = pl.Series(name, listed, pl.String())
        series.append(one)
    frame = pl.DataFrame(series)
    if cells.exact:
        frame = pl.concat([frame, pl.DataFrame(cells.exact, schema=schema, orient="row")])
        numbers = np.concatenate((numbers, np.array(cells.exact_numbers, np.int64)))
        order = np.argsort(numbers, kind="stable")
        frame, numbers = frame[order], numbers[order]
    return frame, pl.Series("record", numbers.astype(np.uint64))


def _parsed(text: bytes, cells: Cells, schema: dict[str, pl.String]) -> pl.DataFrame | None:
    """The block's text cut into cells by polars."""
    if not cells.rows:
        return pl.DataFrame(schema=schema)
    if text.startswith(b"\xef\xbb\xbf"):
        return None
    end, line, back = (chr(code) for code in cells.stand_ins)
    try:
        frame = pl.read_csv(
            text,
            has_header=False,
            schema=schema,
            separator=end,
            quote_char=None,
            eol_char="\n",
            infer_schema=False,
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != cells.rows:
        return None
    for stand_in, meant in ((line, "\n"), (back, "\r")):
        if stand_in.encode() in text:
            frame = frame.with_columns(pl.all().str.replace_all(stand_in, meant, literal=True))
    return frame
