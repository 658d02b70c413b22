"""Fixed-width text: columns found by their blanks or by a ruler, and texts that are none."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.sources.tables_reading import Table, read_tables
from tocsin.sources import fixed_width

PEOPLE = [
    (
        f"{'DUPONT MARTIN LEROY MOREAU'.split()[at % 4]}{at}",
        "Ève Zoé Jean Paul".split()[at % 4],
        f"{at:05d}",
        "Lyon Brest Nancy Villeneuve".split()[at * 7 % 4][:10],
    )
    for at in range(30)
]
HEADER = ("NOM", "PRENOM", "CP", "VILLE")


def line(cells: tuple[str, ...]) -> str:
    """A line of columns of 12, 8, 5 and 10 characters, the third against the fourth."""
    return f"{cells[0]:<12}{cells[1]:<8}{cells[2]:<5}{cells[3]:<10}"


def table(folder: Path, text: str, encoding: str = "utf-8") -> Table:
    """The one source of a file of this text."""
    (folder / "x.txt").write_bytes(text.encode(encoding))
    (only,) = read_tables(folder / "x.txt").values()
    return only


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_by_their_blanks(tmp_path: Path, encoding: str, end: str) -> None:
    read = table(tmp_path, "".join(line(cells) + end for cells in PEOPLE), encoding)
    assert read.format == "fixed_width"
    assert [tuple(row.values()) for row in read.rows.values()] == PEOPLE


def test_a_header(tmp_path: Path) -> None:
    text = "".join(f"{nom:<12}{prenom:<8}{cp:>8}  {ville}\n" for nom, prenom, cp, ville in [HEADER, *PEOPLE])
    text = "\n".join(one.ljust(40) for one in text.splitlines())
    read = table(tmp_path, text)
    assert read.rows[0] == dict(zip(HEADER, PEOPLE[0], strict=True))
    assert len(read.rows) == 30


def test_a_ruler(tmp_path: Path) -> None:
    rows = [f"{nom:<12} {prenom:<8} {cp:<5} {ville}" for nom, prenom, cp, ville in PEOPLE]
    head = f"{'NOM':<12} {'PRENOM':<8} {'CP':<5} VILLE"
    text = "\n".join([head, "-" * 12 + " " + "-" * 8 + " " + "-" * 5 + " " + "-" * 5, *rows, "", ""])
    read = table(tmp_path, text)
    assert read.format == "fixed_width"
    assert read.rows[29] == dict(zip(HEADER, PEOPLE[29], strict=True))


def test_sections_hold_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixed_width, "BLOCK", 100)
    read = table(tmp_path, "\n".join(map(line, PEOPLE)))
    assert read.sections > 5
    assert [tuple(row.values()) for _, row in sorted(read.rows.items())] == PEOPLE


def test_a_value_that_is_always_written_alike_stays_whole(tmp_path: Path) -> None:
    rows = [f"{cells[0]:<12}06 12 34 {at:02d} 78  {cells[2]}" for at, cells in enumerate(PEOPLE)]
    read = table(tmp_path, "\n".join(rows))
    assert read.rows[3] == {"column_1": PEOPLE[3][0], "column_2": "06 12 34 03 78", "column_3": PEOPLE[3][2]}


def test_blank_and_short_lines(tmp_path: Path) -> None:
    lines = [*map(line, PEOPLE), "", "SEUL", ""]
    read = table(tmp_path, "\n".join(lines))
    assert read.rows[30] == {"column_1": "SEUL"}
    assert len(read.rows) == 31


def test_what_is_no_table(tmp_path: Path) -> None:
    rng = random.Random(7)
    words = (
        "le la un des sur pour avec dans contrat lettre bonjour madame monsieur merci cordialement".split()
    )
    prose = []
    for _ in range(400):
        text = " ".join(rng.choice(words) for _ in range(30))[:72]
        prose.append(text.ljust(72, "x"))
    others = {
        "prose": "\n".join(prose),
        "csv": "\n".join(f"{at:05d};{at:05d}" for at in range(40)),
        "key": "\n".join(
            "".join(rng.choice("ABCDEFGHabcdefgh0123456789+/") for _ in range(64)) for _ in range(30)
        ),
        "same": "une ligne comme les autres\n" * 40,
        "few": "\n".join(map(line, PEOPLE[:4])),
        "list": "\n".join(f"{name}@example.org" for name in words),
    }
    assert {name for name, text in others.items() if table(tmp_path, text).format == "fixed_width"} == set()
