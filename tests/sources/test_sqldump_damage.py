"""Damaged dumps: a bad row or statement costs itself alone, is counted with its line, and the rest is read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.sqldump_reading import direct, dump
from tests.sources.sqldump_writing import Table, mysql, oracle, postgres_copy, postgres_inserts, sql_server

COLUMNS = ("id", "nom", "ville")
# One row of a dump of one row a line, made wrong in one way each.
DAMAGES = {
    "quote lost": lambda row: row.replace("'", "", 1),
    "quote too many": lambda row: row.replace("Zoé", "Zo'é"),
    "cut": lambda row: row[: len(row) // 2],
    "field too many": lambda row: row.replace(", 'Zoé", ", 'x', 'Zoé").replace(",'Zoé", ",'x','Zoé"),
    "field too few": lambda row: row.replace(", 'Lyon'", ""),
}  # fmt: skip


def table(count: int) -> Table:
    """Rows of a number, a name and a town."""
    return Table("clients", COLUMNS, tuple((number, f"Zoé {number}", "Lyon") for number in range(count)))


def damaged(text: str, numbers: set[int], wrong: str) -> tuple[str, list[int]]:
    """The dump with the lines of these rows made wrong; and their numbers, from 1."""
    lines, touched = text.split("\n"), []
    for at, line in enumerate(lines):
        number = next(
            (int(part) for part in [line.partition("Zoé ")[2].partition("'")[0]] if part.isdigit()), None
        )
        if number in numbers:
            lines[at] = DAMAGES[wrong](line)
            touched.append(at + 1)
    return "\n".join(lines), touched


@pytest.mark.parametrize("wrong", DAMAGES)
@pytest.mark.parametrize("way", ["inserts", "many_rows"])
def test_k_bad_rows_of_n_cost_k(tmp_path: Path, way: str, wrong: str) -> None:
    text = postgres_inserts([table(300)], together=1 if way == "inserts" else 50)
    bad = {7, 8, 120, 201, 298}
    text, lines = damaged(text, bad, wrong)
    found = dump(tmp_path, text.encode())
    assert [code for code, _, _ in found.issues] == ["source.bad_record"] * len(bad)
    assert [place for _, place, _ in found.issues] == [f"line {line}" for line in lines]
    kept = [row["nom"] for row in found.values("clients")]
    assert kept == [f"Zoé {number}" for number in range(300) if number not in bad]
    assert set(found.rows("clients")) == set(range(300)) - bad


@pytest.mark.parametrize("wrong", ["quote lost", "quote too many", "field too many"])
def test_a_bad_row_inside_of_one_long_line(tmp_path: Path, wrong: str) -> None:
    text = mysql([table(200)])
    head, mark, rows = text.partition("VALUES ")
    rows, mark_end, tail = rows.partition(";\n")
    split = rows.split("),(")
    split[50] = {
        "quote lost": split[50].replace("'", "", 1),
        "quote too many": split[50].replace("Zoé", "Zo'é"),
    }.get(wrong, split[50] + ",'x'")
    found = dump(tmp_path, (head + mark + "),(".join(split) + mark_end + tail).encode())
    assert [code for code, _, _ in found.issues] == ["source.bad_record"]
    assert [row["id"] for row in found.values("clients")] == [
        str(number) for number in range(200) if number != 50
    ]


@pytest.mark.parametrize("write", [mysql, postgres_inserts, sql_server, oracle])
def test_a_dump_cut_anywhere_loses_its_end_alone(tmp_path: Path, write: object, rng: random.Random) -> None:
    assert callable(write)
    text = write([table(60)])
    name = "CRM.clients" if write is oracle else "clients"
    begin = text.index("Zoé 3'")
    for _ in range(12):
        cut = text[: rng.randrange(begin + 40, text.index("Zoé 59'"))]
        found = direct(tmp_path, cut.encode())
        rows = found.values(name)
        whole = cut.count("'Lyon')")
        assert len(rows) == whole
        assert sum(count for _, _, count in found.issues) <= 1


def test_a_cut_copy_says_so(tmp_path: Path) -> None:
    text = postgres_copy([table(50)])
    cut = text[: text.index("Zoé 40") + 3]
    found = dump(tmp_path, cut.encode())
    assert len(found.values("clients")) == 40
    assert {code for code, _, _ in found.issues} == {"source.bad_line", "source.no_end"}


def test_bad_lines_of_copy(tmp_path: Path) -> None:
    text = postgres_copy([table(50)]).replace("Zoé 7\t", "Zoé 7").replace("Zoé 9\t", "Zoé 9\t\t")
    found = dump(tmp_path, text.encode())
    first = text[: text.index("Zoé 7")].count("\n") + 1
    assert [(code, place) for code, place, _ in found.issues] == [
        ("source.bad_line", f"line {first}"),
        ("source.bad_line", f"line {first + 2}"),
    ]
    assert set(found.rows("clients")) == set(range(50)) - {7, 9}


def test_copy_without_its_end_stops_at_the_next_one(tmp_path: Path) -> None:
    other = Table("visites", COLUMNS, ((1, "a", "b"),))
    text = postgres_copy([table(20), other]).replace("\\.\n", "", 1)
    found = dump(tmp_path, text.encode())
    assert found.values("visites") == [{"id": "1", "nom": "a", "ville": "b"}]
    assert len(found.values("clients")) == 20


def test_nul_bytes_and_foreign_bytes(tmp_path: Path) -> None:
    text = mysql([table(20)], extended=False).encode()
    found = dump(tmp_path, text.replace("Zoé 3'".encode(), b"Zo\xe9 3'").replace(b"Lyon", b"Ly\0on", 1))
    assert len(found.values("clients")) == 20
    assert found.values("clients")[3]["nom"] == "Zoé 3"
    assert [(code, count) for code, _, count in found.issues] == [("source.mixed_encoding", 1)]


@pytest.mark.parametrize(
    "encoding", ["cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    rows = tuple((number, f"Zoé d'Août {number}", "Fort-l'Évêque") for number in range(200))
    text = sql_server([Table("clients", COLUMNS, rows)])
    found = dump(tmp_path, text.encode(encoding))
    assert found.issues == []
    assert found.values("clients")[150] == {"id": "150", "nom": "Zoé d'Août 150", "ville": "Fort-l'Évêque"}
    assert len(found.values("clients")) == 200


@given(noise=st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([b"'", b"(", b")", b";", b"\\", b"\0", b"\n", b"", b"--", b"/*", b"\""])), max_size=8))  # fmt: skip
def test_noise_never_breaks_the_reader(tmp_path: Path, noise: list[tuple[int, bytes]]) -> None:
    data = mysql([table(40)], maria=True).encode()
    for place, byte in noise:
        at = place % len(data)
        data = data[:at] + byte + data[at + 1 :]
    begin = data.find(b"INSERT INTO")
    if begin < 0 or not data.startswith(b"-- MySQL dump"):
        return
    try:
        found = direct(tmp_path, data)
    except AssertionError:
        return
    rows = sum(len(source.rows) for source in found.sources.values())
    unread = sum(count for code, _, count in found.issues if code == "source.bad_record")
    assert rows + unread <= 40 + len(noise) * 2
    if not any(at % len(data) < begin + 40 for at, _ in noise):
        assert rows >= 40 - 4 * len(noise)
