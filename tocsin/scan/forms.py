"""Values of one form (`d` a digit, `A` and `a` letters, signs as they stand): a kind's rule for all of them at once.

Most columns of identifiers hold one or two forms. For a form, what the kind's pattern, normalisation and check
do is known place by place before any value is seen; whole columns are then a few steps of numpy over rows of
bytes. What has another form, or a rule that no form settles, is left to the expressions of `values`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from tocsin.kinds import kind as kinds
from tocsin.kinds.kind import Drop, Kind, Lower, Swap, Upper
from tocsin.scan.arrays import Bools
from tocsin.scan.arrays import Places as Rows
from tocsin.scan.compiled import by_bytes, evaluate
from tocsin.scan.layers import Form, Layers, graph, layers
from tocsin.scan.steps import plan_of
from tocsin.scan.strings import Matrix, Strings, made

FEWEST = 256
LONGEST = 64
SAMPLE = 61
FORMS = 3
AT_ONCE = 1 << 14  # values whose numbers stay in the cache
DIGITS, CAPITALS, SMALL = (48, 57), (65, 90), (97, 122)
ONE = 49
END = "\0"
_RANGES = np.array([DIGITS, CAPITALS, SMALL], dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a byte of a normal value comes from: a place of the value, moved by `shift`; or `low` itself (None)."""

    source: int | None
    low: int
    high: int
    shift: int = 0


Places = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What a step of normalisation does to values of one form: `where` it applies (None: wherever), what it makes
    of them there (None: that is not fixed); elsewhere they stay."""

    where: Layers | None
    after: Places | None


@dataclass(slots=True)
class Known:
    """What is known of a column's values: `rows` (flags) have the kind's shape; the normal values and verdicts
    of those, in order. Of the others nothing is known."""

    rows: Bools
    normal: pl.Series
    passed: Bools

    def beside(self, shaped: Bools, normal: pl.Series, passed: Bools) -> tuple[Bools, pl.Series, Bools]:
        """The same with what else was found out of the other values: which of them have the shape, and of those
        the normal values and verdicts."""
        both = self.rows.copy()
        both[~self.rows] = shaped
        if not shaped.any():
            return both, self.normal, self.passed
        order = np.argsort(np.concatenate([np.flatnonzero(self.rows), np.flatnonzero(~self.rows)[shaped]]))
        together = pl.concat([self.normal.rename(""), normal.rename("")])
        return both, together.gather(order), np.concatenate([self.passed, passed])[order]


def known(kind: Kind, values: pl.Series) -> Known | None:
    """The values of the commonest forms, None where nothing can be said (few values, no pattern, another check)."""
    if len(values) < FEWEST or kind.pattern is None or not (kind.check is None or by_bytes(kind.check)):
        return None
    strings = Strings(values)
    often = np.bincount(np.minimum(strings.lengths, LONGEST + 1), minlength=LONGEST + 2)
    found = _Found(kind, values)
    for length in np.argsort(-often, kind="stable")[:FORMS].tolist():
        if not 0 < length <= LONGEST or often[length] < max(FEWEST, len(values) // 20):
            continue
        rows = None if often[length] == len(values) else np.flatnonzero(strings.lengths == length)
        found.length(strings.matrix(rows, length), rows)
    return found.joined()


class _Found:
    """Parts of a column that fit a form, as they are met."""

    def __init__(self, kind: Kind, values: pl.Series) -> None:
        self._kind, self._values = kind, values
        self._parts: list[tuple[Rows | None, pl.Series | None, Bools]] = []

    def length(self, matrix: Matrix, rows: Rows | None) -> None:
        """The values of one length."""
        for _ in range(FORMS):
            form = commonest(matrix)
            if form is None:
                return
            fit = fitting(matrix, form)
            chosen, among = (matrix, rows) if fit.all() else _among(matrix, rows, np.flatnonzero(fit))
            self._form(form, chosen, among)
            left = np.flatnonzero(~fit)
            if len(left) < max(FEWEST, matrix.shape[1] // 10):
                return
            matrix, rows = _among(matrix, rows, left)

    def _form(self, form: Form, matrix: Matrix, rows: Rows | None) -> None:
        """The values of one form."""
        shape = shape_of(self._kind.pattern or "", form)
        if shape is None:
            form = tight(matrix, form)
            shape = shape_of(self._kind.pattern or "", form)
        if shape is None or shape.never:
            return
        good = shape.match(matrix)
        places: Places | None = tuple(Place(at, low, high) for at, (low, high) in enumerate(form))
        for step in self._kind.normalise:
            assert places is not None
            places = self._stepped(step, places, matrix, good)
            if not places:
                return
        if places and good.any():
            self._part(
                places, *((matrix, rows) if good.all() else _among(matrix, rows, np.flatnonzero(good)))
            )

    def _stepped(self, step: kinds.Step, places: Places, matrix: Matrix, good: Bools) -> Places | None:
        """The places after a step; values with which it does what it does not with most are no longer `good`."""
        told = step_of(step, places)
        if told is not None and told.where is not None:
            places = closer(matrix, places)
            told = step_of(step, places)
        if told is None:
            return None
        if told.where is None:
            return told.after
        there = told.where.match(normal(matrix, places)) & good
        if 2 * int(np.count_nonzero(there)) > int(np.count_nonzero(good)):
            good &= there
            return told.after
        good &= ~there
        return places

    def _part(self, places: Places, matrix: Matrix, rows: Rows | None) -> None:
        check = self._kind.check
        unchanged = len(places) == len(matrix) and all(
            place.source == at and not place.shift for at, place in enumerate(places)
        )
        turned = matrix if unchanged else normal(matrix, places)
        passed = np.ones(matrix.shape[1], dtype=np.bool_)
        if check is not None:
            for begin in range(0, matrix.shape[1], AT_ONCE):
                passed[begin : begin + AT_ONCE] = evaluate(check, turned[:, begin : begin + AT_ONCE])
        self._parts.append((rows, None if unchanged else made(turned), passed))

    def joined(self) -> Known | None:
        """All parts in the order of the column."""
        if not self._parts:
            return None
        if len(self._parts) == 1:
            rows, series, passed = self._parts[0]
            if rows is None:
                every = np.ones(len(self._values), dtype=np.bool_)
                return Known(every, self._values if series is None else series, passed)
        places = np.concatenate([_all(rows, passed) for rows, _, passed in self._parts])
        order = np.argsort(places, kind="stable")
        flags = np.zeros(len(self._values), dtype=np.bool_)
        flags[places] = True
        passed = np.concatenate([passed for _, _, passed in self._parts])[order]
        if all(series is None for _, series, _ in self._parts):
            return Known(flags, self._values.filter(pl.Series(flags)), passed)
        taken = [
            self._values.gather(_all(rows, passed)) if series is None else series
            for rows, series, passed in self._parts
        ]
        together = pl.concat(taken) if len(taken) > 1 else taken[0]
        return Known(flags, together if _ascending(places) else together.gather(order), passed)


def _all(rows: Rows | None, like: Bools) -> Rows:
    return np.arange(len(like)) if rows is None else rows


def _ascending(rows: Rows) -> bool:
    return bool((np.diff(rows) > 0).all())


def _among(matrix: Matrix, rows: Rows | None, chosen: Rows) -> tuple[Matrix, Rows]:
    """Some columns of a matrix, and the rows of the table that they are."""
    return matrix.take(chosen, axis=1), chosen if rows is None else rows[chosen]


def commonest(matrix: Matrix) -> Form | None:
    """The form that most of some values have; None where most hold a blank at an end or a byte that is no ASCII."""
    some = matrix[:, np.linspace(0, matrix.shape[1] - 1, SAMPLE).astype(np.int64)]
    low, high = some.copy(), some.copy()
    for first, last in _RANGES:
        here = (some >= first) & (some <= last)
        low[here], high[here] = first, last
    shapes = [column.tobytes() for column in low.T]
    at = shapes.index(Counter(shapes).most_common(1)[0][0])
    form = tuple(zip(low[:, at].tolist(), high[:, at].tolist(), strict=True))
    if max(last for _, last in form) > 126 or form[0][0] <= 32 or form[-1][0] <= 32:
        return None
    return form


def fitting(matrix: Matrix, form: Form) -> Bools:
    """Which columns of `matrix` have the form."""
    fit = np.ones(matrix.shape[1], dtype=np.bool_)
    for row, (low, high) in zip(matrix, form, strict=True):
        fit &= (row - np.uint8(low)) <= np.uint8(high - low)
    return fit


def tight(matrix: Matrix, form: Form) -> Form:
    """The form with what all values share: one letter or sign there, or no zero."""
    low, high = matrix.min(axis=1).tolist(), matrix.max(axis=1).tolist()
    return tuple(
        (least, most) if least == most else (max(first, min(least, ONE)), last)
        for least, most, (first, last) in zip(low, high, form, strict=True)
    )


def closer(matrix: Matrix, places: Places) -> Places:
    """The places with what all values of `matrix` share there."""
    form = tight(matrix, tuple((0, 255) for _ in matrix))
    found = []
    for place in places:
        if place.source is not None and place.low < place.high:
            low, high = (edge + place.shift for edge in form[place.source])
            place = Place(place.source, max(low, place.low), min(high, place.high), place.shift)
        found.append(place)
    return tuple(found)


def normal(matrix: Matrix, places: Places) -> Matrix:
    """The values of the columns of `matrix` as `places` say."""
    turned = np.empty((len(places), matrix.shape[1]), dtype=np.uint8)
    for row, place in zip(turned, places, strict=True):
        if place.source is None:
            row[:] = place.low
        elif place.shift:
            np.add(matrix[place.source], np.uint8(place.shift & 255), out=row)
        else:
            row[:] = matrix[place.source]
    return turned


@lru_cache(maxsize=512)
def shape_of(pattern: str, form: Form) -> Layers | None:
    """Whether values of a form have the shape of a whole pattern; None where that takes too many states."""
    return layers(graph(pattern), form, anchored=True, closed=True)


@lru_cache(maxsize=4096)
def step_of(step: kinds.Step, places: Places) -> Step | None:
    """What a step does to values of these places; None where their form does not settle it."""
    match step:
        case Drop(characters):
            held = [_holds(place, characters) for place in places]
            if any(one and place.low < place.high for one, place in zip(held, places, strict=True)):
                return None
            return Step(None, tuple(place for one, place in zip(held, places, strict=True) if not one))
        case Upper():
            return Step(None, tuple(_moved(place, SMALL, -32) for place in places))
        case Lower():
            return Step(None, tuple(_moved(place, CAPITALS, 32) for place in places))
        case Swap():
            return _swapped(step, places)
        case _:
            return None


def _holds(place: Place, characters: str) -> bool:
    return any(place.low <= ord(char) <= place.high for char in characters)


def _moved(place: Place, letters: tuple[int, int], shift: int) -> Place:
    """A place of letters in the other case."""
    if not (letters[0] <= place.low and place.high <= letters[1]):
        return place
    return Place(place.source, place.low + shift, place.high + shift, place.shift + shift)


def _hopeless(pattern: str, form: Form) -> bool:
    """Whether a pattern with an end inside matches nothing of the form; a byte of its own stands for the end."""
    inner = pattern.removeprefix("^")
    if "^" in inner or "[$" in inner or "$]" in inner:
        return False
    anchored = inner != pattern and "|" not in re.sub("[(].*?[)]", "", inner)
    ended = graph(inner.replace("$", END))
    found = layers(ended, (*form, (ord(END), ord(END))), anchored=anchored, closed=False)
    return found is not None and found.never


def _swapped(step: Swap, places: Places) -> Step | None:
    """What a replacement does."""
    plan = plan_of(step)
    form = tuple((place.low, place.high) for place in places)
    if plan.inner is None:
        return Step(None, places) if _hopeless(step.pattern, form) else None
    found = layers(plan.inner, form, anchored=plan.anchored, closed=plan.closed)
    if found is None:
        return None
    if found.never:
        return Step(None, places)
    after: list[Place] = []
    for piece in plan.pieces or ():
        if isinstance(piece, str):
            after += [Place(None, ord(char), ord(char)) for char in piece]
        else:
            start, length = piece
            after += places[start:] if length is None else places[start : start + length]
    return Step(None if found.always else found, None if plan.pieces is None else tuple(after))
