"""Connected components of a graph given as two arrays of ends, in whole arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


def components(count: int, one: Numbers, two: Numbers) -> Numbers:
    """For each of `count` nodes the smallest node of its component.

    Hooking and pointer jumping (Shiloach and Vishkin 1982): each round halves the trees' depth, so that some ten
    rounds do for any graph.
    """
    label = np.arange(count, dtype=np.int64)
    while len(one):
        left, right = label[one], label[two]
        apart = left != right
        if not apart.any():
            return label
        one, two, left, right = one[apart], two[apart], left[apart], right[apart]
        high, low = np.maximum(left, right), np.minimum(left, right)
        order = np.lexsort((-low, high))
        label[high[order]] = low[order]
        while True:
            jumped = label[label]
            if (jumped == label).all():
                break
            label = jumped
    return label
