"""Both readers against the reference: no row changed, every bad line counted, on dirty files of any make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.csv_reading import located, whole
from tests.sources.csv_reference import Reading, reference
from tocsin.sources import csv_runs
from tocsin.sources.csv_dialect import Dialect

PIECES = [
    '"',
    '""',
    "'",
    ";",
    "\n",
    "\r\n",
    "\r",
    "a",
    "é",
    " ",
    "b c",
    '"x;y"',
    '"m\nn"',
    '"q""r"',
    "\\",
    '\\"',
    ";;",
]


def dialect(columns: int, **settings: str) -> Dialect:
    names = tuple(f"c{place}" for place in range(columns))
    return Dialect(names=names, **({"delimiter": ";"} | settings))


def agree(path: Path, text: str, chosen: Dialect) -> Reading:
    path.write_bytes(text.encode())
    expected = reference(text, chosen.columns, chosen.delimiter, chosen.quote, chosen.escape, chosen.newline)
    found = whole(located(path, chosen))
    bad = [int((issue.place or "").split()[1]) for issue in found.of("source.bad_line")]
    assert found.rows == expected.rows
    assert bad == expected.bad
    assert max(expected.rows, default=-1) < expected.records
    return expected


@given(
    text=st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    columns=st.integers(1, 4),
    quote=st.sampled_from(['"', "'", ""]),
    escape=st.sampled_from(["", "\\"]),
    newline=st.sampled_from(["\n", "\n", "\r"]),
)
def test_any_text_is_read_as_the_reference_reads_it(
    tmp_path: Path, text: str, columns: int, quote: str, escape: str, newline: str
) -> None:
    agree(
        tmp_path / "leak",
        text,
        dialect(columns, quote=quote, escape=escape if quote else "", newline=newline),
    )


CELLS = st.one_of(
    st.sampled_from(["", "1", "Nom", "éà", '"a;b"', '"a""b"', '""', '"l1\nl2"', ' "x"', '5"', "a\rb"]),
    st.text(st.characters(codec="utf-8", exclude_characters='";\n\r\0\ufeff'), max_size=6),
)
LINES = st.lists(CELLS, min_size=3, max_size=3).map(";".join)
DIRT = st.sampled_from(["a;b", "a;b;c;d", '"open;b;c', "x", '"a"b;c;d', "", " ", 'a;"b;c', ";;;;"])


@given(
    lines=st.lists(st.one_of(LINES, LINES, LINES, DIRT), max_size=40),
    ends=st.lists(st.sampled_from(["\n", "\r\n"]), min_size=40, max_size=40),
    last=st.booleans(),
)
def test_dirty_tables_are_read_as_the_reference_reads_them(
    tmp_path: Path, lines: list[str], ends: list[str], last: bool
) -> None:
    text = "".join(line + end for line, end in zip(lines, ends, strict=False))
    agree(tmp_path / "leak", text if last else text.removesuffix("\n"), dialect(3))


@given(
    lines=st.lists(st.one_of(LINES, LINES, LINES, DIRT), max_size=60),
    block=st.integers(1, 200),
    largest=st.integers(20, 200),
    section=st.integers(1, 300),
)
def test_cuts_between_blocks_and_sections_change_nothing(
    tmp_path: Path,
    small: Callable[[int, int, int], None],
    lines: list[str],
    block: int,
    largest: int,
    section: int,
) -> None:
    small(block, largest, section)
    agree(tmp_path / "leak", "\n".join(lines), dialect(3))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int, int], None]:
    """Blocks, checked pieces and sections of a few bytes instead of mebibytes."""

    def shrink(block: int, largest: int, section: int) -> None:
        monkeypatch.setattr("tocsin.sources.csv_survey.BLOCK", block)
        monkeypatch.setattr("tocsin.sources.csv_survey.SECTION", section)
        monkeypatch.setattr("tocsin.sources.csv_survey._APART", max(1, section // 4))
        monkeypatch.setattr(csv_runs, "_CHECKED", largest)

    return shrink
