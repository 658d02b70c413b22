"""rar archives: with a tool they are read as the tar that it makes of them; without it the issue says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile.making import table, tarred
from tests.sources.test_sealed import read

MAGIC = b"Rar!\x1a\x07\x01\x00"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for bsdtar that gives a tar made here, whatever it is asked; it fails after it when told to."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "made.tar").write_bytes(tarred([("d/a.csv", table(4000)), ("b.csv", table(5))]))
    script = folder / "bsdtar"
    script.write_text(f"#!/bin/sh\n/bin/cat '{folder / 'made.tar'}'\nexit $(/bin/cat '{folder / 'code'}')\n")
    script.chmod(0o700)
    (folder / "code").write_text("0")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_with_the_tool(tool: Path, tmp_path: Path) -> None:
    (tmp_path / "x.rar").write_bytes(MAGIC + bytes(100_000))
    found = read(tmp_path / "x.rar")
    assert found.contents == {"x.rar!/d/a.csv": table(4000), "x.rar!/b.csv": table(5)}
    assert found.codes == []


def test_a_tool_that_fails(tool: Path, tmp_path: Path) -> None:
    """What it gave before is read, and the damage is told."""
    (tool / "code").write_text("1")
    (tool / "made.tar").write_bytes(tarred([("d/a.csv", table(4000)), ("b.csv", table(5))])[:70_000])
    (tmp_path / "x.rar").write_bytes(MAGIC + bytes(100_000))
    found = read(tmp_path / "x.rar")
    assert table(4000).startswith(found.contents["x.rar!/d/a.csv"])
    assert len(found.contents["x.rar!/d/a.csv"]) > 60_000
    assert found.codes != []


def test_without_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    (tmp_path / "x.rar").write_bytes(MAGIC + bytes(100))
    assert read(tmp_path / "x.rar").codes == ["source.rar"]
