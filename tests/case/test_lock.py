"""One writer; a dead process and an orphan worker keep nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tocsin.case import Case
from tocsin.errors import CaseError

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from tocsin.case import Case
case = Case.open(sys.argv[1])
print("held", flush=True)
time.sleep(60)
"""
FORK = """
import os, sys, time, warnings
from tocsin.case import Case
case = Case.open(sys.argv[1])
child = os.fork()
if child == 0:
    try:
        case.save()
    except AssertionError:
        os.write(1, b"refused\\n")
    time.sleep(60)
    os._exit(0)
os.write(1, b"%d\\n" % child)
time.sleep(60)
"""
SPAWN = """
import subprocess, sys, time
from tocsin.case import Case
case = Case.open(sys.argv[1])
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], close_fds=False)
print(child.pid, flush=True)
time.sleep(60)
"""


def run(program: str, folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", program, str(folder)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_two_writers_are_refused_within_one_process_too(folder: Path) -> None:
    with Case.open(folder), pytest.raises(CaseError) as caught:
        Case.open(folder)
    assert (caught.value.code, caught.value.exit_code, caught.value.place) == ("case.locked", 4, None)
    assert caught.value.arguments == {}
    Case.open(folder).release()


def test_a_dead_process_keeps_nothing(folder: Path) -> None:
    with run(HOLD, folder) as process:
        assert line(process) == "held"
        with pytest.raises(CaseError):
            Case.open(folder)
        process.send_signal(signal.SIGKILL)
    Case.open(folder).release()


@pytest.mark.parametrize("program", [FORK, SPAWN])
def test_an_orphan_worker_keeps_nothing(folder: Path, program: str) -> None:
    with run(program, folder) as process:
        said = [line(process) for _ in range(2 if program is FORK else 1)]
        child = int(next(one for one in said if one.isdigit()))
        try:
            assert len(said) == 1 or "refused" in said
            process.send_signal(signal.SIGKILL)
            process.wait()
            os.kill(child, 0)
            Case.open(folder).release()
        finally:
            os.kill(child, signal.SIGKILL)


def test_leaving_twice_does_nothing(folder: Path) -> None:
    case = Case.open(folder)
    case.release()
    case.release()
    with pytest.raises(AssertionError):
        case.save()
    with pytest.raises(AssertionError):
        case.stage("scan")
