"""Values that must not be seen by accident: a wrapper, and the masks that help recognition."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")
DOT = "*"


class Masked(Generic[T]):
    """Holds a value whose `str`, `repr` and `format` never show it; only `reveal()` opens it."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def reveal(self) -> T:
        """The value itself; the caller writes in the journal that it was shown."""
        return self._value

    def __repr__(self) -> str:
        return "Masked(…)"

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        return repr(self)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a masked value is not serialised")


def mask(value: str, first: int = 0, last: int = 0) -> str:
    """`value` with every letter and digit as a star but the `first` and `last` ones; separators stay.

    Never more than a third of the letters and digits is shown, whatever is asked for.
    """
    solid = [at for at, char in enumerate(value) if char.isalnum()]
    allowed = len(solid) // 3
    first = min(first, allowed)
    last = min(last, allowed - first)
    shown = set(solid[:first]) | set(solid[len(solid) - last :])
    return "".join(
        char if at in shown or not (char.isalnum() or ord(char) > 127) else DOT
        for at, char in enumerate(value)
    )
