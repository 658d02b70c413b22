"""Small good files of every format, damaged at random: no reader fails, none hangs, and what is said adds up."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.making import table, tarred, zipped
from tocsin.cli.group import run
from tocsin.sources import catalogue
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue, Rows, Section, Surveyed

TESTS = Path(__file__).resolve().parent.parent
LARGEST = 40_000
SECONDS = 30


@cache
def corpus() -> list[tuple[str, bytes]]:
    """The smaller files of the golden piles and of the archives, one or two a name's ending, in a fixed order."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    folders = [*sorted((TESTS / "piles").glob("*/pile")), TESTS / "sources" / "archives"]
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if 0 < path.stat().st_size <= LARGEST:
                found.setdefault("".join(path.suffixes), []).append((path.name, path.read_bytes()))
    known = [one for files in found.values() for one in files[:2]]
    return [*known, ("x.tar", tarred([("a.csv", table(9))])), ("x.zip", zipped([("a.csv", table(9))]))]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the corpus after some flips, cuts, insertions, swaps and repetitions."""
    name, whole = draw(st.sampled_from(corpus()))
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(1, 64))
        deed = draw(st.sampled_from(("flip", "cut", "insert", "swap", "repeat", "drop")))
        if deed == "flip" and content:
            content[at] ^= 1 << draw(st.integers(0, 7))
        elif deed == "cut":
            del content[at:]
        elif deed == "insert":
            content[at:at] = draw(st.binary(min_size=1, max_size=length))
        elif deed == "swap":
            other = draw(st.integers(0, max(len(content) - 1, 0)))
            one, two = bytes(content[at : at + length]), bytes(content[other : other + length])
            if len(one) == len(two):
                content[at : at + length], content[other : other + length] = two, one
        elif deed == "repeat":
            content[at:at] = bytes(content[at : at + length]) * draw(st.integers(1, 40))
        else:
            del content[at : at + length]
    return name, bytes(content)


@given(damaged())
def test_readers(tmp_path_factory: pytest.TempPathFactory, file: tuple[str, bytes]) -> None:
    """Every reader ends without an exception, and numbers each record once."""
    name, content = file
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(content)
    began = time.monotonic()
    codes: list[str] = []
    for found in walk([str(path)]):
        if isinstance(found, Issue):
            codes.append(found.code)
            continue
        seen: set[int] = set()
        for part in catalogue.survey(found):
            if isinstance(part, Issue):
                codes.append(part.code)
            elif isinstance(part, Surveyed):
                assert part.bytes >= 0
            elif isinstance(part, Section):
                for given in catalogue.read(part):
                    if isinstance(given, Issue):
                        codes.append(given.code)
                    elif isinstance(given, Rows):
                        assert len(given.numbers) == len(given.frame)
                        numbers = given.numbers.to_list()
                        assert seen.isdisjoint(numbers)
                        seen.update(numbers)
    assert "source.reader_failed" not in codes
    assert time.monotonic() - began < SECONDS


@settings(max_examples=20)
@given(damaged())
def test_scan(
    tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str], file: tuple[str, bytes]
) -> None:
    """The command says what it read and what it did not, and the good file beside is whole."""
    name, content = file
    pile = tmp_path_factory.mktemp("fuzz")
    (pile / f"m_{name}").write_bytes(content)
    (pile / "z.csv").write_bytes(table(12))
    code = run(["scan", str(pile), "--json"])
    out, err = capfd.readouterr()
    answer = json.loads(out)
    assert err == ""
    assert code == (3 if [one for one in answer["issues"] if one["code"] != "source.empty"] else code)
    assert code in (0, 3)
    records = {one["source"]: one["records"] for one in answer["sources"]}
    assert records["z.csv"] == 12
    assert all(one["records"] >= 0 and (one["unread"] or 0) >= 0 for one in answer["sources"])
    assert {one["code"] for one in answer["issues"]}.isdisjoint(
        {"source.reader_failed", "source.killed_reader"}
    )
