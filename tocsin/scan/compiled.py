"""A kind's check as whole-column arithmetic: the algebra of `kinds.checks` over matrices of ASCII bytes.

Values of one length make a matrix, one row of bytes a place in the value; each term is then a few numpy
operations over all values at once. Every function agrees with the `of` and `holds` of the algebra,
which a property test proves.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds import checks as c
from tocsin.scan.arrays import Bools
from tocsin.scan.digits import Matrix, modulo, written
from tocsin.scan.endings import ends_with
from tocsin.scan.membership import one_of

Numbers = npt.NDArray[np.int64]
Answer = tuple[Numbers, Bools]
Known = dict[c.Term, Answer]
MOST_DIGITS = 16
LONGEST = 1 << 16


def holds(check: c.Check, values: pl.Series) -> Bools:
    """Whether `check` holds for each of `values` (String, ASCII, no nulls), as `check.holds` would say."""
    match check:
        case c.Called(function):
            distinct = values.unique()
            verdicts = pl.Series([function(value) for value in distinct], dtype=pl.Boolean)
            return values.replace_strict(distinct, verdicts, return_dtype=pl.Boolean).to_numpy()
        case c.TailOneOf(separator, allowed):
            return ends_with(values, separator, allowed)
        case c.Length(lengths):
            return np.isin(values.str.len_bytes().to_numpy(), np.array(lengths, dtype=np.int64))
        case c.All(parts) if not by_bytes(check):
            every: Bools = np.logical_and.reduce([holds(part, values) for part in parts])
            return every
        case c.Either(parts) if not by_bytes(check):
            some: Bools = np.logical_or.reduce([holds(part, values) for part in parts])
            return some
        case _:
            return _by_length(check, values)


@cache
def by_bytes(check: c.Check) -> bool:
    """Whether the whole tree works on bytes (no plain function, no list of endings)."""
    if isinstance(check, c.All | c.Either):
        return all(by_bytes(part) for part in check.checks)
    if isinstance(check, c.Recode):
        return by_bytes(check.check)
    return not isinstance(check, c.Called | c.TailOneOf)


def _by_length(check: c.Check, values: pl.Series) -> Bools:
    """Group by length, one matrix a length."""
    lengths = values.str.len_bytes().to_numpy()
    answer = np.zeros(len(values), dtype=np.bool_)
    found = np.flatnonzero(np.bincount(lengths)) if lengths.max(initial=0) < LONGEST else np.unique(lengths)
    for length in found.tolist():
        if len(found) == 1:
            return evaluate(check, places(values, length)) if length else answer
        chosen = np.flatnonzero(lengths == length)
        if length:
            answer[chosen] = evaluate(check, places(values.gather(chosen), length))
    return answer


def places(values: pl.Series, length: int) -> Matrix:
    """`values`, all of `length` bytes, as a matrix [length, n]."""
    joined = values.str.join("").item().encode("utf-8")
    return np.ascontiguousarray(np.frombuffer(joined, dtype=np.uint8).reshape(-1, length).T)


def evaluate(check: c.Check, matrix: Matrix, known: Known | None = None) -> Bools:
    """The check for every column of `matrix` [length, n]; `known` are the terms worked out for it before."""
    count = matrix.shape[1]
    known = {} if known is None else known
    match check:
        case c.All(parts):
            if any(isinstance(part, c.Length) and matrix.shape[0] not in part.lengths for part in parts):
                return np.zeros(count, dtype=np.bool_)
            answer = np.ones(count, dtype=np.bool_)
            for part in parts:
                if not isinstance(part, c.Length) and answer.any():
                    answer &= evaluate(part, matrix, known)
            return answer
        case c.Either(parts):
            answer = np.zeros(count, dtype=np.bool_)
            for part in parts:
                if not answer.all():
                    answer |= evaluate(part, matrix, known)
            return answer
        case c.Equal(left, right):
            (one, sure), (two, surely) = term(left, matrix, known), term(right, matrix, known)
            equal: Bools = (one == two) & sure & surely
            return equal
        case c.Within(inner, low, high):
            number, sure = term(inner, matrix, known)
            return (number >= low) & (number <= high) & sure
        case c.OneOf(start, stop, allowed):
            places_there = _range(matrix, start, stop)
            return np.zeros(count, dtype=np.bool_) if places_there is None else one_of(places_there, allowed)
        case c.Length(lengths):
            return np.full(count, matrix.shape[0] in lengths)
        case c.Calendar(year, month, day):
            return _calendar(*(term(part, matrix, known) for part in (year, month, day)))
        case c.Recode(start, stop, table, inner_check):
            return _recoded(matrix, start, stop, table, inner_check, known)
        case _:
            raise AssertionError("a check over bytes")


def term(node: c.Term, matrix: Matrix, known: Known) -> Answer:
    """The term for every column: its numbers, and where they are defined; worked out once."""
    found = known.get(node)
    if found is None:
        found = known[node] = _term(node, matrix, known)
    return found


def _term(node: c.Term, matrix: Matrix, known: Known) -> Answer:
    count = matrix.shape[1]
    match node:
        case c.Constant(number):
            return np.full(count, number, dtype=np.int64), np.ones(count, dtype=np.bool_)
        case c.Number(start, stop):
            return _number(_range(matrix, start, stop), count)
        case c.Residue(pieces, modulus, letters):
            return _residue([_range(matrix, *piece) for piece in pieces], modulus, letters, count)
        case c.Weighted():
            return _weighted(node, matrix)
        case c.Letter(at, alphabet):
            part = _range(matrix, at, at + 1 if at != -1 else None)
            if part is None or not len(part):
                return _undefined(count)
            meaning = _worths(alphabet)[part[0]]
            return meaning.astype(np.int64), meaning >= 0
        case c.Modulo(inner, modulus):
            numbers, sure = term(inner, matrix, known)
            return numbers % modulus, sure
        case c.Sum(parts):
            total, sure = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.bool_)
            for factor, part_term in parts:
                numbers, defined = term(part_term, matrix, known)
                total = total + factor * numbers
                sure = sure & defined
            return total, sure
    raise AssertionError("a term of the algebra")


def _undefined(count: int) -> Answer:
    return np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_)


def _range(matrix: Matrix, start: int, stop: int | None) -> Matrix | None:
    """The places [start:stop], None where an end lies beyond the values."""
    length = matrix.shape[0]
    begin = start if start >= 0 else length + start
    end = length if stop is None else stop if stop >= 0 else length + stop
    return matrix[begin:end] if 0 <= begin <= end <= length else None


def _number(part: Matrix | None, count: int) -> Answer:
    """The number that digits write."""
    if part is None or not len(part):
        return _undefined(count)
    digits = part - np.uint8(48)
    return written(digits).astype(np.int64), digits.max(axis=0) < 10


@cache
def _meanings(letters: str) -> npt.NDArray[np.int64]:
    """What each byte is worth under a letter map, −1 for nothing."""
    table = np.full(256, -1, dtype=np.int64)
    for char in c.BASE36:
        meaning = c.letter_value(char, letters)
        table[ord(char)] = -1 if meaning is None else meaning
    return table


def _residue(pieces: list[Matrix | None], modulus: int, letters: str, count: int) -> Answer:
    """The long number modulo `modulus`, stretches of digits at once."""
    if any(piece is None for piece in pieces):
        return _undefined(count)
    rows = np.concatenate([piece for piece in pieces if piece is not None])
    digits = rows - np.uint8(48)
    plain = (digits.max(axis=1, initial=0) < 10).tolist()
    total, sure = np.zeros(count, dtype=np.uint64), np.ones(count, dtype=np.bool_)
    at = 0
    while at < len(rows):
        stop = at + 1
        if plain[at]:
            while stop < len(rows) and plain[stop] and stop < at + MOST_DIGITS:
                stop += 1
            piece = modulo(written(digits[at:stop]).astype(np.uint64), modulus)
            total = total * np.uint64(pow(10, stop - at, modulus)) + piece
        else:
            meaning = _meanings(letters).take(rows[at])
            sure &= meaning >= 0
            factor = np.where(meaning > 9, 100, 10).astype(np.uint64)
            total = total * factor + np.maximum(meaning, 0).astype(np.uint64)
        total = modulo(total, modulus)
        at = stop
    return total.astype(np.int64), sure


@cache
def _worths(alphabet: str) -> npt.NDArray[np.int16]:
    """The place of each byte in `alphabet`, −1 outside it."""
    table = np.full(256, -1, dtype=np.int16)
    for place, char in reversed(list(enumerate(alphabet))):
        table[ord(char)] = place
    return table


@cache
def _products(alphabet: str, weight: int, sum_digits: bool) -> npt.NDArray[np.int32]:
    """weight × worth of each byte (its digits summed if asked), 0 where it has no worth."""
    worths = np.maximum(_worths(alphabet), 0).astype(np.int32) * weight
    return worths // 10 + worths % 10 if sum_digits else worths


def _weighted(node: c.Weighted, matrix: Matrix) -> Answer:
    """Σ weight × worth by one look-up a place."""
    count = matrix.shape[1]
    part = _range(matrix, node.start, node.stop)
    if part is None or not len(part):
        return _undefined(count)
    if node.from_right:
        part = part[::-1]
    total = np.zeros(count, dtype=np.int32)
    for at, row in enumerate(part):
        total += _products(node.alphabet, node.weights[at % len(node.weights)], node.sum_digits)[row]
    worthless = _worths(node.alphabet) < 0
    return total.astype(np.int64), ~np.logical_or.reduce([worthless[row] for row in part])


_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)


def _calendar(year: Answer, month: Answer, day: Answer) -> Bools:
    """Days of the Gregorian calendar, years 1 to 9999 as in `datetime.date`."""
    years, months, days = year[0], month[0], day[0]
    sure = year[1] & month[1] & day[1] & (years >= 1) & (years <= 9999) & (months >= 1) & (months <= 12)
    leap = ((years % 4 == 0) & (years % 100 != 0)) | (years % 400 == 0)
    longest = _MONTH_DAYS[np.where(sure, months, 0)] + (leap & (months == 2))
    right: Bools = sure & (days >= 1) & (days <= longest)
    return right


def _recoded(
    matrix: Matrix,
    start: int,
    stop: int,
    table: tuple[tuple[str, str], ...],
    check: c.Check,
    known: Known,
) -> Bools:
    """The inner check on a copy whose places [start:stop] were replaced where `table` says so."""
    part = _range(matrix, start, stop)
    if part is None:
        return np.zeros(matrix.shape[1], dtype=np.bool_)
    changed = matrix
    for before, after in table:
        chosen = one_of(part, frozenset({before}))
        if chosen.any():
            changed = changed.copy() if changed is matrix else changed
            target = _range(changed, start, stop)
            assert target is not None
            target[:, chosen] = np.frombuffer(after.encode(), dtype=np.uint8)[:, None]
    return evaluate(check, changed, known if changed is matrix else None)
