"""Everything works where no socket can be made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.running import ROOT, Ran, alone, environment
from tocsin.kinds.fr.nir import KIND

GUARD = """
import sys
def refuse(event, given):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.bind", "socket.connect"):
        raise RuntimeError("the network was asked for")
    if event in ("socket.connect", "socket.bind") and not isinstance(given[1], (str, bytes)):
        raise RuntimeError("the network was asked for")
    if event == "socket.__new__" and given[1] not in (-1, 1):
        raise RuntimeError("the network was asked for")
sys.addaudithook(refuse)
"""


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    numbers = [example.value for example in KIND.valid]
    (folder / "a.csv").write_text(
        "ligne;num_secu\n" + "".join(f"1;{one}\n" for one in numbers), encoding="utf-8"
    )
    (folder / "page.html").write_text(
        '<html><head><link href="https://example.org/a.css"><script src="https://example.org/a.js"></script></head>'
        '<body><img src="https://example.org/a.png">Assuré 185057800608491</body></html>',
        encoding="utf-8",
    )
    (folder / "a.xml").write_text(
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://example.org/a.dtd" [<!ENTITY x SYSTEM "http://example.org/x">]>'
        "<a><b>mot &x;</b></a>",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """An environment in which asking for a socket to anywhere raises in every Python process."""
    folder = tmp_path / "guard"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD)
    env = environment()
    return {**env, "PYTHONPATH": f"{folder}{os.pathsep}{env['PYTHONPATH']}"}


def test_the_guard_guards(guarded: dict[str, str]) -> None:
    """The guard itself refuses a socket, so that the next test says something."""
    program = "import socket; socket.socket().connect(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", program], env=guarded, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "the network was asked for" in done.stderr


def test_without_sockets(pile: Path, guarded: dict[str, str], tmp_path: Path) -> None:
    """Scan, respond and the rest say the same where making a socket raises."""
    plain, held = alone("scan", pile, "--json"), alone("scan", pile, "--json", env=guarded)
    assert plain.json["kinds"]["fr.nir"]["valid"] == len(KIND.valid) + 1
    assert (held.code, held.err) == (plain.code, plain.err)
    assert {**held.json, "seconds": 0} == {**plain.json, "seconds": 0}
    answered = alone("respond", pile, "--case", tmp_path / "case", env=guarded)
    assert (answered.code, answered.err) == (plain.code, "")


def test_report_asks_for_nothing(pile: Path, tmp_path: Path) -> None:
    """The report is one self-contained file: no address that a browser would fetch, no script."""
    alone("respond", pile, "--case", tmp_path / "case")
    page = (tmp_path / "case" / "report.html").read_text(encoding="utf-8")
    for word in ("<script", "src=", "@import", "<link", "<iframe", "url(", "fetch("):
        assert word not in page
    assert 'http-equiv="refresh"' not in page


def test_without_a_network(pile: Path) -> None:
    """The same answer in a network of its own, where the machine makes those, that has no way out."""
    apart = [shutil.which("unshare") or "unshare", "-rn"]
    made = shutil.which("unshare") and subprocess.run([*apart, "true"], capture_output=True, check=False)
    apart = apart if made and made.returncode == 0 else []
    command = [*apart, sys.executable, "-m", "tocsin", "scan", str(pile), "--json"]
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    held, plain = Ran(done.returncode, done.stdout, done.stderr), alone("scan", pile, "--json")
    assert (held.code, held.err) == (plain.code, plain.err)
    assert {**held.json, "seconds": 0} == {**plain.json, "seconds": 0}
