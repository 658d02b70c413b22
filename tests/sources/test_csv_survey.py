"""The survey's sections read alone give every record once, whatever the encoding, the size and the dirt."""

from __future__ import annotations

import hashlib
import random
import tracemalloc
from pathlib import Path

import pytest

from tests.sources.csv_reading import Whole, gather, located, whole
from tocsin.sources import csv_dialect, csv_runs
from tocsin.sources.csv import FORMAT
from tocsin.sources.csv_dialect import Dialect
from tocsin.sources.source import Rows

HEADER = "id;nom;mail;note\n"


def row(number: int) -> str:
    return f"{number};Nom{number};a{number}@exemple.fr;été {number % 7}\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "utf-32", "utf-32-le"]
)
def test_every_encoding_gives_the_same_rows(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "leak"
    path.write_bytes((HEADER + "".join(map(row, range(500)))).encode(encoding))
    found = whole(located(path))
    assert found.names == ["id", "nom", "mail", "note"]
    assert list(found.rows) == list(range(500))
    assert found.rows[17] == ["17", "Nom17", "a17@exemple.fr", "été 3"]
    assert found.issues == []
    assert found.surveyed is not None
    assert found.surveyed.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.surveyed.bytes == path.stat().st_size


def test_bad_lines_cost_themselves_in_a_file_of_many_sections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tocsin.sources.csv_survey.SECTION", 1 << 16)
    monkeypatch.setattr("tocsin.sources.csv_survey._APART", 1 << 13)
    monkeypatch.setattr(csv_runs, "_CHECKED", 1 << 12)
    rng = random.Random(3)
    lines = [row(number) for number in range(20_000)]
    bad = sorted(rng.sample(range(20_000), 40))
    for number in bad:
        lines[number] = rng.choice(
            ["x;y\n", f'{number};"open;x;y\n', lines[number][:-1] + ";z\n", '"a"b;c;d;e\n']
        )
    path = tmp_path / "leak"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    found = whole(located(path))
    assert len(found.sections) > 5
    assert {section.regular for section in found.sections} == {True, False}
    assert sum(section.unread or 0 for section in found.sections) == 40
    assert sum(section.records or 0 for section in found.sections) == 20_000
    assert [issue.place for issue in found.of("source.bad_line")] == [f"line {number + 2}" for number in bad]
    assert sorted(set(range(20_000)) - set(found.rows)) == bad
    assert all(found.rows[number] == row(number)[:-1].split(";") for number in found.rows)


def test_sections_can_be_read_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.sources.csv_survey.SECTION", 1 << 12)
    path = tmp_path / "leak"
    path.write_text(HEADER + "".join(map(row, range(20_000))) + "bad\n", encoding="utf-8")
    first = whole(located(path))
    again = Whole()
    gather(again, reversed(first.sections))
    assert again.rows == first.rows
    assert sorted(map(repr, again.issues)) == sorted(map(repr, first.issues))


def test_bad_lines_beyond_a_thousand_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "leak"
    path.write_text(
        HEADER + "".join(row(n) + ("x\n" if n % 2 else "") for n in range(5000)), encoding="utf-8"
    )
    found = whole(located(path))
    told = found.of("source.bad_line")
    assert len(told) == 1001
    assert [issue.count for issue in told[:1000]] == [1] * 1000
    assert found.count("source.bad_line") == 2500
    assert len(found.rows) == 5000


def test_mixed_encodings_and_nul_bytes_are_read_and_counted(tmp_path: Path) -> None:
    lines = [row(number).encode() for number in range(3000)]
    lines[9] = b"9;Andr\xe9;x@exemple.fr;y\n"
    lines[2500] = b"2500;\x80;x@exemple.fr;y\n"
    lines[40] = b"40;a\0b;x@exemple.fr;\0\n"
    path = tmp_path / "leak"
    path.write_bytes(HEADER.encode() + b"".join(lines))
    found = whole(located(path))
    assert len(found.rows) == 3000
    assert (found.rows[9][1], found.rows[2500][1], found.rows[40]) == (
        "André",
        "€",
        ["40", "ab", "x@exemple.fr", None],
    )
    mixed, nulls = found.of("source.mixed_encoding"), found.of("source.nul_bytes")
    assert sum(issue.count for issue in mixed) == 2
    assert mixed[0].place == "line 11"
    assert [(issue.place, issue.count) for issue in nulls] == [("line 42", 1)]


def test_header_only_empty_and_unended_files(tmp_path: Path) -> None:
    path = tmp_path / "leak"
    path.write_text("nom;prenom;mail;tel\n", encoding="utf-8")
    found = whole(located(path))
    assert (found.names, found.rows, found.issues) == (["nom", "prenom", "mail", "tel"], {}, [])
    assert FORMAT.sniff(b"", 0) is None
    path.write_bytes(b"")
    empty = whole(located(path, Dialect(names=("a", "b"))))
    assert (empty.rows, empty.issues) == ({}, [])
    path.write_bytes(b"1;A;x@y.fr;z\r\n2;B;x@y.fr;z\r\n3;C;x@y.fr;z\r")
    assert whole(located(path)).rows[2] == ["3", "C", "x@y.fr", "z"]


def test_titles_before_the_header_are_an_issue(tmp_path: Path) -> None:
    path = tmp_path / "leak"
    path.write_text("Export du 3 mars\n\n" + HEADER + "".join(map(row, range(10))), encoding="utf-8")
    found = whole(located(path))
    assert [(issue.place, issue.count) for issue in found.of("source.preamble")] == [("line 1", 1)]
    assert len(found.rows) == 10


def test_a_line_too_long_is_skipped_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_runs, "LINE_BYTES", 1 << 16)
    for block in (1 << 10, 1 << 14):
        monkeypatch.setattr("tocsin.sources.csv_survey.BLOCK", block)
        monkeypatch.setattr("tocsin.sources.csv_survey.READ_BLOCK", block * 2)
        path = tmp_path / "leak"
        long = '3;"open' + "x" * (1 << 17) + "\n"
        path.write_text(row(0) + row(1) + '2;"open;b;c\n' + long + row(4) + "y" * (1 << 17), encoding="utf-8")
        chosen = Dialect(names=("a", "b", "c", "d"), delimiter=";")
        found = whole(located(path, chosen))
        assert sorted(found.rows) == [0, 1, 4]
        told = [(issue.place, issue.bytes_unread) for issue in found.of("source.bad_line")]
        assert told == [("line 3", 11), ("line 4", len(long) - 1), ("line 6", 1 << 17)]


def test_a_huge_line_and_a_quote_that_never_closes_stay_in_bounds(tmp_path: Path) -> None:
    path = tmp_path / "leak"
    with path.open("wb") as file:
        file.write(HEADER.encode() + row(0).encode() + b'1;"never closed;x;y\n')
        for _ in range(90):
            file.write(b"z" * (1 << 20))
        file.write(b"\n" + b"".join(row(number).encode() for number in range(3, 60_000)))
    tracemalloc.start()
    try:
        found = whole_counts(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == (59_998, 2, 90 << 20)
    assert peak < 5 * csv_dialect.LINE_BYTES


def whole_counts(path: Path) -> tuple[int, int, int]:
    """Rows, bad lines and the bytes of the longest, without keeping the rows."""
    rows = bad = longest = 0
    for section in FORMAT.survey(located(path)):
        if not hasattr(section, "located"):
            continue
        for one in FORMAT.read(section):
            if isinstance(one, Rows):
                rows += one.frame.height
            else:
                bad += one.count
                longest = max(longest, one.bytes_unread or 0)
    return rows, bad, longest


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_sample_holds_head_tail_and_the_longest_cells(tmp_path: Path, encoding: str) -> None:
    lines = [row(number) for number in range(60_000)]
    lines[1500] = f"1500;Nom;a@exemple.fr;{'long ' * 400}\n"
    path = tmp_path / "leak"
    path.write_text(HEADER + "".join(lines), encoding=encoding)
    found = FORMAT.sample(located(path))
    assert found is not None
    ids = found.frame["id"].to_list()
    assert ids[:1000] == [str(number) for number in range(1000)]
    assert "1500" in ids
    assert 2000 <= len(ids) <= 6000
    assert encoding != "utf-8" or "59999" in ids
    again = FORMAT.sample(located(path))
    assert again is not None
    assert again.frame.equals(found.frame)
    assert found.numbers.to_list() == [0] * len(ids)


def test_an_empty_cell_is_null_and_spaces_stay(tmp_path: Path) -> None:
    path = tmp_path / "leak"
    path.write_text('a,b,c\n1,"", x \n2,,""\n,,\n3,"y",z\n', encoding="utf-8")
    found = whole(located(path))
    assert list(found.rows.values()) == [
        ["1", None, " x "],
        ["2", None, None],
        [None, None, None],
        ["3", "y", "z"],
    ]
