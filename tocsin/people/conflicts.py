"""Why two mentions cannot be one person: contradictions that no key and no score may overrule.

- A primary identifier that differs (two valid NIRs).
- Given names that differ, on one birth date too (twins), and on one NIR (a child under the insured parent's), unless
  the NIR and the birth date are both the same, or a number that nobody bears for another is.
- Birth dates of which two parts differ, unless given name and mailbox or telephone are the same and less than a
  generation lies between (a father and a son of one name).
- Another sex, where the given names are not the same.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tocsin.people.rules import Rules
from tocsin.people.similar import CLOSE, DIFFERENT, EQUAL, FAR, SAME, UNKNOWN, Levels, Names, dates, same

Columns = dict[str, npt.NDArray[np.generic]]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# What may differ in time or by source, so that a difference says nothing.
RENEWED = frozenset({"customer", "document", "national"})
# What nobody bears for another, as a child does the insured parent's NIR.
OWN = frozenset({"document", "national", "tax"})
REACHED = ("email", "phone", "iban", "professional", "card")
GENERATION = 12


def conflicting(columns: Columns, one: Numbers, two: Numbers, rules: Rules, names: Names) -> Flags:
    """For each pair of rows whether they contradict each other."""
    shared, own = np.zeros(len(one), dtype=bool), np.zeros(len(one), dtype=bool)
    apart = np.zeros(len(one), dtype=bool)
    for trait in rules.primary:
        level = same(columns[trait][one], columns[trait][two])
        shared |= level == 1
        own |= (level == 1) & (trait in OWN)
        if trait not in RENEWED:
            apart |= level == 0
    reached = np.zeros(len(one), dtype=bool)
    for trait in REACHED:
        reached |= same(columns[trait][one], columns[trait][two]) == 1
    given = given_names(columns, one, two, names)
    born = dates(columns["dob"][one], columns["dob"][two])
    gap = np.abs(
        columns["dob"][one].astype(np.int64) // 10_000 - columns["dob"][two].astype(np.int64) // 10_000
    )
    sex = same(columns["sex"][one], columns["sex"][two])
    other_name = (given == DIFFERENT) | ((given == FAR) & (born != EQUAL))
    other_name |= (sex == 0) & (given < SAME) & (given != UNKNOWN)
    other_date = (born == DIFFERENT) & ((given < SAME) | (gap >= GENERATION) | ~reached)
    same_person = own | (shared & (born == EQUAL))
    return np.asarray(apart | (other_name & ~same_person) | (other_date & ~shared))


def given_names(columns: Columns, one: Numbers, two: Numbers, names: Names) -> Levels:
    """Levels of given names; where they differ but stand in the surname's place, the level of that."""
    family, given = columns["family"], columns["given"]
    level = names.alike(given[one], given[two])
    open_ = np.flatnonzero((level >= DIFFERENT) & (level < CLOSE))
    if len(open_):
        first, second = one[open_], two[open_]
        crossed = np.minimum(
            names.alike(given[first], family[second]),
            names.alike(family[first], given[second]),
        )
        level[open_] = np.maximum(level[open_], crossed)
    return level
