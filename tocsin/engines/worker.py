"""One worker: a process of its own that does one task after the other, under limits, and dies with its parent."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

if sys.platform != "win32":
    import resource

Task = TypeVar("Task")
Result = TypeVar("Result")
DEATH_SIGNAL = 1
LOOK_SECONDS = 0.2
SIGN_SECONDS = 0.05
GIVEN, FAILED, ALIVE, FULL = range(4)


@dataclass(frozen=True, slots=True)
class Guard:
    """What a task may take: seconds without a sign of progress, bytes of memory of its whole process."""

    seconds: float
    bytes: int


class Cause(StrEnum):
    """Why a worker fell: it died by itself, or it was ended at a limit."""

    DIED = "died"
    TIME = "time"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Fallen:
    """A task that its worker did not survive, and how many signs of progress came before."""

    cause: Cause
    signs: int


class Worker(Generic[Task, Result]):
    """The parent's side: spawned, asked one task at a time; useless once a task was its last."""

    def __init__(self, work: Callable[[Task], Result], ready: Callable[[], object]) -> None:
        os.environ["POLARS_MAX_THREADS"] = "1"
        context = multiprocessing.get_context("spawn")
        inbox, self._tasks = context.Pipe(duplex=False)
        self._results, outbox = context.Pipe(duplex=False)
        given = (inbox, outbox, work, ready, os.getpid())
        self._process = context.Process(target=_serve, args=given, daemon=True)
        self._process.start()
        inbox.close()
        outbox.close()

    def ask(self, task: Task, guard: Guard | None, every_sign: bool = False) -> Result | Fallen:
        """The result of one task, or how its worker fell; what the task itself raises is raised here."""
        signs = 0
        try:
            self._tasks.send((task, guard, every_sign))
            while True:
                cause = self._wait(guard)
                if cause is not None:
                    self.kill()
                    return Fallen(cause, signs)
                kind, given = self._results.recv()
                if kind == GIVEN:
                    return given  # type: ignore[no-any-return]
                if kind == FAILED:
                    raise given
                if kind == FULL:
                    self.kill()
                    return Fallen(Cause.MEMORY, signs)
                signs = given
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.kill()
            return Fallen(Cause.DIED, signs)

    def stands(self) -> bool:
        """Wait until the process is ready, which counts in no task's time; False where it fell before."""
        try:
            return bool(self._results.recv() == (ALIVE, 0))
        except (EOFError, OSError):
            self.kill()
            return False

    def _wait(self, guard: Guard | None) -> Cause | None:
        """Until the worker says something; a cause where it goes beyond its limits before."""
        if guard is None:
            self._results.poll(None)
            return None
        until = time.monotonic() + guard.seconds
        while not self._results.poll(LOOK_SECONDS):
            if resident(self._process.pid) > guard.bytes:
                return Cause.MEMORY
            if time.monotonic() > until:
                return Cause.TIME
        return None

    def end(self) -> None:
        """Let the worker leave: it has no task."""
        self._tasks.close()
        self._process.join(5)
        self.kill()

    def kill(self) -> None:
        """End it now, whatever it does."""
        self._process.kill()
        self._process.join()


class _Sign:
    """The worker's own side of progress: how many signs it gave for this task, and when it last said so."""

    def __init__(self) -> None:
        self.outbox: Connection[Any, Any] | None = None
        self.every, self.count, self.said = False, 0, 0.0

    def begin(self, every: bool) -> None:
        self.every, self.count, self.said = every, 0, time.monotonic()

    def give(self) -> None:
        self.count += 1
        now = time.monotonic()
        if self.outbox is not None and (self.every or now - self.said >= SIGN_SECONDS):
            self.said = now
            self.outbox.send((ALIVE, self.count))


_own = _Sign()


def sign() -> None:
    """Say that a task goes on, after each piece of it; nothing happens where no parent waits for it."""
    _own.give()


def resident(process: int | None) -> int:
    """Bytes of memory that a process holds; 0 where the system does not say."""
    return _pages(process, 1)


def _pages(process: int | None, column: int) -> int:
    """One number of `/proc/…/statm` (proc(5)) in bytes."""
    try:
        with open(f"/proc/{process or 'self'}/statm", encoding="ascii") as file:
            return int(file.read().split()[column]) * resource.getpagesize()
    except (OSError, IndexError, ValueError, NameError):
        return 0


def _serve(
    inbox: Connection[Any, Any],
    outbox: Connection[Any, Any],
    work: Callable[[Any], Any],
    ready: Callable[[], object],
    parent: int,
) -> None:
    """A worker's life: tasks in, results out, until its parent closes the door."""
    _begin(parent)
    ready()
    _own.outbox = outbox
    with contextlib.suppress(EOFError, OSError):
        outbox.send((ALIVE, 0))
        while True:
            task, guard, every = inbox.recv()
            _own.begin(every)
            _hold(guard)
            try:
                answer: tuple[int, Any] = (GIVEN, work(task))
            except MemoryError:
                answer = (FULL, None)
            except Exception as failure:
                answer = (FAILED, failure)
            _hold(None)
            outbox.send(answer)


def _hold(guard: Guard | None) -> None:
    """The kernel's own limit on what this process may write to (RLIMIT_DATA: mapped files do not count)."""
    if sys.platform != "linux":
        return
    most = resource.RLIM_INFINITY
    if guard is not None:
        most = _pages(None, 5) + max(guard.bytes - resident(None), 1 << 24)
    resource.setrlimit(resource.RLIMIT_DATA, (most, resource.RLIM_INFINITY))


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
