"""Where the rows of VALUES begin and end, for a whole block at once, as far as every quote stands where one may."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
QUOTE, OPEN, CLOSE, COMMA, BACKSLASH, DOUBLE = b"'(),\\\""


def table(chars: bytes) -> Bools:
    """For each byte whether it is one of `chars`."""
    found = np.zeros(256, dtype=np.bool_)
    found[list(chars)] = True
    return found


WHITE = table(b" \t\r\n\f\v")
# What may stand right before a string and right after it; blanks are looked at twice.
_BEFORE, _PREFIX, _AFTER = table(b",('| \t\r\n"), table(b"NnXxBb"), table(b",)'|: \t\r\n")
_FAR_BEFORE, _FAR_AFTER = table(b",(| \t\r\n"), table(b",)|: \t\r\n")
_WORD_BEFORE = re.compile(rb"(?:^|[,(\s])(?:_[0-9A-Za-z]+|DATE|TIME|TIMESTAMP|INTERVAL)?\s?\Z", re.IGNORECASE)
_WORD_AFTER = re.compile(rb"'\s(?:AS|COLLATE|AT)\b", re.IGNORECASE)
_DOLLAR = re.compile(rb"[,(\s]\$[A-Za-z_0-9]*\$")


@dataclass(slots=True)
class Split:
    """The whole rows of a block: `starts` at their "(", `ends` at their ")"; `broken` is the first place where a
    quote, a comment or a bracket stands where none may, None where the block only ends too early."""

    starts: Places
    ends: Places
    broken: int | None
    quotes: Places
    escapers: Places
    brackets: Places
    depth: npt.NDArray[np.int64]


def toggles(buf: Bytes, data: bytes, backslash: bool) -> tuple[Places, Places]:
    """The quotes that open or close a string, in turn (a doubled quote does both), and the escaping backslashes."""
    quotes = np.flatnonzero(buf == QUOTE)
    if not backslash or b"\\" not in data:
        return quotes, np.zeros(0, np.int64)
    slashes = np.flatnonzero(buf == BACKSLASH)
    fresh = np.empty(len(slashes), np.bool_)
    fresh[0] = True
    np.not_equal(np.diff(slashes), 1, out=fresh[1:])
    first = slashes[fresh][np.cumsum(fresh) - 1]
    escapers = slashes[(slashes - first) & 1 == 0]
    escaped = np.zeros(len(buf) + 1, np.bool_)
    escaped[escapers + 1] = True
    return quotes[~escaped[quotes]], escapers


def split(data: bytes, backslash: bool, final: bool = True, proved: bool = False) -> Split:
    """The rows of `data`, which begins at a row's "(" outside of any string; not `final`: more bytes follow.

    `proved`: the same bytes were split before and not found broken.
    """
    buf = np.frombuffer(data, np.uint8)
    quotes, escapers = toggles(buf, data, backslash)
    brackets = np.flatnonzero((buf & 0xFE) == OPEN)
    brackets = brackets[(np.searchsorted(quotes, brackets) & 1) == 0]
    step = 1 - 2 * (buf[brackets] == CLOSE).astype(np.int64)
    depth = np.cumsum(step)
    starts = brackets[(step > 0) & (depth == 1)]
    ends = brackets[(step < 0) & (depth == 0)][: len(starts)]
    begun = starts[len(ends) :]
    starts, ends = _rows(buf, starts[: len(ends)], ends, final)
    if proved:
        return Split(starts, ends, None, quotes, escapers, brackets, depth)
    below = np.flatnonzero(depth < 0)
    odd = _odd(data, buf, quotes, np.concatenate((starts, begun)), ends)
    doubts = [_implausible(data, buf, quotes), odd, _first(brackets[below])]
    broken = min((doubt for doubt in doubts if doubt is not None), default=None)
    if broken is not None:
        count = int(np.searchsorted(ends, broken))
        starts, ends = starts[:count], ends[:count]
    return Split(starts, ends, broken, quotes, escapers, brackets, depth)


def _rows(buf: Bytes, starts: Places, ends: Places, final: bool) -> tuple[Places, Places]:
    """The pairs of brackets, the lists of columns (`(a, b) VALUES`) left out."""
    after, last = ends + 1, len(buf) - 1
    letter = buf[np.minimum(after, last)]
    for _ in range(16):
        blank = WHITE[letter] & (after < last)
        if not blank.any():
            break
        after = after + blank
        letter = buf[np.minimum(after, last)]
    seen = after + 1 <= last
    lower, second = letter | 0x20, buf[np.minimum(after + 1, last)] | 0x20
    listed = (lower == ord("v")) | ((lower == ord("o")) & (second == ord("v")))
    kept = ~(listed & seen) if final else ~listed & seen
    if not final and len(ends) and not seen[-1]:
        kept[-1] = False
    return starts[kept], ends[kept]


def _implausible(data: bytes, buf: Bytes, quotes: Places) -> int | None:
    """The first quote that stands where no string can begin or end."""
    opens, closes = quotes[0::2], quotes[1::2]
    if len(closes) and closes[-1] + 2 >= len(buf):
        closes = closes[:-1]
    doubts = [_first(_opening(data, buf, opens)), _first(_closing(data, buf, closes))]
    return min((doubt for doubt in doubts if doubt is not None), default=None)


def _first(places: Places) -> int | None:
    return int(places[0]) if len(places) else None


def _opening(data: bytes, buf: Bytes, opens: Places) -> Places:
    """The opening quotes that follow something else than a separator, a known prefix or a doubled quote."""
    before = buf[opens - 1]
    good = _BEFORE[before]
    if not good.all():
        good |= _PREFIX[before] & _FAR_BEFORE[buf[opens - 2]]
    blank = WHITE[before]
    if blank.any():
        good &= ~blank | _FAR_BEFORE[buf[opens - 2]]
    return _worded(data, opens[~good], _WORD_BEFORE, before=True)


def _closing(data: bytes, buf: Bytes, closes: Places) -> Places:
    """The closing quotes that something else follows than a separator, a cast, an operator or a doubled quote."""
    after = buf[closes + 1]
    good, blank = _AFTER[after], WHITE[after]
    if blank.any():
        good &= ~blank | _FAR_AFTER[buf[closes + 2]]
    return _worded(data, closes[~good], _WORD_AFTER, before=False)


def _worded(data: bytes, places: Places, word: re.Pattern[bytes], *, before: bool) -> Places:
    """`places` from the first one on that no known word excuses."""
    for number, place in enumerate(places.tolist()):
        near = data[max(place - 24, 0) : place] if before else data[place : place + 12]
        if not (word.search(near) if before else word.match(near)):
            return places[number:]
    return places[:0]


def _odd(data: bytes, buf: Bytes, quotes: Places, starts: Places, ends: Places) -> int | None:
    """The first double quote, comment or dollar quote inside a row and outside of its strings."""
    found: list[Places] = []
    if b'"' in data:
        found.append(np.flatnonzero(buf == DOUBLE))
    dashes = buf == ord("-")
    if (double := dashes[1:] & dashes[:-1]).any():
        found.append(np.flatnonzero(double))
    if b"*" in data and b"/*" in data:
        found.append(np.flatnonzero((buf[:-1] == ord("/")) & (buf[1:] == ord("*"))))
    if b"$" in data and _DOLLAR.search(data):
        found.append(np.flatnonzero(buf == ord("$")))
    doubts: list[int] = []
    for places in found:
        outside = places[(np.searchsorted(quotes, places) & 1) == 0]
        inside = outside[np.searchsorted(starts, outside) > np.searchsorted(ends, outside)]
        doubts += inside[:1].tolist()
    return min(doubts, default=None)
