"""A task that costs its worker is tried once more alone; its neighbours lose nothing; limits hold."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.test_embedded import workers
from tocsin.engines.embedded import Pool
from tocsin.engines.worker import Cause, Fallen, Guard, sign

LIMITS = Guard(seconds=1.0, bytes=400_000_000)
Told = str | Fallen


def act(task: str) -> str:
    """Does what the task says, and says who did it."""
    verb, _, path = task.partition(" ")
    if verb == "exit":
        os._exit(0)
    if verb == "abort":
        os.abort()
    if verb == "once" and not Path(path).exists():
        Path(path).touch()
        os._exit(1)
    if verb == "hang":
        for _ in range(3):
            sign()
        time.sleep(600)
    if verb == "slow":
        for _ in range(12):
            time.sleep(0.15)
            sign()
    if verb == "eat":
        return str(len(bytearray(b"x" * 1_000_000_000)))
    return str(os.getpid())


def limits(task: str) -> Guard | None:
    return None if task.startswith("free") else LIMITS


@pytest.mark.parametrize("cores", [1, 2])
def test_a_fall_costs_its_task_alone(cores: int) -> None:
    tasks = ["a", "exit", "b", "free", "abort", "c", "free", "d"]
    results = list(Pool[str, str](act, cores, guard=limits).map(tasks))
    assert [task for task, _ in results] == tasks
    fallen = {task: told for task, told in results if isinstance(told, Fallen)}
    assert fallen == {"exit": Fallen(Cause.DIED, 0), "abort": Fallen(Cause.DIED, 0)}
    assert all(str(told).isdigit() for task, told in results if task not in fallen)
    assert workers(os.getpid()) == set()


def test_one_core_does_what_is_not_guarded_here() -> None:
    results = dict(Pool[str, str](act, 1, guard=limits).map(["a", "free", "b"]))
    assert results["free"] == str(os.getpid())
    assert results["a"] == results["b"] != str(os.getpid())


def test_a_task_that_falls_once_is_done_the_second_time(tmp_path: Path) -> None:
    results = dict(Pool[str, str](act, 2, guard=limits).map([f"once {tmp_path / 'mark'}", "a"]))
    assert all(str(told).isdigit() for told in results.values())


def test_limits_of_time_and_memory() -> None:
    """What goes on is not stopped, however long it takes; what stands still or eats is."""
    results = dict(Pool[str, str](act, 2, guard=limits).map(["hang", "slow", "eat"]))
    assert results["hang"] == Fallen(Cause.TIME, 3)
    assert str(results["slow"]).isdigit()
    assert results["eat"] == Fallen(Cause.MEMORY, 0)


def test_a_task_can_be_asked_for_while_others_run() -> None:
    pool: Pool[str, str] = Pool(act, 2, guard=limits)
    asked: list[Told] = []

    def tasks() -> Iterator[str]:
        for number in range(4):
            asked.append(pool.call("exit" if number == 1 else "now"))
            yield f"task{number}"

    assert len(list(pool.map(tasks()))) == 4
    assert [isinstance(told, Fallen) for told in asked] == [False, True, False, False]
