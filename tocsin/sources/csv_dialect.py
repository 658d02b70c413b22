"""How a delimited file is written: the settings that sniffing finds and that every reader of it obeys."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from tocsin.sources.source import Located

# A table of one column has no delimiter: the unit separator stands for it, as no cell holds one.
NO_DELIMITER = "\x1f"
# A cell over several lines ends within so many lines and characters, or its first line is a bad one.
CELL_LINES = 1000
CELL_CHARACTERS = 1 << 20
# A physical line of more bytes is not read.
LINE_BYTES = 64 << 20

Settings = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Delimiter, quote ("" for none), escape ("" or a backslash), newline (LF, which takes CR LF too, or CR).

    `names` are the fields; `mark` is the byte order mark's length. The first `skip` lines hold no record:
    `preamble` of them are titles or comments, one may be the header.
    """

    names: tuple[str, ...]
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    newline: str = "\n"
    header: bool = False
    skip: int = 0
    preamble: int = 0
    mark: int = 0
    encoding: str = "utf-8"

    @property
    def columns(self) -> int:
        """How many fields a row has."""
        return len(self.names)

    def transcoded(self) -> Dialect:
        """The same dialect once the bytes were made UTF-8 without a mark."""
        return replace(self, encoding="utf-8", mark=0)

    def settings(self) -> Settings:
        """The dialect as a source's settings: strings and whole numbers, without the encoding."""
        return (
            ("delimiter", self.delimiter),
            ("quote", self.quote),
            ("escape", self.escape),
            ("newline", self.newline),
            ("header", int(self.header)),
            ("skip", self.skip),
            ("preamble", self.preamble),
            ("mark", self.mark),
            ("names", json.dumps(self.names, ensure_ascii=False)),
        )


def dialect_of(located: Located) -> Dialect:
    """The dialect that `located` carries, as `settings` wrote it."""
    given = dict(located.dialect)
    return Dialect(
        names=tuple(json.loads(str(given["names"]))),
        delimiter=str(given["delimiter"]),
        quote=str(given["quote"]),
        escape=str(given["escape"]),
        newline=str(given["newline"]),
        header=bool(given["header"]),
        skip=int(given["skip"]),
        preamble=int(given["preamble"]),
        mark=int(given["mark"]),
        encoding=located.encoding or "utf-8",
    )
