"""Where sections are scanned: in this process, or by long-lived workers, one a core, in the order of submission."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
WAITING = 3
DEATH_SIGNAL = 1


class Pool(Generic[Task, Result]):
    """Maps tasks to results in order, a few ahead; with one core everything happens here."""

    def __init__(self, work: Callable[[Task], Result], cores: int) -> None:
        self._work = work
        self._cores = cores

    def map(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Each task with its result, in the order of `tasks`, which is drawn from as results are taken."""
        if self._cores <= 1:
            for task in tasks:
                yield task, self._work(task)
            return
        executor = self._executor()
        waiting: deque[tuple[Task, Future[Result]]] = deque()
        try:
            for task in tasks:
                waiting.append((task, executor.submit(self._work, task)))
                while len(waiting) >= WAITING * self._cores:
                    done, future = waiting.popleft()
                    yield done, future.result()
            while waiting:
                done, future = waiting.popleft()
                yield done, future.result()
        except BaseException:
            workers = list((executor._processes or {}).values())
            executor.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.kill()
            raise
        executor.shutdown()

    def _executor(self) -> ProcessPoolExecutor:
        """Workers that speak to nobody, compute on one core each, and die with this process."""
        os.environ["POLARS_MAX_THREADS"] = "1"
        return ProcessPoolExecutor(
            max_workers=self._cores,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(os.getpid(),),
        )


def _begin(parent: int) -> None:
    """A worker's first acts."""
    quiet()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGKILL"):
        try:
            ctypes.CDLL(None, use_errno=True).prctl(DEATH_SIGNAL, signal.SIGKILL)
        except (OSError, AttributeError):
            return
        if os.getppid() != parent:
            os._exit(0)


def quiet() -> None:
    """Standard error goes nowhere, so that no library can print a value there."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)
