"""What every command takes and gives: JSON and nothing else, exit codes, languages, help, no echo."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.conftest import Command
from tests.contract.running import alone, environment

COMMANDS = (
    *("caller", "close", "compare", "count", "data", "demo", "doctor", "fake", "kinds", "people", "persons"),
    *("respond", "scan", "verify", "why"),
)
TYPED = "185057800608491"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("scan", "{pile}"), 0),
        (("scan", "{missing}"), 4),
        (("scan", "{empty}"), 4),
        (("scan", "{pile}", "{missing}"), 3),
        (("scan", "{bad}"), 3),
        (("scan", "postgresql://someone:word@nowhere/base"), 4),
        (("scan",), 2),
        (("respond", "{pile}"), 2),
        (("why", "{missing}"), 2),
        (("verify", "{missing}"), 2),
        (("verify", "{pile}"), 2),
        (("close", "{missing}", "--keep", "counts"), 2),
        (("scan", "{pile}", "--case", "{pile}"), 2),
        (("kinds", "fr.nir"), 0),
        (("kinds", "fr.none"), 2),
        (("data",), 0),
        (("doctor", "{empty}"), 0),
        (("--help",), 0),
        (("--version",), 0),
    ],
)
def test_exit_codes(
    tocsin: Command, pile: Path, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    """0 done, 2 wrong usage, 3 done with issues, 4 nothing could be read; a refusal speaks on stderr only."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.csv").write_text("a;b;c\n" + "1;2;3\n" * 20 + "1;2\n" + "4;5;6\n" * 20)
    places = {
        "pile": pile,
        "missing": tmp_path / "missing",
        "empty": tmp_path / "empty",
        "bad": tmp_path / "bad.csv",
    }
    ran = tocsin(*(argument.format(**places) for argument in arguments))
    assert ran.code == code
    if code == 2:
        assert ran.out == ""
        assert ran.err.strip()
        assert "Traceback" not in ran.err


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        (f"--{TYPED}",),
        (TYPED,),
        ("scan", f"--{TYPED}", "x"),
        ("scan", f"-{TYPED}", "x"),
        ("scan", "x", "--cores", TYPED),
        ("scan", "x", f"--json={TYPED}"),
        ("scan", "x", "--kinds", TYPED, TYPED, f"--{TYPED}"),
        ("why", "x", "y", TYPED),
        ("why", TYPED, "--kind", TYPED),
        ("kinds", TYPED),
        ("kinds", "fr.nir", TYPED),
        ("fake", TYPED, "--persons", "3", "--out", "x"),
        ("fake", "laboratory", "--persons", f"{TYPED}x", "--out", "x"),
        ("close", "x", "--keep", TYPED),
        ("close", TYPED, "--keep", "counts"),
        ("verify", TYPED),
        ("respond", TYPED),
        ("--lang", TYPED, "kinds"),
        (f"--lang={TYPED}", "kinds"),
    ],
)
def test_what_was_typed_is_never_echoed(tocsin: Command, arguments: tuple[str, ...], language: str) -> None:
    """A refused word of the command line could be somebody's number: it is not repeated."""
    wanted = arguments if any("--lang" in one for one in arguments) else ("--lang", language, *arguments)
    ran = tocsin(*wanted)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.strip()
    assert TYPED not in ran.err


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_address_is_masked(tocsin: Command, language: str) -> None:
    """A database that cannot be reached is an issue; the user's name in its address is not repeated."""
    ran = tocsin("--lang", language, "scan", f"postgresql://{TYPED}@nowhere/base")
    assert ran.code == 4
    assert TYPED not in ran.out + ran.err


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example(tocsin: Command, name: str, language: str) -> None:
    """Every command's help shows a line to type, in the user's language."""
    ran = tocsin("--lang", language, name, "--help")
    assert (ran.code, ran.err) == (0, "")
    head = {"fr": "Exemple\u202f:", "en": "Example:"}[language]
    assert head in ran.out
    example = ran.out.split(head, 1)[1]
    assert re.search(rf"^ +tocsin {name}\b", example, re.MULTILINE)


def test_help_lists_every_command(tocsin: Command) -> None:
    """The first help names all commands."""
    ran = tocsin("--lang", "en", "--help")
    assert [name for name in COMMANDS if not re.search(rf"^ +{name} ", ran.out, re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
    ],
)
def test_language_of_the_locale(variables: dict[str, str], language: str) -> None:
    """Without --lang the locale decides, and where it says neither, French."""
    ran = alone("kinds", "fr.none", env=environment(**variables))
    assert ran.code == 2
    assert ran.err.startswith({"fr": "Cette donnée", "en": "This kind"}[language])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_language_of_the_option(tocsin: Command, place: int) -> None:
    """--lang is understood anywhere, with a blank or an equals sign."""
    for option in (["--lang", "en"], ["--lang=en"]):
        words = ["kinds", "fr.none"]
        ran = tocsin(*words[:place], *option, *words[place:])
        assert ran.err.startswith("This kind")


def test_a_terminal_shows_progress_and_no_colour(pile: Path) -> None:
    """On a terminal there is progress on stderr, with NO_COLOR no colour; stdout stays pure JSON."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "tocsin", "scan", str(pile), "--json", "--lang", "en"],
        env=environment(NO_COLOR="1", TERM="xterm-256color"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=slave,
    )
    os.close(slave)
    out, _ = child.communicate(timeout=120)
    seen = b""
    try:
        while piece := os.read(master, struct.calcsize("q") * 1024):
            seen += piece
    except OSError:
        pass
    os.close(master)
    assert child.returncode == 0
    assert out.lstrip().startswith(b"{")
    assert b"\x1b" not in out
    assert "First findings" in seen.decode()
    assert re.search(rb"\x1b\[[0-9;]*m", seen) is None


@pytest.mark.parametrize("name", ["kinds", "data", "doctor"])
def test_json_of_the_others(tocsin: Command, tmp_path: Path, name: str) -> None:
    """--json gives one object and nothing else."""
    more = [tmp_path] if name == "doctor" else []
    ran = tocsin(name, *more, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.json) >= 1
