"""Check sums that the algebra of checks cannot say: ISO/IEC 7064 MOD 11,10 and Verhoeff's over the group of the pentagon."""

from __future__ import annotations

# Verhoeff 1969: one permutation, applied once more at each place; (1 5 8 9 4 2 7 0)(3 6).
VERHOEFF = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def mod_11_10(value: str) -> bool:
    """Whether the last digit of `value` (digits) is the check digit of ISO/IEC 7064 MOD 11,10."""
    if len(value) < 2 or not (value.isascii() and value.isdigit()):
        return False
    carried = 10
    for char in value[:-1]:
        carried = (carried + int(char)) % 10 or 10
        carried = carried * 2 % 11
    return (carried + int(value[-1])) % 10 == 1


def verhoeff(value: str) -> bool:
    """Whether the last digit of `value` (digits) is its Verhoeff digit."""
    if not (value.isascii() and value.isdigit()):
        return False
    product = 0
    for at, char in enumerate(reversed(value)):
        digit = int(char)
        for _ in range(at % 8):
            digit = VERHOEFF[digit]
        product = _turned(product, digit)
    return product == 0


def _turned(one: int, two: int) -> int:
    """The product of two elements of the dihedral group of ten elements (0 to 4 turns, 5 to 9 reflections)."""
    if one < 5:
        return (one + two) % 5 if two < 5 else (one + two - 5) % 5 + 5
    return (one - two) % 5 + 5 if two < 5 else (one - two) % 5
