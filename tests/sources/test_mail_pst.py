"""Outlook mailboxes: unpacked by the tool where it is installed, told where it is not."""

from __future__ import annotations

import io
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sources.mail_reading import read, read_bytes
from tocsin.sources import pst

MAILBOX = b"!BDN" + bytes(600)
# What stands for the tool: it notes what it was asked and writes the mailbox of one folder.
TOOL = """#!{python}
import pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("-o") + 1])
assert pathlib.Path(sys.argv[-1]).read_bytes()[:4] == b"!BDN"
(out / "Inbox").mkdir()
(out / "Inbox" / "mbox").write_text(
    "From x Thu Jan  1 10:00:00 2026\\nFrom: zoe@example.org\\nTo: bo@example.net\\nSubject: s\\n\\nbonjour\\n"
)
sys.exit({code})
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int = 0) -> Path:
    """A tool that ends with `code`, and a place to write to."""
    tools, spill = folder / "tools", folder / "spill"
    tools.mkdir()
    spill.mkdir()
    tool = tools / pst.TOOL
    tool.write_text(TOOL.format(python=sys.executable, code=code), encoding="utf-8")
    tool.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setenv("TMPDIR", str(spill))
    monkeypatch.setenv("POLARS_TEMP_DIR", str(spill))
    (folder / "pile").mkdir()
    return folder / "pile"


def test_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folders are mailboxes, under its own name."""
    pile = install(tmp_path, monkeypatch)
    found = read_bytes(pile, MAILBOX, "box.pst")
    assert found.formats == {"box.pst": "pst", "box.pst!/Inbox/mbox": "mbox"}
    assert found.records["box.pst!/Inbox/mbox"][0][1] == {"from": "zoe@example.org"}
    assert found.codes == []


def test_inside_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is copied to the case for the tool."""
    pile = install(tmp_path, monkeypatch)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("box.pst", MAILBOX)
    (pile / "a.zip").write_bytes(packed.getvalue())
    assert read(pile).names == ["a.zip!/box.pst", "a.zip!/box.pst!/Inbox/mbox"]


def test_the_tool_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it gave is read all the same, and it is told."""
    found = read_bytes(install(tmp_path, monkeypatch, code=1), MAILBOX, "box.pst")
    assert found.codes == ["source.damaged"]
    assert found.records["box.pst!/Inbox/mbox"][0][1] == {"from": "zoe@example.org"}


def test_without_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An issue with its remedy, and how much was not read."""
    monkeypatch.setenv("PATH", str(tmp_path))
    found = read_bytes(tmp_path, MAILBOX, "box.pst")
    assert [(issue.code, issue.bytes_unread) for issue in found.issues] == [
        ("source.needs_readpst", len(MAILBOX))
    ]


def test_without_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written outside of the case."""
    pile = install(tmp_path, monkeypatch)
    monkeypatch.delenv("POLARS_TEMP_DIR")
    monkeypatch.setattr(pst, "MEMORY", str(tmp_path / "none"))
    found = read_bytes(pile, MAILBOX, "box.pst")
    assert found.codes == ["source.needs_case"]
    assert list((tmp_path / "spill").iterdir()) == []
