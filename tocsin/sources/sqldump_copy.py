"""The lines of PostgreSQL's COPY in text format: where they end, and their cells."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import polars as pl

from tocsin.sources.sqldump_cell import of_bytes
from tocsin.sources.sqldump_sections import Shape
from tocsin.sources.sqldump_split import Places

# PostgreSQL 17, COPY, "Text Format".
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_BYTEA = re.compile(r"\\x(?:[0-9A-Fa-f]{2})++")
_DELIMITER = re.compile(rb"DELIMITER\s++(?:AS\s++)?E?'(\\?.)'", re.IGNORECASE)
_NULL = re.compile(rb"NULL\s++(?:AS\s++)?E?'([^']*+)'", re.IGNORECASE)
_CSV = re.compile(rb"\bCSV\b|\bBINARY\b", re.IGNORECASE)
_END = re.compile(rb"\n\\\.[ \t\r]*+(?:\n|\Z)")
_HEAD = re.compile(rb"\n(?=COPY [^\n;]{1,60000} FROM stdin[^\n;]*+;[ \t\r]*+\n)", re.IGNORECASE)


def of_csv(options: bytes) -> bool:
    """Whether COPY's options ask for CSV, which is not read as rows."""
    return _CSV.search(options) is not None


def style(shape: Shape, options: bytes) -> Shape:
    """The shape with what the options of COPY say of delimiter and NULL."""
    delimiter, null = _DELIMITER.search(options), _NULL.search(options)
    if delimiter is not None:
        shape = replace(shape, delimiter={b"\\t": "\t"}.get(delimiter[1], delimiter[1].decode("latin-1")[-1]))
    if null is not None:
        shape = replace(shape, null=null[1].decode("utf-8", "replace").replace("\\\\", "\\"))
    return shape


def lines_end(data: bytes, at: int, final: bool) -> tuple[int, int | None]:
    """Where the lines from `at` on end in `data`, and where the dump goes on after `\\.` (None: not there yet).

    Another COPY ends them too, where the mark was lost.
    """
    place = max(at - 1, 0)
    end, head = _END.search(data, place), None
    if data.find(b"\nCOPY ", place, len(data) if end is None else end.start()) >= 0:
        head = _HEAD.search(data, place, len(data) if end is None else end.start() + 1)
    if head is not None and (end is None or head.start() < end.start()):
        return max(head.end(), at), max(head.end(), at)
    if end is not None and (final or end.end() < len(data)):
        return max(end.start() + 1, at), end.end()
    limit = data.rfind(b"\n", at, len(data) if end is None else end.start() + 1) + 1
    return (len(data) if final and end is None else max(limit, at)), None


def frame_of(
    data: bytes, shape: Shape, names: list[str]
) -> tuple[pl.DataFrame, Places, list[tuple[int, int]]]:
    """The rows of whole lines (UTF-8) as strings, null where empty, with the numbers from 0 of their lines.

    Then number and length in bytes of each line that has another number of cells.
    """
    data = data if data.endswith(b"\n") else data + b"\n"
    if b"\r" in data and data.count(b"\r\n") == data.count(b"\n"):
        data = data.replace(b"\r\n", b"\n")
    buf = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(buf == 10)
    cells = np.flatnonzero(buf == ord(shape.delimiter))
    if shape.delimiter != "\t" and b"\\" in data:
        cells = cells[buf[cells - 1] != ord("\\")]
    counts = np.diff(np.searchsorted(cells, ends), prepend=0)
    fits = counts == len(names) - 1
    begins = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))
    bad = [(int(at), int(ends[at] - begins[at])) for at in np.flatnonzero(~fits)]
    if bad:
        data = b"".join(data[begins[at] : ends[at] + 1] for at in np.flatnonzero(fits))
    return _decoded(_parsed(data, shape, names, int(fits.sum())), shape, names), np.flatnonzero(fits), bad


def _parsed(data: bytes, shape: Shape, names: list[str], rows: int) -> pl.DataFrame:
    """The lines cut into cells: by polars, or by hand where it finds others."""
    schema = {name: pl.String() for name in names}
    escaped = shape.delimiter != "\t" and b"\\" + shape.delimiter.encode() in data
    if not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data and len(names) > 1 and not escaped:
        try:
            frame = pl.read_csv(
                data,
                has_header=False,
                schema=schema,
                separator=shape.delimiter,
                quote_char=None,
                eol_char="\n",
                infer_schema=False,
                null_values=[shape.null] if shape.null else None,
            )
        except pl.exceptions.PolarsError:
            frame = pl.DataFrame()
        if frame.height == rows:
            return frame
    cut = re.compile(r"(?<!\\)" + re.escape(shape.delimiter)) if escaped else None
    lines = data.decode("utf-8", "replace").split("\n")[:-1]
    found = [cut.split(line) if cut else line.split(shape.delimiter) for line in lines]
    values = [[None if cell in (shape.null, "") else cell for cell in line] for line in found]
    return pl.DataFrame(values, schema=schema, orient="row")


def _decoded(frame: pl.DataFrame, shape: Shape, names: list[str]) -> pl.DataFrame:
    """Escapes undone in the columns that hold any."""
    series = []
    for column, name in enumerate(names):
        one = frame[name]
        slashed = one.str.contains("\\", literal=True).fill_null(False)
        if slashed.any():
            hexed = shape.hexed is None or column in shape.hexed
            listed = one.to_list()
            for at in slashed.arg_true().to_list():
                listed[at] = unescaped(listed[at], hexed=hexed) or None
            one = pl.Series(name, listed, pl.String())
        elif one.dtype != pl.String:
            one = one.cast(pl.String)
        series.append(one)
    return pl.DataFrame(series)


def unescaped(cell: str, *, hexed: bool) -> str:
    """A cell without its escapes; PostgreSQL's `\\x…` as text where it is text."""
    text = _ESCAPE.sub(_meant, cell)
    if hexed and text.startswith("\\x") and _BYTEA.fullmatch(text):
        return of_bytes(bytes.fromhex(text[2:])) or text
    return text


def _meant(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8) & 255)
    return _ESCAPES.get(code, code)
