"""Where likely pairs are looked for: mentions of two groups that share a block, as few as say anything."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tocsin.people.keys import Variants, joined
from tocsin.people.rules import Rules

Numbers = npt.NDArray[np.int64]
LARGEST = 24
EACH = 3


def candidates(variants: Variants, label: Numbers, rules: Rules) -> tuple[Numbers, Numbers]:
    """Pairs of rows of different groups (`label`), at most three for two groups.

    A block that would make more pairs than the rules allow a record keeps its small groups only.
    """
    count = variants.count
    allowed = rules.limits["pairs"] * count
    found: list[Numbers] = []
    for block in rules.blocks:
        most = LARGEST
        one, two = joined(variants, block.traits, most=most)
        while len(one) > allowed and most > 2:
            most //= 2
            one, two = joined(variants, block.traits, most=most)
        apart = label[one] != label[two]
        found.append(np.stack([one[apart], two[apart]], axis=1))
    pairs = np.unique(np.concatenate(found), axis=0) if found else np.empty((0, 2), dtype=np.int64)
    low = np.minimum(label[pairs[:, 0]], label[pairs[:, 1]])
    high = np.maximum(label[pairs[:, 0]], label[pairs[:, 1]])
    order = np.lexsort((high, low))
    packed = (low * count + high)[order]
    starts = np.flatnonzero(np.r_[True, packed[1:] != packed[:-1]]) if len(packed) else np.empty(0, np.int64)
    rank = np.arange(len(packed)) - np.repeat(starts, np.diff(np.r_[starts, len(packed)]))
    kept = pairs[order[rank < EACH]]
    return kept[:, 0], kept[:, 1]
