"""The scripts keep their word on a machine that lacks something, and pass on how a command ended."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("cat", "cut", "date", "dirname", "env", "grep", "rm", "sh", "sha256sum", "timeout")


def repository(folder: Path, *scripts: str) -> Path:
    """A repository of nothing but these scripts and a setup that has nothing to do."""
    (folder / "script").mkdir(parents=True)
    (folder / ".venv" / "bin").mkdir(parents=True)
    command(folder / "script" / "setup", "exit 0")
    for name in scripts:
        shutil.copy(ROOT / "script" / name, folder / "script" / name)
    return folder


def command(path: Path, body: str) -> None:
    """A shell command at `path`."""
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def run(path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What became of a script, run from a folder that is not its own."""
    found = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        [str(path), *arguments], capture_output=True, text=True, check=False, cwd="/", env=found, timeout=60
    )


@pytest.mark.parametrize(("ended", "expected"), [(0, 0), (3, 0), (1, 1), (4, 4), (130, 130)])
def test_the_demonstration_succeeds_with_issues(tmp_path: Path, ended: int, expected: int) -> None:
    """Exit 3, done with issues, is what the demonstration is made for; anything else is passed on."""
    here = repository(tmp_path / "a place with spaces", "demo")
    command(here / ".venv" / "bin" / "tocsin", f'echo "$@"; exit {ended}')
    done = run(here / "script" / "demo", "--lang", "en")
    assert (done.returncode, done.stdout) == (expected, "demo --lang en\n")


def test_every_check_runs_although_one_fails(tmp_path: Path) -> None:
    """A failed linter does not hide the tests, and the whole fails."""
    here = repository(tmp_path, "test")
    for name, status in (("ruff", 1), ("mypy", 0), ("lint-imports", 0), ("python", 0)):
        command(here / ".venv" / "bin" / name, f'echo "ran {name} $*"; exit {status}')
    (here / "tests").mkdir()
    done = run(here / "script" / "test")
    assert done.returncode == 1
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("ran ")] == [
        "ruff",
        "ruff",
        "mypy",
        "lint-imports",
        "python",
        "python",
    ]
    assert "tests/fuzz does not exist yet" in done.stdout
    command(here / ".venv" / "bin" / "ruff", "exit 0")
    assert run(here / "script" / "test").returncode == 0


def test_a_folder_of_tests_without_a_test_fails(tmp_path: Path) -> None:
    """pytest's exit 5, no test found, is a failure where the folder exists."""
    here = repository(tmp_path, "test")
    for name, status in (("ruff", 0), ("mypy", 0), ("lint-imports", 0), ("python", 5)):
        command(here / ".venv" / "bin" / name, f"exit {status}")
    (here / "tests").mkdir()
    assert run(here / "script" / "test").returncode == 1


@pytest.mark.parametrize(
    ("locale", "words"), [("fr_FR.UTF-8", "Il faut Python 3.11"), ("en_GB", "Python 3.11 or newer")]
)
def test_setup_names_the_remedy(tmp_path: Path, locale: str, words: str) -> None:
    """Where there is no Python, one line says so, in the user's language, and what to install."""
    here = repository(tmp_path / "repository")
    shutil.copy(ROOT / "script" / "setup", here / "script" / "setup")
    shutil.copytree(ROOT / "requirements", here / "requirements")
    shutil.copy(ROOT / "pyproject.toml", here)
    (here / "tocsin").mkdir()
    shutil.copy(ROOT / "tocsin" / "__init__.py", here / "tocsin")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in NEEDED:
        (tools / name).symlink_to(shutil.which(name) or name)
    done = run(here / "script" / "setup", PATH=str(tools), LANG=locale)
    assert done.returncode == 4
    assert done.stderr.startswith(words)
    assert "apt install python3 python3-venv" in done.stderr
    assert done.stderr.count("\n") == 1


def wheel(folder: Path, name: str, *metadata: str) -> bytes:
    """A wheel of nothing but its METADATA."""
    path = folder / f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        lines = ("Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *metadata)
        archive.writestr(f"{name.replace('-', '_')}-1.0.dist-info/METADATA", "\n".join(lines) + "\n\n")
    return path.read_bytes()


def test_the_list_of_parts_is_complete(tmp_path: Path) -> None:
    """Name, version, licence and hash of every wheel, and who needs whom; the same wheels give the same bytes."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    wheel(
        wheels,
        "tocsin",
        "License-Expression: Apache-2.0",
        "Requires-Dist: Some-Part>=1",
        "Requires-Dist: absent; extra == 'x'",
    )
    held = wheel(wheels, "some-part", "Classifier: License :: OSI Approved :: MIT License")
    written: list[bytes] = []
    for _ in range(2):
        done = run(
            ROOT / "script" / "sbom",
            str(tmp_path),
            PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        )
        assert done.returncode == 0, done.stderr
        written.append((tmp_path / "sbom.cdx.json").read_bytes())
    assert written[0] == written[1]
    bill = json.loads(written[0])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    (part,) = bill["components"]
    assert (part["name"], part["version"]) == ("some-part", "1.0")
    assert part["licenses"] == [{"license": {"name": "MIT License"}}]
    assert part["hashes"] == [{"alg": "SHA-256", "content": sha256(held).hexdigest()}]
    assert {"ref": "pkg:pypi/tocsin@1.0", "dependsOn": ["pkg:pypi/some-part@1.0"]} in bill["dependencies"]
    pins = (tmp_path / "requirements.txt").read_text(encoding="utf-8")
    assert f"some-part==1.0 --hash=sha256:{sha256(held).hexdigest()}" in pins
