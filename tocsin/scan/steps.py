"""The steps of a kind's normalisation over whole columns; a step that cannot touch any value costs next to nothing."""

from __future__ import annotations

import re
import re._constants as op  # type: ignore[import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import polars as pl

from tocsin.kinds.kind import Drop, Kind, Lower, Swap, Through, Upper, apply
from tocsin.scan.automaton import Automaton
from tocsin.scan.strings import Strings

HEAD = 3
SIGNS = (*":@/+-. ,", "/.", " /.", " -", " /.-")
LETTERS = sum(1 << byte for byte in (*range(65, 91), *range(97, 123)))
_GROUP = re.compile(r"\$\{([0-9]+)\}")


def normal(kind: Kind, values: pl.Series) -> pl.Series:
    """Each of `values` (no nulls) as `kind.normal` would give it, outer blanks already dropped."""
    column = _Column(values)
    for step in kind.normalise:
        match step:
            case Drop(characters):
                column.drop(characters)
            case Upper():
                column.recase(upper=True)
            case Lower():
                column.recase(upper=False)
            case Swap():
                column.swap(step)
            case Through():
                distinct = column.values.unique()
                after = pl.Series([apply(step, value) for value in distinct], dtype=pl.String)
                column.become(column.values.replace_strict(distinct, after, return_dtype=pl.String))
    return column.values


class _Column:
    """The values on their way, and what is known of them: their first characters, whether they hold letters."""

    def __init__(self, values: pl.Series) -> None:
        self.values = values
        self._heads: pl.Series | None = None
        self._first: list[str] = []
        self._letters: bool | None = None
        self._signs: dict[str, bool] = {}

    def become(self, values: pl.Series) -> None:
        """Other values: forget what was known."""
        self.values = values
        self._heads = self._letters = None
        self._signs = {}

    def drop(self, characters: str) -> None:
        """Remove characters where there are some."""
        if self.values.str.contains_any(list(characters)).any():
            inner = "".join(_in_class(char) for char in characters)
            self.become(self.values.str.replace_all(f"[{inner}]", ""))

    def recase(self, *, upper: bool) -> None:
        """ASCII letters to capitals or small ones, where there are letters of the other case."""
        strings = Strings(self.values)
        if not strings.any_byte(*((97, 122) if upper else (65, 90))):
            return
        turned = self.values.str.to_uppercase() if upper else self.values.str.to_lowercase()
        if strings.any_byte(128, 255):  # letters of other alphabets stay
            odd = (self.values.str.len_bytes() != self.values.str.len_chars()).arg_true()
            step = Upper() if upper else Lower()
            turned = turned.scatter(odd, [apply(step, value) for value in self.values.gather(odd)])
        self.become(turned)

    def swap(self, step: Swap) -> None:
        """Replace the first match in the values that have one."""
        plan = plan_of(step)
        if plan.lettered and not self._has_letters():
            return
        if plan.signs and not any(self._has(sign) for sign in plan.signs):
            return
        rows = self._candidates(plan)
        if rows is not None and not len(rows):
            return
        some = self.values if rows is None else self.values.gather(rows)
        hits = some.str.contains(step.pattern)
        if not hits.any():
            return
        if rows is None and hits.all():
            self.become(plan.replaced(step, self.values))
            return
        chosen = hits.arg_true()
        changed = plan.replaced(step, some.gather(chosen))
        places = chosen if rows is None else rows.gather(chosen)
        self.become(self.values.clone().scatter(places, changed))

    def _candidates(self, plan: Plan) -> pl.Series | None:
        """The rows whose first characters an anchored step could match; None for all."""
        if plan.automaton is None:
            return None
        if self._heads is None:
            self._heads = self.values.str.head(HEAD)
            self._first = self._heads.unique().to_list()
        alive = [head for head in self._first if plan.could(head)]
        if len(alive) == len(self._first):
            return None
        return self._heads.is_in(alive).arg_true() if alive else pl.Series([], dtype=pl.UInt32)

    def _has(self, sign: str) -> bool:
        """Whether some value holds this sign."""
        if sign not in self._signs:
            self._signs[sign] = bool(self.values.str.contains(sign, literal=True).any())
        return self._signs[sign]

    def _has_letters(self) -> bool:
        if self._letters is None:
            self._letters = bool(self.values.str.contains("[A-Za-z]").any())
        return self._letters


@dataclass(slots=True)
class Plan:
    """What is known of a replacement before any value is seen.

    `automaton` is the pattern without its anchor, for a pattern that is anchored at the beginning; `inner` the
    pattern without anchors, None where one stands inside; `anchored` and `closed` say which it had.
    `lettered`: every match holds an ASCII letter; `signs`: and one of these, if there are any. `pieces`: the template as constants and fixed stretches
    (start, length or None for the rest) of a value that matches, where the pattern fixes them.
    """

    automaton: Automaton | None
    inner: Automaton | None
    anchored: bool
    closed: bool
    lettered: bool
    signs: str
    pieces: tuple[str | tuple[int, int | None], ...] | None
    _alive: dict[str, bool] = field(default_factory=dict)

    def could(self, head: str) -> bool:
        """Whether a value that begins with `head` (shorter: is it) could match."""
        known = self._alive.get(head)
        if known is None:
            assert self.automaton is not None
            known = self._alive[head] = self.automaton.follows(head.encode(), whole=len(head) < HEAD)
        return known

    def replaced(self, step: Swap, values: pl.Series) -> pl.Series:
        """`values`, all of which match, after the step."""
        if self.pieces is None:
            return values.str.replace(step.pattern, step.template)
        parts = [
            pl.lit(piece) if isinstance(piece, str) else pl.col("value").str.slice(*piece)
            for piece in self.pieces
        ]
        made = (
            pl.concat_str(parts) if parts else pl.lit("")
        )  # constant pieces alone are one value, told to all
        return pl.DataFrame({"value": values}).with_columns(made.alias("value"))["value"]


@cache
def plan_of(step: Swap) -> Plan:
    """The plan of a replacement."""
    nodes = list(parser.parse(step.pattern))
    anchored = bool(nodes) and nodes[0][0] is op.AT and nodes[0][1] is op.AT_BEGINNING
    closed = bool(nodes) and nodes[-1][0] is op.AT and nodes[-1][1] is op.AT_END
    inner = step.pattern[1 if anchored else 0 : len(step.pattern) - (1 if closed else 0)]
    plain = "^" not in inner.replace("[^", "") and "$" not in inner.replace("[$]", "")
    automaton = Automaton([inner]) if plain else None
    lettered = automaton is not None and automaton.requires(LETTERS)
    signs = next((some for some in SIGNS if automaton is not None and automaton.requires(_bits(some))), "")
    pieces = _pieces(nodes, step.template) if anchored and closed else None
    return Plan(automaton if anchored else None, automaton, anchored, closed, lettered, signs, pieces)


def _bits(characters: str) -> int:
    return sum(1 << ord(char) for char in characters)


def _pieces(nodes: list[tuple[Any, Any]], template: str) -> tuple[str | tuple[int, int | None], ...] | None:
    """The template over fixed stretches, None where a group has no fixed place or width."""
    spans: dict[int, tuple[int, int | None]] = {}
    at = 0
    body = nodes[1:-1]
    for place, (kind, detail) in enumerate(body):
        width = _width(kind, detail)
        if kind is op.SUBPATTERN and detail[0] is not None:
            if any(inner[0] is op.SUBPATTERN and inner[1][0] is not None for inner in detail[3]):
                return None
            spans[detail[0]] = (at, width)
        if width is None:
            if place != len(body) - 1:
                return None
            break
        at += width
    parts: list[str | tuple[int, int | None]] = []
    for number, text in enumerate(_GROUP.split(template)):
        if number % 2:
            if int(text) not in spans:
                return None
            parts.append(spans[int(text)])
        elif text:
            parts.append(text)
    return tuple(parts)


def _width(kind: Any, detail: Any) -> int | None:
    """How many characters a node matches, None where that varies."""
    if kind in (op.LITERAL, op.IN):
        return 1
    if kind is op.SUBPATTERN:
        low, high = detail[3].getwidth()
        return int(low) if low == high else None
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        low, high = detail[2].getwidth()
        return int(low) * int(detail[0]) if low == high and detail[0] == detail[1] else None
    return None


def _in_class(char: str) -> str:
    return re.escape(char) if char in "\\]^-[&~" else char
