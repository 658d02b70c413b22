"""The cells of a dBase or FoxPro table (DBF) as text, a whole field at once."""

from __future__ import annotations

import struct
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.sources.cell_text import Cell, number_text, series_of
from tocsin.sources.dbf_header import FOXPRO, Field
from tocsin.sources.dbf_memo import Memo

Block = npt.NDArray[np.uint8]
MULTIBYTE = frozenset({"utf-8", "cp932", "cp936", "cp949", "cp950"})
TRUE, FALSE = frozenset("TtYyOo"), frozenset("FfNn")
# The Julian day number of 1 January of year 1 (FoxPro's T, dBase 7's @).
JULIAN = 1_721_426
_DAY = 86_400_000


def column(block: Block, field: Field, encoding: str, memo: Memo | None, version: int) -> pl.Series:
    """One field of many records: `block` is one row of bytes a record."""
    kind = field.kind
    if kind in "MGPW" or (kind == "B" and version not in FOXPRO):
        return series_of(field.name, _memos(block, memo, encoding))
    if kind in "IYTBO@+":
        return series_of(field.name, [_binary(row.tobytes(), kind) for row in block])
    text = _texts(block, encoding)
    if kind in "NF":
        text = text.str.strip_chars(" \0")
        return pl.select(pl.when(~text.str.contains("^[*.+-]*$")).then(text)).to_series()
    if kind == "D":
        day = text.str.strip_chars(" \0").str.replace("^([0-9]{4})([0-9]{2})([0-9]{2})$", "${1}-${2}-${3}")
        return pl.select(pl.when(~day.is_in(["", "00000000", "0000-00-00"])).then(day)).to_series()
    if kind == "L":
        return series_of(field.name, [_truth(cell) for cell in text.to_list()])
    text = text.str.strip_chars_end(" \0")
    return pl.select(pl.when(text.str.strip_chars(" \0") != "").then(text)).to_series()


def _texts(block: Block, encoding: str) -> pl.Series:
    """The bytes of a field as text, one string a record."""
    width = block.shape[1]
    data = np.ascontiguousarray(block).tobytes()
    starts = range(0, len(data), width)
    if encoding in MULTIBYTE and not data.isascii():
        return series_of("", [data[at : at + width].decode(encoding, "replace") for at in starts])
    text = data.decode("ascii" if data.isascii() else encoding, "replace")
    return pl.Series("", [text[at : at + width] for at in starts], pl.String())


def _truth(cell: str) -> Cell:
    return "true" if cell in TRUE else "false" if cell in FALSE else None


def _memos(block: Block, memo: Memo | None, encoding: str) -> list[Cell]:
    """What the memo file holds under each number; a cell whose text is not there is counted by `memo`."""
    if memo is None:
        return [None] * len(block)
    return [memo.text(_pointer(row.tobytes()), encoding) for row in block]


def _pointer(raw: bytes) -> int:
    """A block's number: ten digits, or four bytes (FoxPro); 0 for none."""
    if len(raw) == 4:
        return int.from_bytes(raw, "little")
    digits = raw.strip(b" \0")
    return int(digits) if digits.isdigit() else 0


def _binary(raw: bytes, kind: str) -> Cell:
    """A number or moment that is not written in digits; None for what is too short to be one."""
    try:
        if kind in "I+":
            value = int.from_bytes(raw[:4], "little" if kind == "I" else "big", signed=kind == "I")
            return str(value if kind == "I" else value & 0x7FFFFFFF)
        if kind == "Y":
            return number_text(Decimal(struct.unpack("<q", raw)[0]).scaleb(-4))
        if kind == "B":
            return number_text(struct.unpack("<d", raw)[0])
        if kind == "T":
            return _moment(*struct.unpack("<ii", raw))
        return None
    except (struct.error, ValueError, OverflowError):
        return None


def _moment(day: int, thousandths: int) -> Cell:
    """A Julian day and the milliseconds since midnight as ISO 8601. Raises ValueError or OverflowError."""
    if not day:
        return None
    when = date.fromordinal(day - JULIAN + 1)
    seconds = round(thousandths % _DAY / 1000)
    if not seconds:
        return when.isoformat()
    return f"{when.isoformat()} {timedelta(seconds=seconds)!s:0>8}"
