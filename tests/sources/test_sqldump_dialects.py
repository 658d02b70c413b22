"""The same database eight ways and more: every dialect's dump, a CSV folder and JSON give equal rows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.reading import read
from tests.sources.sqldump_reading import direct, dump
from tests.sources.sqldump_writing import DUMPS, Cell, Table, csv_file, json_file

# A third of what other properties draw: there are a dozen dialects.
EXAMPLES = settings().max_examples // 3
COLUMNS = ("id", "nom", "remarque", "courriel", "code")
PARTS = [
    "'", "''", '"', "\\", "\\'", "\\\\", "\n", "\t", "\r\n", ",", ";", "(", ")", "),(", "');", "--", "/*", "*/", "#", "$$",
    "NULL", "\\N", "\\.", "é", "ß", "œ", "🦊", "日本", "%", "_", "`", "[", "]", "GO", "0x41", "N'", "E'", "q'[", " ", "  ",
    "abc", "Zoé", "12,5", "INSERT INTO t VALUES (1);", "\\n", "{", "|", "||", "&", "@", "x", "\x1a", "\x1f", "\x01",
]  # fmt: skip
texts = st.lists(st.sampled_from(PARTS), max_size=6).map("".join)
cells = st.one_of(st.none(), st.just(""), st.integers(-(10**9), 10**15), texts)


@st.composite
def databases(draw: st.DrawFn) -> list[Table]:
    """One or two tables of some rows."""
    tables = []
    for name in ("clients", "visites")[: draw(st.integers(1, 2))]:
        rows = draw(st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=12))
        tables.append(Table(name, COLUMNS, tuple((number, *row) for number, row in enumerate(rows, 1))))
    return tables


def expected(table: Table) -> list[dict[str, str]]:
    """The rows as any reader must give them: numbers as written, NULL and the empty text absent."""
    return [
        {column: str(cell) for column, cell in zip(table.columns, row, strict=True) if cell not in (None, "")}
        for row in table.rows
    ]


@pytest.mark.parametrize("way", DUMPS)
@settings(max_examples=EXAMPLES)
@given(tables=databases())
def test_every_dialect_gives_every_row(tmp_path: Path, way: str, tables: list[Table]) -> None:
    write, encoding = DUMPS[way]
    found = direct(tmp_path, write(tables).encode(encoding))
    assert found.issues == []
    prefix = "CRM." if way.startswith("oracle") else ""
    for table in tables:
        assert found.values(prefix + table.name) == expected(table)


def tidy(rng: random.Random, count: int) -> Table:
    """A larger table with values that a delimited file and JSON can hold too."""
    words = [
        "Zoé",
        "D'Arc",
        'l"ours',
        "a\\b",
        "ligne\nsuite",
        "tab\tici",
        "12, rue; (bis)",
        "",
        "🦊",
        "NULL",
        "œuvre",
    ]
    rows: list[tuple[Cell, ...]] = []
    for number in range(1, count + 1):
        mail = f"p{number}@exemple.fr"
        rows.append(
            (number, rng.choice(words), rng.choice([None, *words]), mail, f"{rng.randrange(10**5):05d}")
        )
    return Table("clients", COLUMNS, tuple(rows))


def test_the_same_database_eight_ways(tmp_path: Path, rng: random.Random) -> None:
    table = tidy(rng, 3000)
    given_rows = {}
    for way, (write, encoding) in DUMPS.items():
        found = dump(tmp_path, write([table]).encode(encoding), f"{way}.sql")
        assert found.issues == []
        given_rows[way] = found.values("CRM.clients" if way.startswith("oracle") else "clients")
    for name, text in (("clients.csv", csv_file(table)), ("clients.json", json_file(table))):
        folder = tmp_path / name.replace(".", "_")
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8", newline="")
        other = read(folder)
        assert other.codes == []
        given_rows[name] = [row for _, row in sorted(other.rows.items())]
    # SQLite files and workbooks join here: another way is another entry of `given_rows`.
    for way, rows in given_rows.items():
        assert rows == expected(table), way
