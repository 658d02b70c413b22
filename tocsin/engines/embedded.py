"""Where sections are scanned: in this process, or by long-lived workers, one a core, in the order of submission."""

from __future__ import annotations

import gc
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tocsin.engines.worker import Fallen, Guard, Worker
from tocsin.errors import TocsinError

Task = TypeVar("Task")
Result = TypeVar("Result")
WAITING = 3
STARTS = 3


@dataclass(slots=True)
class _Job(Generic[Task, Result]):
    """A task on its way; `again` once it cost a worker."""

    task: Task
    guard: Guard | None
    future: Future[Result | Fallen] = field(default_factory=Future)
    again: bool = False


class Pool(Generic[Task, Result]):
    """Maps tasks to results in order, a few ahead.

    A task with a `guard` is done by a worker under these limits, always; the others are done in this process
    where `here` says so (by default with one core). A task that costs its worker is done once more, alone; then
    its result is `Fallen`. No other task is lost by it. One thread minds each worker and replaces it. `ready` is
    what a worker does before its first task, in no task's time.
    """

    def __init__(
        self,
        work: Callable[[Task], Result],
        cores: int,
        *,
        here: bool | None = None,
        guard: Callable[[Task], Guard | None] = lambda task: None,
        ready: Callable[[], object] = gc.freeze,
    ) -> None:
        self._work, self._cores, self._guard, self._ready = work, max(cores, 1), guard, ready
        self._here = cores <= 1 if here is None else here
        self._turn = threading.Condition()
        self._new: deque[_Job[Task, Result]] = deque()
        self._again: deque[_Job[Task, Result]] = deque()
        self._running, self._alone, self._ending, self._ended = 0, False, False, False
        self._minders: list[threading.Thread] = []
        self._workers: set[Worker[Task, Result]] = set()

    def map(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Fallen]]:
        """Each task with its result, in the order of `tasks`, which is drawn from as results are taken."""
        waiting: deque[tuple[Task, Future[Result | Fallen] | None]] = deque()
        try:
            for task in tasks:
                guard = self._guard(task)
                near = self._here and guard is None
                waiting.append((task, None if near else self._submit(task, guard)))
                while waiting and (waiting[0][1] is None or len(waiting) >= WAITING * self._cores):
                    yield self._next(waiting)
            while waiting:
                yield self._next(waiting)
        except BaseException:
            self._stop()
            raise
        self._end()

    def call(self, task: Task) -> Result | Fallen:
        """The result of one task before those that wait; only while `map` draws its tasks."""
        guard = self._guard(task)
        if self._here and guard is None:
            return self._work(task)
        return self._submit(task, guard, first=True).result()

    def _next(
        self, waiting: deque[tuple[Task, Future[Result | Fallen] | None]]
    ) -> tuple[Task, Result | Fallen]:
        task, future = waiting.popleft()
        return task, self._work(task) if future is None else future.result()

    def _submit(self, task: Task, guard: Guard | None, first: bool = False) -> Future[Result | Fallen]:
        """Hand a task to the workers; there is at most one for each task that waits."""
        job: _Job[Task, Result] = _Job(task, guard)
        with self._turn:
            if first:
                self._new.appendleft(job)
            else:
                self._new.append(job)
            if len(self._minders) < min(self._cores, self._running + len(self._new)):
                self._minders.append(threading.Thread(target=self._mind, daemon=True))
                self._minders[-1].start()
            self._turn.notify_all()
        return job.future

    def _mind(self) -> None:
        """One thread: gives tasks to its worker, one by one, and replaces it when it fell."""
        worker: Worker[Task, Result] | None = None
        while (job := self._take()) is not None:
            try:
                worker = worker or self._hire()
                result = worker.ask(job.task, job.guard, every_sign=job.again)
            except BaseException as failure:
                job.future.set_exception(failure)
            else:
                if isinstance(result, Fallen):
                    self._workers.discard(worker)
                    worker = None
                self._give(job, result)
            with self._turn:
                self._running -= 1
                self._alone = False
                self._turn.notify_all()
        if worker is not None:
            worker.end()

    def _give(self, job: _Job[Task, Result], result: Result | Fallen) -> None:
        """The result; a task that was the first time the end of its worker is put back instead."""
        if isinstance(result, Fallen) and not job.again and not self._ended:
            job.again = True
            with self._turn:
                self._again.append(job)
        else:
            job.future.set_result(result)

    def _take(self) -> _Job[Task, Result] | None:
        """The next task, once there is one: those that cost a worker alone, when no other runs."""
        with self._turn:
            while not self._ended:
                if self._again and not self._running:
                    self._running, self._alone = 1, True
                    return self._again.popleft()
                if self._new and not self._again and not self._alone:
                    self._running += 1
                    return self._new.popleft()
                if self._ending and not (self._new or self._again or self._running):
                    return None
                self._turn.wait()
        return None

    def _hire(self) -> Worker[Task, Result]:
        """A new worker that stands; one that falls before is made again. Raises TocsinError where none stands."""
        for _ in range(STARTS):
            worker = Worker(self._work, self._ready)
            with self._turn:
                self._workers.add(worker)
                ended = self._ended
            if ended:
                worker.kill()
            if worker.stands():
                return worker
            self._workers.discard(worker)
            if ended:
                break
        raise TocsinError("engine.no_worker")

    def _end(self) -> None:
        """All is done: the workers leave."""
        with self._turn:
            self._ending = True
            self._turn.notify_all()
        for minder in self._minders:
            minder.join()

    def _stop(self) -> None:
        """Nothing more is wanted: the workers die."""
        with self._turn:
            self._ended = True
            workers = list(self._workers)
            self._turn.notify_all()
        for worker in workers:
            worker.kill()
        for minder in self._minders:
            minder.join()
