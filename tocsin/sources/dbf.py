"""Tables of dBase, FoxPro and Clipper (DBF), deleted records included: they are still in the file."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.sources.csv_header import unique_names
from tocsin.sources.dbf_cells import column
from tocsin.sources.dbf_header import Header, encoding, header
from tocsin.sources.dbf_memo import Memo, memo_beside
from tocsin.sources.opening import digest, read_range
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed

HEAD = 1 << 16
BYTES = 4 << 20
DELETED = 0x2A
# A header that announces so many times more than there is lies, or counts what was never there.
LIES = 100

Block = npt.NDArray[np.uint8]


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A header whose fields add up to the length of a record."""
    found = header(head[:HEAD])
    if found is None:
        return None
    return Sniffed(confidence=0.98, encoding=encoding(found, _letters(found, head[found.begin :])))


def _letters(found: Header, data: bytes) -> bytes:
    """The character fields of the records in `data`, one after the other."""
    count = len(data) // found.width
    block = np.frombuffer(data[: count * found.width], np.uint8).reshape(count, found.width)
    texts = [block[:, one.start : one.start + one.width] for one in found.fields if one.kind == "C"]
    return b"".join(np.ascontiguousarray(text).tobytes() for text in texts)


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of some MiB of records; an issue for those announced that are not there."""
    found = header(read_range(located, 0, HEAD))
    assert found is not None  # it was sniffed
    surveyed = digest(located)
    there = max(surveyed.bytes - found.begin, 0) // found.width
    count = there if found.records >= there else _counted(located, found, there)
    step = max(BYTES // found.width, 1)
    for number, first in enumerate(range(0, count, step)):
        held = min(step, count - first)
        start = found.begin + first * found.width
        yield Section(
            located=located,
            number=number,
            start=start,
            stop=start + held * found.width,
            first=first,
            records=held,
            whole=held == count,
        )
    missing = found.records - count
    if missing > 0:
        lying = missing * found.width > LIES * max(surveyed.bytes, 1)
        code = "source.truncated" if lying else "source.bad_record"
        counted = 1 if lying else missing
        yield Issue(source=located.source, code=code, place=f"record {count}", count=counted)
    yield surveyed


def _counted(located: Located, found: Header, there: int) -> int:
    """How many records there are where the header announces fewer: those after them that still look like one."""
    count = found.records
    while count < there:
        flag = read_range(located, found.begin + count * found.width, found.begin + count * found.width + 1)
        if flag not in (b" ", b"*"):
            break
        count += 1
    return count


def read(section: Section) -> Iterator[Given]:
    """The records of a section."""
    located = section.located
    found = header(read_range(located, 0, HEAD))
    if found is None or section.stop is None:
        return
    raw = np.frombuffer(read_range(located, section.start, section.stop), np.uint8)
    block = raw[: len(raw) // found.width * found.width].reshape(-1, found.width)
    memo = memo_beside(located, found)
    yield _rows(block, found, located.encoding or "cp850", memo, section.first)
    deleted = int((block[:, 0] == DELETED).sum())
    if deleted:
        yield Issue(source=located.source, code="source.deleted_rows", count=deleted)
    if memo is not None and memo.lost:
        yield Issue(source=located.source, code="source.no_memo", count=memo.lost)


def _rows(block: Block, found: Header, encoded: str, memo: Memo | None, first: int) -> Rows:
    fields = [field for field in found.fields if field.kind != "0"]
    names = unique_names([field.name for field in fields])
    series = [
        column(block[:, field.start : field.start + field.width], field, encoded, memo, found.version).rename(
            name
        )
        for name, field in zip(names, fields, strict=True)
    ]
    numbers = pl.Series(np.arange(first, first + len(block), dtype=np.uint64))
    return Rows(frame=pl.DataFrame(series), numbers=numbers)


FORMAT = Format(
    name="dbf",
    label={"fr": "table dBase ou FoxPro (DBF)", "en": "dBase or FoxPro table (DBF)"},
    reader="dbf",
    sniff=sniff,
    survey=survey,
    read=read,
)
