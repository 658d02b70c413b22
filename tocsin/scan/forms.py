"""Values of one form (`d` a digit, `A` and `a` letters, signs as they stand): a kind's rule for all of them at once.

Most columns of identifiers hold one or two forms. For a form, what the kind's pattern, normalisation and check
do is known place by place before any value is seen; whole columns are then a few steps of numpy over rows of
bytes. What has another form, or a rule that no form settles, is left to the expressions of `values`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import polars as pl

from tocsin.kinds import kind as kinds
from tocsin.kinds.kind import Kind
from tocsin.scan.arrays import Bools
from tocsin.scan.arrays import Places as Rows
from tocsin.scan.compiled import by_bytes, evaluate
from tocsin.scan.layers import Form
from tocsin.scan.strings import Matrix, Strings, made
from tocsin.scan.turning import CAPITALS, SMALL, Place, Places, normal, shape_of, step_of

FEWEST = 256
LONGEST = 64
SAMPLE = 61
FORMS = 3
AT_ONCE = 1 << 14  # values whose numbers stay in the cache
DIGITS = (48, 57)
ONE = 49
_RANGES = np.array([DIGITS, CAPITALS, SMALL], dtype=np.uint8)


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
