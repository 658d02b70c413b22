"""A stream of bytes cut into runs: stretches of whole records, proved regular or read exactly."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from tocsin.sources.csv_dialect import LINE_BYTES, Dialect
from tocsin.sources.csv_exact import Parsed, parse
from tocsin.sources.csv_lines import Lines, Places, judged, line_ends
from tocsin.sources.csv_proof import prove

# So many bytes are proved at once: their arrays stay in the cache; less where a line was bad, which then costs
# the exact reader no more.
_PROVED, _CHECKED = 1 << 19, 1 << 17


@dataclass(slots=True, kw_only=True)
class Run:
    """A stretch of `length` bytes in which records begin and end: `records` of them, unread ones too.

    A regular run was proved and stands in `block` from `start`; of another one `block` is its lines, which
    end at `ends`, and `parsed` what they hold; a line too long to be read has neither. `bad`, `damaged`
    and `nulls` are the lines from 0 that were not read, that were not all UTF-8, that held NUL; `bad` with
    the bytes of each, its end left out.
    """

    length: int
    records: int
    lines: int
    regular: bool = False
    block: bytes = b""
    start: int = 0
    ends: Places = field(default_factory=lambda: np.zeros(0, np.intp))
    parsed: Parsed | None = None
    bad: list[tuple[int, int]] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    nulls: list[int] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        """The lines that the fast reader may take, each with its end."""
        if self.parsed is None:
            return self.block[self.start : self.start + self.length] if self.regular else b""
        keep = np.zeros(len(self.ends), np.bool_)
        keep[self.parsed.clean] = True
        lengths = np.diff(self.ends, prepend=-1)
        return np.frombuffer(self.block, np.uint8)[np.repeat(keep, lengths)].tobytes()


def runs(blocks: Iterable[bytes], dialect: Dialect) -> Iterator[Run]:
    """The runs of a stream of 8-bit blocks that begins where a record begins, in order and without gaps.

    The last line is given the line end that it may lack, which its run's length counts. Keeps
    two blocks in memory, or one line of up to LINE_BYTES: a longer one is a bad line.
    """
    newline = dialect.newline.encode()
    held, skipped = _Held(), 0
    for block in blocks:
        at = 0
        if skipped:
            at = block.find(newline) + 1
            skipped += at or len(block)
            if not at:
                continue
            yield _too_long(skipped, 1)
            skipped = 0
        elif held.pieces:
            first = block.find(newline)
            length = held.line + (len(block) if first < 0 else first)
            if length > LINE_BYTES:
                yield from held.before(dialect)
                held = _Held()
                if first < 0:
                    skipped = length
                    continue
                yield _too_long(length + 1, 1)
                at = first + 1
            elif first < 0:
                held.add(block)
                continue
            else:
                at, block = yield from _joined(b"".join(held.pieces), block, dialect)
        end = block.rfind(newline, at) + 1 or at
        used = yield from _cut(block, at, end, dialect, final=False)
        held = _Held([block[used:]], len(block) - end) if used < len(block) else _Held()
    yield from _last(held, skipped, dialect)


@dataclass(slots=True)
class _Held:
    """Bytes that wait for the next block; the last `line` of them are a line without its end."""

    pieces: list[bytes] = field(default_factory=list)
    line: int = 0

    def add(self, block: bytes) -> None:
        """A block within that line."""
        self.pieces.append(block)
        self.line += len(block)

    def before(self, dialect: Dialect) -> Iterator[Run]:
        """The runs of what stands before that line, which cannot be the rest of a cell as it is too long."""
        data = b"".join(self.pieces)
        yield from _cut(data, 0, len(data) - self.line, dialect, final=True)


def _last(held: _Held, skipped: int, dialect: Dialect) -> Iterator[Run]:
    """What is left when no block follows."""
    if skipped:
        yield _too_long(skipped, 0)
    elif held.pieces:
        rest, newline = b"".join(held.pieces), dialect.newline.encode()
        ended = rest if rest.endswith(newline) else rest + newline
        yield from _cut(ended, 0, len(ended), dialect, final=True)


def _too_long(length: int, end: int) -> Run:
    return Run(length=length, records=1, lines=1, bad=[(0, length - end)])


def _joined(rest: bytes, block: bytes, dialect: Dialect) -> Generator[Run, None, tuple[int, bytes]]:
    """The run of the line that begins in `rest` and ends in `block`, where it is a row: it spares a copy.

    Returns from where in which block to go on.
    """
    end = block.find(dialect.newline.encode()) + 1
    line = rest + block[:end]
    proof = prove(line, 0, len(line), dialect) if len(line) < _CHECKED else None
    if proof is None or proof.length < len(line):
        return 0, rest + block
    yield Run(length=len(line), records=proof.rows, lines=proof.lines, regular=True, block=line)
    return end, block


def _cut(buffer: bytes, start: int, stop: int, dialect: Dialect, *, final: bool) -> Generator[Run, None, int]:
    """The runs of `buffer` from `start` up to `stop`, after a line end; returns where the bytes that wait for more begin."""
    at = begun = start
    rows = lines = 0
    size = _PROVED
    while at < stop:
        proof = prove(buffer, at, _line_end(buffer, at, at + size, stop, dialect), dialect)
        if proof is not None:
            at, rows, lines = at + proof.length, rows + proof.rows, lines + proof.lines
            size = min(size * 2, _PROVED)
            continue
        if size > _CHECKED:
            size = _CHECKED
            continue
        if begun < at:
            yield Run(length=at - begun, records=rows, lines=lines, regular=True, block=buffer, start=begun)
        run = _exact(buffer, at, stop, dialect, final=final)
        if run is None:
            return at
        begun = at = at + run.length
        rows = lines = 0
        yield run
    if begun < at:
        yield Run(length=at - begun, records=rows, lines=lines, regular=True, block=buffer, start=begun)
    return at


def _line_end(buffer: bytes, start: int, wished: int, stop: int, dialect: Dialect) -> int:
    """The last line end of `buffer` before `wished`, or where there is none the next, and `stop` at most."""
    if wished >= stop:
        return stop
    newline = dialect.newline.encode()
    return buffer.rfind(newline, start, wished) + 1 or buffer.find(newline, wished, stop) + 1 or stop


def _exact(buffer: bytes, start: int, stop: int, dialect: Dialect, *, final: bool) -> Run | None:
    """What the exact reader makes of the lines at `start`, or None where it waits for lines after `stop`."""
    wished = _CHECKED
    while True:
        end = _line_end(buffer, start, start + wished, stop, dialect)
        raw = buffer[start:end]
        run = exact_run(raw, dialect, final=final and end == stop)
        if run.lines:
            return run
        if end == stop:
            return None
        wished *= 4


def exact_run(raw: bytes, dialect: Dialect, *, final: bool, trusting: bool = True) -> Run:
    """The run of `raw` (whole lines) by the exact reader; without `final` it may end before an open cell.

    Lines that are rows by themselves are left to the fast reader, unless it is not to be trusted.
    """
    ends = line_ends(raw, dialect)
    lines = Lines(raw, ends, dialect.encoding)
    parsed = parse(lines, dialect, final=final, sure=judged(raw, ends, dialect) if trusting else None)
    left = {*parsed.bad, *parsed.clean.tolist()} if lines.damaged or lines.nulls else set()
    return Run(
        length=lines.start(parsed.lines),
        records=parsed.records,
        lines=parsed.lines,
        block=raw,
        ends=ends,
        parsed=parsed,
        bad=[(line, lines.start(line + 1) - lines.start(line) - 1) for line in parsed.bad],
        damaged=sorted(line for line in lines.damaged - left if line < parsed.lines),
        nulls=sorted(line for line in lines.nulls - left if line < parsed.lines),
    )
