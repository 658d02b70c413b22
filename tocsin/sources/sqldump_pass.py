"""One pass over a dump, shared by all of its tables: it finds them and the stretches of bytes that hold their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.sources.csv_header import unique_names
from tocsin.sources.source import Issue, Located, Section, Surveyed
from tocsin.sources.sqldump_reel import Reel
from tocsin.sources.sqldump_row import Unfinished, row
from tocsin.sources.sqldump_sections import BAD, FREE, LINES, Shape, Stretch, Table
from tocsin.sources.sqldump_statement import broken_insert, columns_of, end_of, line_of, quiet
from tocsin.sources.sqldump_words import (
    BLANK,
    COPY,
    CREATE,
    DEFAULT_SCHEMAS,
    DELIMITER,
    HEAD,
    SHARP,
    USE,
    Head,
    names,
)

AHEAD = 1 << 16
LONGEST = 1 << 26
BLOCK = 1 << 22
REMEMBERED = 4096
REST = ""


@dataclass(slots=True, eq=False)
class Rows:
    """A statement head that rows were seen under: their table, the number of their shape, and their width."""

    table: Table
    shape: int
    width: int


class Pass:
    """The dump's tables by part, in the order of their first rows; `step` goes on by some rows or one statement."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self.backslash = bool(located.setting("backslash"))
        self.tables: dict[str, Table] = {}
        self.rest: list[tuple[int, int]] = []
        self.telling = False
        self.surveyed: Surveyed | None = None
        self.issues: dict[str, list[Issue]] = {}
        self.reel = Reel(located)
        self._heads: dict[tuple[str, Head], Rows] = {}
        self._created: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._parts: dict[tuple[str, ...], Table] = {}
        self._database = self._first_database = ""
        self._said: dict[bytes, Head] = {}
        self._delimiter = b";"
        self._beside = False
        self._latest: Rows | None = None
        self._steps = self._walk()

    def step(self) -> bool:
        """Go on; False once the file was read to its end."""
        return next(self._steps, None) is not None

    def _walk(self) -> Iterator[bool]:
        from tocsin.sources.sqldump_rows import walk_rows

        reel = self.reel
        while True:
            reel.fill(AHEAD)
            if reel.at >= len(reel.data):
                break
            if blank := BLANK.match(reel.data, reel.at):
                reel.at = blank.end()
            elif head := HEAD.match(reel.data, reel.at):
                reel.at = head.end()
                yield from walk_rows(self, self.rows(self.head(head)))
            elif copy := COPY.match(reel.data, reel.at):
                under, options = self.head(copy), copy["options"]
                reel.at = copy.end()
                yield from self._lines(under, options)
            else:
                self._other()
                yield True
        for table in self.tables.values():
            table.close(self.located, self.backslash)
        self.surveyed = reel.surveyed()

    def head(self, found: re.Match[bytes], base: int = 0) -> Head:
        """The head that a regular expression matched in the window (`base` places after its start)."""
        reel = self.reel
        text = found.group() if reel.narrow else b""
        if text in self._said:
            return self._said[text]

        def part(name: str) -> tuple[str, ...] | None:
            start, stop = found.span(name)
            return None if start < 0 else names(reel.written(base + start, base + stop), reel.encoding)

        head = Head(part("table") or (), part("columns"))
        if text:
            if len(self._said) > REMEMBERED:
                self._said.clear()
            self._said[text] = head
        return head

    def rows(self, head: Head) -> Rows:
        """What rows under `head` belong to; where it names no columns, CREATE TABLE or the next rows tell them."""
        known = self._heads.get((self._database, head))
        if known is not None:
            return known
        created = self._created.get(self._key(head.table), [])
        columns = head.columns
        if columns is None:
            width = self._width() or len(created) or 1
            columns = tuple(name for name, _ in created) if len(created) == width else ("",) * width
        types = {name.lower(): kind for name, kind in created}
        hexed = tuple(
            at for at, name in enumerate(columns) if types.get(name.lower(), "").startswith("bytea")
        )
        table = self._table(head.table)
        shape = Shape(unique_names(columns), hexed=hexed if created else None)
        rows = Rows(table, table.shape(shape), len(columns))
        self._heads[(self._database, head)] = rows
        return rows

    def known(self, head: Head) -> Rows | None:
        """What rows under `head` belong to, where such were met before."""
        return self._heads.get((self._database, head))

    def _width(self) -> int:
        """How many cells the next rows have, as most of the first ten say; 0 where none can be read."""
        widths: list[int] = []
        place = self.reel.at
        while len(widths) < 10:
            try:
                found = row(self.reel.data, place, self.backslash)
            except Unfinished:
                break
            if found is None:
                break
            widths.append(len(found.cells))
            place = self.reel.data.find(b"(", found.stop, found.stop + 4096)
            if place < 0 or self.reel.data[found.stop : place].strip() != b",":
                break
        return max(set(widths), key=widths.count) if widths else 0

    def _key(self, table: tuple[str, ...]) -> tuple[str, ...]:
        """A table's full name: with the database in use where it has none."""
        plain = tuple(part for part in table if part.lower() not in DEFAULT_SCHEMAS or part == table[-1])
        if len(plain) > 1 or not self._database:
            return plain
        return (self._database, *plain)

    def _table(self, name: tuple[str, ...]) -> Table:
        """The table of this name; that of the dump's first database goes by its own name alone."""
        key = self._key(name)
        if key not in self._parts:
            self._first_database = self._first_database or self._database
            shown = key[1:] if len(key) > 1 and key[0] == self._first_database else key
            part = ".".join(shown)
            while part in self.tables or part == REST:
                part += "_"
            self._parts[key] = self.tables[part] = Table(part)
        return self._parts[key]

    def add(self, rows: Rows, kind: str, start: int, stop: int, line: int, count: int) -> None:
        """`count` rows between two places of the window."""
        reel = self.reel
        stretch = Stretch(kind, rows.shape, reel.byte(start), reel.byte(stop), line, count)
        rows.table.add(stretch, self.located, self.backslash)
        self._latest = rows
        self._beside = False

    def free(self, start: int, stop: int, *, telling: bool) -> None:
        """Bytes between two places of the window that are no row: text of the rest."""
        first, last = self.reel.byte(start), self.reel.byte(stop)
        self.telling = self.telling or telling
        if self.rest and self._beside:
            first = self.rest.pop()[0]
        self.rest.append((first, last))
        self._beside = True

    def _other(self) -> None:
        """A statement or a comment that holds no rows."""
        reel = self.reel
        stop = self._stop()
        start = reel.at
        text = reel.data[start:stop]
        if found := DELIMITER.match(text):
            self._delimiter = found[1]
        elif found := USE.match(text):
            self._use(
                names(reel.written(start + found.start("name"), start + found.end("name")), reel.encoding)[0]
            )
        elif found := CREATE.match(text):
            table = names(
                reel.written(start + found.start("table"), start + found.end("table")), reel.encoding
            )
            written = reel.written(start + found.end(), stop)
            self._created[self._key(table)] = columns_of(written, 0, self.backslash, reel.encoding)
        elif self._latest is not None and broken_insert(text):
            self.add(self._latest, BAD, start, stop, reel.line(start), 1)
        self.free(start, stop, telling=not quiet(text.strip()))
        reel.at = stop

    def _stop(self) -> int:
        """Where the statement at the reel's place ends; the window grows until it does, up to a limit."""
        reel, ahead = self.reel, AHEAD
        while True:
            data, at = reel.data, reel.at
            stop: int | None = line_of(data, at)
            if stop is None and self._delimiter == b";":
                stop = found.end() if (found := SHARP.match(data, at) or DELIMITER.match(data, at)) else None
            elif stop is None and (found := DELIMITER.match(data, at)):
                stop = found.end()
            if stop is None and data.startswith(b"/*", at) and not data.startswith(b"/*!", at):
                close = data.find(b"*/", at + 2)
                stop = close + 2 if close >= 0 else None
            stop = stop or end_of(data, at, self.backslash, self._delimiter, reel.ended)
            if stop is not None and (stop < len(data) or reel.ended):
                return max(stop, at + 1)
            if ahead > LONGEST or reel.ended:
                return len(data)
            ahead *= 4
            reel.fill(ahead)

    def _use(self, name: str) -> None:
        self._database = name

    def _lines(self, head: Head, options: bytes) -> Iterator[bool]:
        """The lines of COPY up to `\\.`, block by block; those in CSV format are text of the rest."""
        from tocsin.sources.sqldump_copy import lines_end, of_csv, style

        reel = self.reel
        rows = None if of_csv(options) else self.rows(head)
        if rows is not None:
            shape = style(rows.table.shapes[rows.shape], options)
            rows = Rows(rows.table, rows.table.shape(shape), rows.width)
        while True:
            reel.fill(BLOCK)
            stop, after = lines_end(reel.data, reel.at, reel.ended)
            if stop > reel.at and rows is None:
                self.free(reel.at, stop, telling=True)
            elif stop > reel.at and rows is not None:
                lines = reel.data.count(b"\n", reel.at, stop) + (reel.data[stop - 1 : stop] != b"\n")
                self.add(rows, LINES, reel.at, stop, reel.line(reel.at), lines)
            if after is not None:
                reel.at = after
                return
            if stop == reel.at and reel.ended:
                issue = Issue(source=self.located.source, code="source.no_end")
                self.issues.setdefault(REST if rows is None else rows.table.part, []).append(issue)
                return
            if stop == reel.at:
                reel.fill(len(reel.data) - reel.at + BLOCK)
            reel.at = stop
            yield True

    def rest_sections(self, located: Located) -> list[Section]:
        """The text between the rows as the sections of one document."""
        table = Table(REST, [Shape(())])
        for start, stop in self.rest:
            table.add(Stretch(FREE, 0, start, stop, 1, 0), located, self.backslash)
        table.close(located, self.backslash)
        return table.sections
