"""How everything is timed: CPU seconds of all threads of this process, the least of several runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Row = tuple[str, str, str]
Given = TypeVar("Given")


def cpu(work: Callable[[], Given]) -> tuple[float, Given]:
    """CPU seconds of this process for `work`, and what it gave."""
    began = time.process_time()
    given = work()
    return time.process_time() - began, given


def least(works: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The least CPU seconds of each of `works`, all of them run in every round: what else runs on the machine
    meets them alike."""
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            spent[name].append(cpu(work)[0])
    return {name: min(seconds) for name, seconds in spent.items()}
