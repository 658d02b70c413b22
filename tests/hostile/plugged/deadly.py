"""A format for tests whose reader does to its process what hostile bytes do to native parsers."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator

import polars as pl

from tocsin.sources.opening import open_bytes
from tocsin.sources.source import Format, Given, Located, Rows, Section, Sniffed
from tocsin.sources.whole import one_section

MAGIC = b"deadly:"


def sniff(head: bytes, size: int) -> Sniffed | None:
    return Sniffed(confidence=1.0, encoding="utf-8") if head.startswith(MAGIC) else None


def read(section: Section) -> Iterator[Given]:
    """A block of one row for each line; a line in capitals is done instead of being read."""
    with open_bytes(section.located) as stream:
        lines = stream.read().decode().splitlines()[1:]
    held: list[bytearray] = []
    for number, line in enumerate(lines):
        if line == "SEGFAULT":
            ctypes.string_at(0)
        elif line == "EXIT":
            os._exit(0)
        elif line == "ONCE":
            mark = section.located.path + ".once"
            if not os.path.exists(mark):
                open(mark, "w").close()
                os._exit(9)
        elif line == "HANG":
            time.sleep(3600)
        elif line == "EAT":
            while True:
                held.append(bytearray(b"x" * (1 << 24)))
        elif line == "RAISE":
            raise ValueError(lines[0])
        numbers = pl.Series("record", [number], dtype=pl.UInt64())
        yield Rows(frame=pl.DataFrame({"num_secu": [line]}), numbers=numbers)


def members(located: Located) -> Iterator[Located]:
    """A container whose listing falls."""
    os._exit(3)
    yield located


FORMAT = (
    Format(
        name="deadly",
        label={"fr": "mortel", "en": "deadly"},
        reader="deadly",
        sniff=sniff,
        survey=one_section,
        read=read,
        risky=True,
    ),
    Format(
        name="deadly_box",
        label={"fr": "boîte mortelle", "en": "deadly box"},
        reader="deadly",
        sniff=lambda head, size: Sniffed(confidence=1.0) if head.startswith(b"box:") else None,
        survey=one_section,
        read=lambda section: iter(()),
        container=members,
        member=lambda base, number: base,
        risky=True,
    ),
)
