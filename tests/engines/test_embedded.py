"""The pool keeps the order, gives the same on one core and two, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tocsin.engines.embedded import WAITING, Pool

ROOT = Path(__file__).resolve().parents[2]


class OwnError(Exception):
    """What a task of these tests raises."""


def slow_square(number: int) -> int:
    """Later tasks are quicker than earlier ones."""
    time.sleep(0.02 if number % 4 == 0 else 0)
    return number * number


def refuse(number: int) -> int:
    if number == 5:
        raise OwnError("task.failed")
    return number


def whoami(number: int) -> int:
    return os.getpid()


def complain(number: int) -> int:
    """Speaks on standard error below Python and above it."""
    os.write(2, b"CANARY below\n")
    print("CANARY above", file=sys.stderr, flush=True)  # noqa: T201
    return number


def children(parent: int) -> set[int]:
    """The living processes whose parent is `parent`, spawned helpers of the library included."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z" and int(fields[1]) == parent:
                found.add(int(entry.name))
    return found


def workers(parent: int) -> set[int]:
    """Those children that run tasks."""
    found = set()
    for number in children(parent):
        try:
            command = Path(f"/proc/{number}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in command:
            found.add(number)
    return found


@pytest.mark.parametrize("cores", [1, 2])
def test_results_come_in_the_order_of_their_tasks(cores: int) -> None:
    pool: Pool[int, int] = Pool(slow_square, cores)
    assert list(pool.map(range(30))) == [(number, number * number) for number in range(30)]


@pytest.mark.parametrize("cores", [1, 2])
def test_a_failure_of_a_task_surfaces_after_what_came_before(cores: int) -> None:
    results = Pool[int, int](refuse, cores).map(range(10))
    assert [next(results)[0] for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(OwnError):
        next(results)
    assert workers(os.getpid()) == set()


@pytest.mark.parametrize("cores", [1, 2])
def test_no_task_gives_no_result(cores: int) -> None:
    pool: Pool[int, int] = Pool(slow_square, cores)
    assert list(pool.map([])) == []


def test_tasks_are_drawn_only_a_few_ahead() -> None:
    drawn = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            drawn.append(number)
            yield number

    results = Pool[int, int](slow_square, 2).map(tasks())
    next(results)
    assert len(drawn) <= 2 * WAITING
    results.close()  # type: ignore[attr-defined]
    assert workers(os.getpid()) == set()


def test_one_core_works_here_and_two_work_elsewhere() -> None:
    assert {pid for _, pid in Pool[int, int](whoami, 1).map(range(3))} == {os.getpid()}
    others = {pid for _, pid in Pool[int, int](whoami, 2).map(range(8))}
    assert os.getpid() not in others
    assert 1 <= len(others) <= 2


def test_workers_say_nothing_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    assert len(list(Pool[int, int](complain, 2).map(range(4)))) == 4
    assert "CANARY" not in capfd.readouterr().err


def started(tmp_path: Path) -> subprocess.Popen[str]:
    """A process of its own whose two workers are busy with a second's work, over and over."""
    script = tmp_path / "busy.py"
    script.write_text(
        textwrap.dedent(
            """
            import sys, time
            from tocsin.engines.embedded import Pool

            def work(number):
                if number:
                    time.sleep(1)
                return number

            def main():
                try:
                    for number, _ in Pool(work, 2).map(range(200)):
                        print("begun", flush=True)
                except KeyboardInterrupt:
                    sys.exit(130)

            if __name__ == "__main__":
                main()
            """
        ),
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def gone(numbers: set[int], seconds: float) -> bool:
    """Whether these processes end within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(Path(f"/proc/{number}/stat").exists() and alive(number) for number in numbers):
            return True
        time.sleep(0.05)
    return False


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_parent(blow: signal.Signals, tmp_path: Path) -> None:
    process = started(tmp_path)
    try:
        busy = workers(process.pid)
        assert len(busy) == 2
        process.send_signal(blow)
        if blow is signal.SIGINT:
            assert process.wait(timeout=20) == 130
        assert gone(busy, 20)
    finally:
        process.kill()
        process.communicate()
