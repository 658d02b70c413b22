"""Connected components against a plain walk."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tocsin.people.components import components


@given(
    count=st.integers(1, 60),
    edges=st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=80),
)
def test_components_are_those_of_a_plain_walk(count: int, edges: list[tuple[int, int]]) -> None:
    edges = [(one % count, two % count) for one, two in edges]
    group = list(range(count))
    changed = True
    while changed:
        changed = False
        for one, two in edges:
            low = min(group[one], group[two])
            if group[one] != low or group[two] != low:
                group[one] = group[two] = low
                changed = True
    one, two = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    assert components(count, one, two).tolist() == group


def test_a_long_chain_is_one_component() -> None:
    at = np.arange(99_999, dtype=np.int64)
    assert (components(100_000, at, at + 1) == 0).all()
