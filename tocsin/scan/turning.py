"""What a kind's pattern and steps of normalisation do to values of one form, place by place, before any is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tocsin.kinds import kind as kinds
from tocsin.kinds.kind import Drop, Lower, Swap, Upper
from tocsin.scan.layers import Form, Layers, graph, layers
from tocsin.scan.steps import plan_of
from tocsin.scan.strings import Matrix

CAPITALS, SMALL = (65, 90), (97, 122)
END = "\0"


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
