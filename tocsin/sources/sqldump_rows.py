"""The rows of INSERT statements as the pass walks along them: by the block where all is regular, else one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tocsin.sources.sqldump_pass import LONGEST, Pass, Rows
from tocsin.sources.sqldump_row import Row, Unfinished, between, closed, resume, row, separated, simple
from tocsin.sources.sqldump_sections import BAD, BLOCK, EXACT
from tocsin.sources.sqldump_split import Split, split
from tocsin.sources.sqldump_words import COMMA, NEXT

WINDOW = 1 << 20
SMALL = 1 << 13
PATIENCE = 1 << 12
REMEMBERED = 4096
SEPARATOR = ","


class Walk:
    """A run of rows; `heads` remembers what the bytes between two rows say."""

    def __init__(self, going: Pass, rows: Rows) -> None:
        self.going, self.current = going, rows
        self._heads: dict[bytes, Rows | str | None] = {}
        # The first row is looked at alone: where each statement holds one row and others stand between, no block pays.
        self._window, self._patience, self._exact = SMALL, PATIENCE, going.reel.byte(going.reel.at) + 1
        self.ended = False

    def step(self) -> None:
        """Some rows more; `ended` after the last one of the statement and those that follow it at once."""
        reel = self.going.reel
        reel.fill(self._window)
        if reel.byte(reel.at) < self._exact:
            self._one()
            return
        at, stop = reel.at, min(reel.at + self._window, len(reel.data))
        piece = reel.data[at:stop]
        final = reel.ended and stop == len(reel.data)
        found = split(piece, self.going.backslash, final)
        if len(found.ends):
            self._window = min(self._window * 2, max(WINDOW, self._window))
            if found.broken is None:
                self._patience = PATIENCE
            elif int(found.ends[-1]) * 8 < len(piece):
                self._window = max(SMALL, int(found.ends[-1]) * 2)
            self._block(piece, found)
        elif found.broken is None and not final and self._window < LONGEST:
            self._window *= 4
        else:
            self._exact = reel.byte(reel.at) + self._patience
            self._patience = min(self._patience * 2, WINDOW)
            self._window = SMALL

    def _block(self, piece: bytes, found: Split) -> None:
        """The rows of a block, up to the first gap between two of them that is no mere separator."""
        reel, at = self.going.reel, self.going.reel.at
        starts, ends = found.starts.tolist(), found.ends.tolist()
        gaps = [piece[end + 1 : start] for end, start in zip(ends, starts[1:], strict=False)]
        changes = [0]
        if any(gap != b"," and self._heads.get(gap) not in (SEPARATOR, self.current) for gap in set(gaps)):
            changes = self._changes(gaps, ends, at)
            starts, ends = starts[: changes[-1]], ends[: changes[-1]]
            changes.pop()
        for first, last in pairwise([*changes, len(starts)]):
            if first:
                said = self._said(gaps[first - 1], at + ends[first - 1] + 1)
                self.current = said if isinstance(said, Rows) else self.current
            line = reel.line(at + starts[first])
            self.going.add(
                self.current, BLOCK, at + starts[first], at + ends[last - 1] + 1, line, last - first
            )
        reel.at = at + ends[-1] + 1
        self._go_on()

    def _changes(self, gaps: list[bytes], ends: list[int], at: int) -> list[int]:
        """The numbers of the rows that begin under another head, after 0, and that of the first one not taken."""
        changes, current = [0], self.current
        for number, gap in enumerate(gaps, 1):
            said = self._said(gap, at + ends[number - 1] + 1)
            if said is None:
                return [*changes, number]
            if isinstance(said, Rows) and said is not current:
                changes.append(number)
                current = said
        return [*changes, len(gaps) + 1]

    def _said(self, gap: bytes, place: int) -> Rows | str | None:
        """What the bytes between two rows say: a comma, another statement's head, or nothing known."""
        if gap == b"," or gap in self._heads:
            return self._heads.get(gap, SEPARATOR)
        if len(self._heads) > REMEMBERED:
            self._heads.clear()
        said: Rows | str | None = None
        if COMMA.fullmatch(gap):
            said = SEPARATOR
        elif (found := NEXT.match(gap + b"(")) and found.end() == len(gap):
            said = self.going.known(self.going.head(found, place))
            if said is None:
                return None
        self._heads[gap] = said
        return said

    def _go_on(self) -> None:
        """After a row: to the next one, of this statement or another one, or to the end of the run."""
        reel = self.going.reel
        reel.fill(SMALL)
        following = separated(reel.data, reel.at)
        if following is not None:
            if following - reel.at > 8:
                self.going.free(reel.at, following, telling=True)
            reel.at = following
            return
        found = NEXT.match(reel.data, reel.at)
        if found is None:
            self.ended = closed(reel.data, reel.at) or not self._passed_over()
            return
        head = self.going.head(found)
        reel.at = found.end()
        self.current = self.going.rows(head)

    def _one(self) -> None:
        """One row by the exact reader; a damaged one is passed over."""
        going, reel = self.going, self.going.reel
        reel.fill(SMALL)
        plain = simple(reel.data, reel.at, going.backslash)
        if plain is not None and plain < len(reel.data):
            going.add(self.current, BLOCK, reel.at, plain, reel.line(reel.at), 1)
            reel.at = plain
            self._go_on()
            return
        found = self._exactly()
        at = reel.at
        if found is not None:
            going.add(self.current, EXACT, at, found.stop, reel.line(at), 1)
            reel.at = found.stop
            self._go_on()
            return
        self.ended = not self._passed_over()

    def _passed_over(self) -> bool:
        """Counts what begins at the reel's place as one row that cannot be read; whether a row follows it."""
        reel, ahead = self.going.reel, WINDOW
        while True:
            following = resume(reel.data, reel.at, self.going.backslash, self.current.width)
            if following is not None or reel.ended or ahead > LONGEST:
                break
            reel.fill(ahead)
            ahead *= 4
        stop, kind = following or (len(reel.data), "statement")
        for start, end in pairwise([reel.at, *between(reel.data, reel.at, stop), stop]):
            self.going.add(self.current, BAD, start, end, reel.line(start), 1)
        reel.at = stop
        return kind == "row"

    def _exactly(self) -> Row | None:
        """The row at the reel's place; None where it is damaged, cut, or longer than the limit."""
        reel, ahead = self.going.reel, WINDOW
        while True:
            try:
                return row(reel.data, reel.at, self.going.backslash)
            except Unfinished:
                if reel.ended or ahead > LONGEST:
                    return None
            reel.fill(ahead)
            ahead *= 4


def walk_rows(going: Pass, rows: Rows) -> Iterator[bool]:
    """The rows from the reel's place on, those of the statements that follow at once too."""
    walk = Walk(going, rows)
    while not walk.ended and going.reel.at < len(going.reel.data):
        walk.step()
        yield True
