"""The files of a leak while they are written: tables, lines of JSON, documents, archives, and what cannot be read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from tocsin.fakes.known import Cell, facts_of, leaves, plain, text_of
from tocsin.fakes.truth import Truth

EPOCH = (2024, 1, 1, 0, 0, 0)


class Table:
    """A table in delimited text; records count from 0, and what cannot be read keeps its number."""

    def __init__(
        self, stream: IO[str], source: str, truth: Truth, columns: Sequence[str], dialect: Mapping[str, Any]
    ) -> None:
        self._stream = stream
        self._source = source
        self._truth = truth
        self._columns = list(columns)
        self._delimiter = str(dialect["delimiter"])
        self._end = str(dialect.get("lineterminator", "\n"))
        self._writer = csv.writer(stream, **{"lineterminator": "\n", **dialect})
        self._writer.writerow(self._columns)
        self._next = 0
        truth.source(source, "csv")

    def row(self, cells: Sequence[Cell], mentions: tuple[str, ...] = ()) -> None:
        """One record and the persons in it."""
        assert len(cells) == len(self._columns)
        self._writer.writerow([text_of(cell) for cell in cells])
        for column, cell in zip(self._columns, cells, strict=True):
            for kind, normal in facts_of(cell):
                self._truth.value(self._source, column, kind, normal)
        self._truth.record(self._source, self._next, mentions)
        self._next += 1

    def damaged(self, cells: Sequence[Cell]) -> None:
        """One record whose line lost its second half: too few fields, so it is unread."""
        kept = [text_of(cell).replace('"', "") for cell in cells[: len(cells) // 2]]
        self._stream.write(self._delimiter.join(kept) + self._end)
        self._truth.bad(self._source, "source.bad_line")
        self._next += 1


class Lines:
    """JSON, one object a line."""

    def __init__(self, stream: IO[str], source: str, truth: Truth) -> None:
        self._stream = stream
        self._source = source
        self._truth = truth
        self._next = 0
        truth.source(source, "jsonl")

    def row(self, value: Mapping[str, Any], mentions: tuple[str, ...] = ()) -> None:
        """One record and the persons in it."""
        self._stream.write(json.dumps(plain(value), ensure_ascii=False) + "\n")
        for path, cell in leaves(value):
            for kind, normal in facts_of(cell):
                self._truth.value(self._source, path, kind, normal)
        self._truth.record(self._source, self._next, mentions)
        self._next += 1

    def damaged(self, value: Mapping[str, Any]) -> None:
        """One record whose line was cut in the middle."""
        line = json.dumps(plain(value), ensure_ascii=False)
        self._stream.write(line[: len(line) // 2] + "\n")
        self._truth.bad(self._source, "source.bad_line")
        self._next += 1


class Leak:
    """A leak's folder; every file is opened here and closed by `close`."""

    def __init__(self, pile: Path, truth: Truth, rng: random.Random) -> None:
        self.truth = truth
        self.rng = rng
        self._pile = pile
        self._packing = pile.parent / ".packing"
        self._packed: dict[str, list[tuple[Path, str]]] = {}
        self._open: list[IO[Any]] = []

    def table(self, name: str, columns: Sequence[str], encoding: str = "utf-8", **dialect: Any) -> Table:
        """A delimited file; `dialect` as `csv.writer` takes it."""
        stream = self._text(self._place(name), encoding)
        return Table(stream, name, self.truth, columns, {"delimiter": ",", **dialect})

    def lines(self, name: str) -> Lines:
        """A file of JSON lines in UTF-8."""
        return Lines(self._text(self._place(name), "utf-8"), name, self.truth)

    def packed_table(
        self, archive: str, member: str, columns: Sequence[str], encoding: str = "utf-8", **dialect: Any
    ) -> Table:
        """A delimited file inside a zip archive that is packed when the leak is closed."""
        stream = self._text(self._aside(archive, member), encoding)
        return Table(stream, f"{archive}!/{member}", self.truth, columns, {"delimiter": ",", **dialect})

    def packed_lines(self, archive: str, member: str) -> Lines:
        """JSON lines, compressed by gzip, inside a zip archive; `member` ends in `.gz`."""
        place = self._aside(archive, member)
        raw = place.open("wb")
        packer = gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)
        stream = io.TextIOWrapper(packer, encoding="utf-8", newline="")
        self._open += [stream, raw]
        inner = member.rpartition("/")[2].removesuffix(".gz")
        return Lines(stream, f"{archive}!/{member}!/{inner}", self.truth)

    def document(
        self, name: str, text: Cell, mentions: tuple[str, ...], format: str = "text", encoding: str = "utf-8"
    ) -> None:
        """A whole document: one record."""
        self._place(name).write_text(text_of(text), encoding=encoding)
        self.truth.source(name, format)
        self.truth.record(name, 0, mentions)
        for kind, normal in facts_of(text):
            self.truth.value(name, None, kind, normal)

    def holds(self, name: str) -> bool:
        """Whether there is a file of this name already."""
        return (self._pile / name).exists()

    def raw(self, name: str, data: bytes) -> None:
        """A file whose truth the profile tells itself."""
        self._place(name).write_bytes(data)

    def close(self) -> None:
        """Close every file, then pack the archives."""
        for stream in self._open:
            stream.close()
        for archive, members in self._packed.items():
            with zipfile.ZipFile(self._place(archive), "w", zipfile.ZIP_DEFLATED) as packer:
                for path, member in members:
                    info = zipfile.ZipInfo(member, EPOCH)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    with path.open("rb") as source, packer.open(info, "w") as target:
                        shutil.copyfileobj(source, target)
        shutil.rmtree(self._packing, ignore_errors=True)

    def _place(self, name: str) -> Path:
        place = self._pile / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def _aside(self, archive: str, member: str) -> Path:
        members = self._packed.setdefault(archive, [])
        self._packing.mkdir(exist_ok=True)
        path = self._packing / f"{archive.replace('/', '_')}-{len(members)}"
        members.append((path, member))
        return path

    def _text(self, place: Path, encoding: str) -> IO[str]:
        stream = place.open("w", encoding=encoding, newline="")
        self._open.append(stream)
        return stream
