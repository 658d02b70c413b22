"""Candidates as values: cut out of a text, normalised and checked, all kinds together as rows of bytes.

A kind whose normalisation only drops characters and changes case is a few steps of numpy over the bytes of all
its candidates; the others go through the columns of `values`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from tocsin.kinds.checks import Check
from tocsin.kinds.kind import Drop, Kind, Lower, Upper
from tocsin.scan.arrays import Bools, Bytes, Places
from tocsin.scan.candidates import Candidates
from tocsin.scan.compiled import by_bytes, evaluate
from tocsin.scan.forms import known
from tocsin.scan.values import FEW, SEPARATOR, gathered, normal, split, valid

MANY = 512  # fewer have too many forms for their number


@dataclass(frozen=True, slots=True)
class _Rule:
    """What normalisation makes of each byte, and which bytes it drops."""

    becomes: Bytes
    dropped: Bools | None


def judged(kinds: Sequence[Kind], data: Bytes, found: Candidates) -> tuple[pl.Series, Bools]:
    """The normal value of each candidate, and whether it passes its kind's check."""
    if not len(found):
        return pl.Series([], dtype=pl.String), np.zeros(0, dtype=np.bool_)
    taken, stops = gathered(data, found.starts, found.ends)
    passed = np.ones(len(found), dtype=np.bool_)
    values: list[pl.Series] = []
    for number, rows in found.parts():
        first = int(stops[rows.start - 1]) if rows.start else 0
        mine, ends = taken[first : int(stops[rows.stop - 1])], stops[rows] - first
        kind = kinds[number]
        rule = _rule(kind) if len(ends) >= FEW else None
        if rule is None or mine.max() > 127:
            series, passed[rows] = _by_column(kind, split(mine, ends))
        else:
            mine, ends = _plain(rule, mine, ends)
            series = split(mine, ends)
            if kind.check is not None:
                passed[rows] = _holds(kind.check, mine, ends, series, kind)
        values.append(series)
    return pl.concat(values), passed


def _by_column(kind: Kind, values: pl.Series) -> tuple[pl.Series, Bools]:
    """Normal values and verdicts: those of the commonest forms at once, the others step by step."""
    found = known(kind, values) if kind.check is not None and len(values) >= MANY else None
    rest = values if found is None else values.filter(pl.Series(~found.rows))
    series = normal(kind, rest)
    passed = valid(kind, series)
    if found is None:
        return series, passed
    _, series, passed = found.beside(np.ones(len(rest), dtype=np.bool_), series, passed)
    return series, passed


def _plain(rule: _Rule, taken: Bytes, stops: Places) -> tuple[Bytes, Places]:
    """The bytes of values, one of room behind each, after normalisation; and where each room ends."""
    np.putmask(taken, taken == SEPARATOR, 32)
    taken[stops - 1] = SEPARATOR
    if rule.dropped is not None:
        dropped = rule.dropped.take(taken)
        if dropped.any():
            taken = taken[~dropped]
            stops = stops - np.cumsum(dropped)[stops - 1]
    return rule.becomes.take(taken), stops


def _holds(check: Check, taken: Bytes, stops: Places, series: pl.Series, kind: Kind) -> Bools:
    """Whether the check holds, values of one length at a time."""
    if not by_bytes(check):
        return valid(kind, series)
    lengths = np.diff(stops, prepend=0) - 1
    answer = np.zeros(len(stops), dtype=np.bool_)
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        if length:
            mine = np.flatnonzero(lengths == length)
            begin = stops[mine] - 1 - length
            answer[mine] = evaluate(check, taken[begin + np.arange(length)[:, None]])
    return answer


@cache
def _rules() -> dict[str, _Rule | None]:
    """The rules worked out so far, by kind."""
    return {}


def _rule(kind: Kind) -> _Rule | None:
    """A kind's normalisation as a rule for bytes, None where it does more."""
    rules = _rules()
    if kind.name not in rules:
        rules[kind.name] = _worked_out(kind)
    return rules[kind.name]


def _worked_out(kind: Kind) -> _Rule | None:
    becomes = np.arange(256, dtype=np.uint8)
    dropped = np.zeros(256, dtype=np.bool_)
    for step in kind.normalise:
        match step:
            case Drop(characters):
                for byte in range(256):
                    dropped[byte] |= chr(becomes[byte]) in characters
            case Upper():
                becomes[97:123] = becomes[65:91]
            case Lower():
                becomes[65:91] = becomes[97:123]
            case _:
                return None
    dropped[SEPARATOR] = False
    return _Rule(becomes, dropped if dropped.any() else None)
